import { readValues } from '../../messenger/forms/answers.ts';
import type { Answers } from '../../messenger/forms/form.ts';
import { PROCEDURE } from '../../records/filings/procedure-name.ts';
import { APPROVED, LIVING } from '../../records/filings/states.ts';
import { isOneOf } from '../../records/filings/states-sql.ts';
import type { Tx } from '../../store/store.ts';

/** What systems of one agency often have in common. Not their names, addresses, letters and drawings. */
const IN_COMMON = [
  ...['userAgency', 'userCount', 'network', 'os', 'osDetail', 'osBits', 'was', 'environment', 'language'],
  ...['jvmBits', 'jdk', 'verification', 'usage', 'loginType', 'dataUse', 'otherUse'],
  ...['certificate', 'serverCn', 'devIp', 'devHost', 'devMac'],
];

/** Key in a draft for the name of the system whose application it started from. It is no field of the form. */
const STARTED_FROM = 'startedFrom';

/**
 * Answers of the person's last application for this agency, with what approvals have changed since, that are probably
 * the same for the next system.
 */
export async function fromLastApplication(
  tx: Tx,
  person: { id: string; agencyCode: string },
  today: string,
): Promise<Answers> {
  const [last] = await tx.$queryRaw<{ title: string; answers: unknown }[]>`
    SELECT f.title, CASE WHEN f.state ${isOneOf(APPROVED)} THEN r.answers || COALESCE(s.profile, '{}') ELSE r.answers END AS answers
    FROM "Filing" f JOIN "Revision" r ON r."filingId" = f.id AND r.number = f.revision
      LEFT JOIN "System" s ON s.id = f."systemId"
    WHERE f."applicantId" = ${person.id} AND f."agencyCode" = ${person.agencyCode}
      AND f.procedure = ${PROCEDURE.application} AND f.state ${isOneOf(...LIVING)}
    ORDER BY f."submittedAt" DESC, f.id DESC LIMIT 1`;
  const answers = readValues(last?.answers);
  if (!last || Object.keys(answers).length === 0) return {};
  const { serviceDate } = answers;
  return {
    ...Object.fromEntries(IN_COMMON.flatMap((name) => (answers[name] ? [[name, answers[name]]] : []))),
    ...(typeof serviceDate === 'string' && serviceDate >= today ? { serviceDate } : {}),
    [STARTED_FROM]: last.title,
  };
}

/** Text above each step that contains such answers; null when there are none. */
export function startedFrom(answers: object): string | null {
  const from = (answers as Record<string, unknown>)[STARTED_FROM];
  return typeof from === 'string'
    ? `지난번 신청의 내용을 불러왔습니다: ${from}\n이 시스템과 다른 것은 고치십시오.`
    : null;
}
