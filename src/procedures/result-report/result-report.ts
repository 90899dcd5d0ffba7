import { z } from 'zod';
import type { Finding } from '../../core/finding.ts';
import { Refusal } from '../../core/refusal.ts';
import { SUPPORT_PHONE } from '../../core/support-phone.ts';
import { channelOf, isPaper } from '../../filing/drafts.ts';
import { type Checked, defineProcedure } from '../../filing/procedure.ts';
import type { AnswersOf } from '../../messenger/forms/form.ts';
import { PROCEDURE } from '../../records/filings/procedure-name.ts';
import { APPROVED, LIVING } from '../../records/filings/states.ts';
import { isOneOf } from '../../records/filings/states-sql.ts';
import { systemIdOf } from '../../records/filings/subject.ts';
import { IN_FORCE } from '../../records/in-force.ts';
import { type Issuer, issueLicence } from '../../records/licences/issue.ts';
import { operatingSystems } from '../../records/modules/choices.ts';
import { requireRegistered } from '../../records/people/who.ts';
import { systemRow } from '../../records/rows.ts';
import { sharedIps } from '../../records/systems/others.ts';
import { getPaperSystem } from '../../records/systems/own-system.ts';
import { serverCertificateFindings } from '../../records/systems/server-certificate-store.ts';
import { type Ask, all, map, read, rowOf } from '../../store/ask.ts';
import type { FileRef } from '../../store/blobs.ts';
import { type Filing, Prisma, type System } from '../../store/client/client.ts';
import type { Operation } from '../../store/operation.ts';
import { DESK } from '../../store/outbox.ts';
import type { Tx } from '../../store/store.ts';
import { approvedApplication, requireApproved } from '../application/approved-application.ts';
import type { applicationForm } from '../application/form.ts';
import { approvedOf, changeProfile } from '../application/profile.ts';
import { issues } from '../effects.ts';
import { splitList } from '../host-rules.ts';
import { contactOnPaper } from '../on-paper.ts';
import { faultGuidance } from './fault-guidance.ts';
import { faultyFunctions, resultReportForm } from './form.ts';

/**
 * 적용결과표. Its approval delivers the regular licence and supersedes the temporary one. After a 승인취소 the same report is
 * corrected and approved again, which is the 재발급 (guide 1.5–1.7).
 */
export const makeResultReport = (issuer: Issuer) =>
  defineProcedure<typeof resultReportForm.fields>({
    name: 'resultReport',
    title: '적용결과표',
    document: '적용결과표',
    approvedLabel: '승인완료',
    reopenable: true,
    helpable: true,
    stepUp: true,
    leadsToLicence: true,
    issues: 'REGULAR',
    form: resultReportForm,
    paperOf: 'report',

    paper: contactOnPaper('적용결과표 제출'),

    async begin(tx, applicant, subject) {
      const paper = isPaper(subject, null);
      if (!paper) requireRegistered(applicant);
      const system = paper
        ? await getPaperSystem(tx, subject, '적용결과표 제출')
        : await reportable(tx, applicant.id, systemIdOf(subject), null);
      if (paper) refuseSecond(await read(tx, otherReport(system.id, null)));
      const { filing, answers } = await approvedApplication(tx, system.id);
      const [release] = await tx.$queryRaw<{ version: string }[]>`
        SELECT m.version FROM "Licence" l JOIN "ModuleRelease" m ON m.id = l."moduleId"
        WHERE l."filingId" = ${filing.id} LIMIT 1`;
      return {
        ip: answers.ip,
        moduleVersion: release?.version ?? '',
        osApplied: withSystem(
          operatingSystems.find((os) => os.value === answers.os)?.label ?? '',
          answers.osDetail,
        ),
        wasApplied: answers.was,
        jdkApplied: answers.jdk,
        functions: answers.usage.flatMap((use) => (use === 'DATA' ? (answers.dataUse ?? []) : [use])),
      };
    },

    async divert(tx, _applicant, answers, subject) {
      return faultGuidance(answers, (await channelOf(tx, subject)) === 'PAPER');
    },

    async place(op, applicant, subject, answers, filing) {
      const faulty = faultyFunctions(answers);
      if (faulty.length > 0) {
        throw new Refusal(
          `이상이 있는 적용결과표는 제출할 수 없습니다: ${faulty.join(', ')}`,
          '이상을 해결하여 다시 시험한 뒤 ‘시험결과’ 단계를 고쳐 제출하십시오.',
        );
      }
      const paper = isPaper(subject, filing);
      if (!paper) requireRegistered(applicant);
      const systemId = filing ? filing.systemId : systemIdOf(subject);
      const system = await reportable(op.tx, applicant.id, systemId, filing);
      if (paper && !filing) await redrawApplication(op, system.id);
      return { title: system.name, agencyCode: system.agencyCode, systemId: system.id };
    },

    async findings(tx, filing, answers) {
      if (!filing.systemId) throw new Error(`report ${filing.id} has no system`);
      const { application, shared, requested, certificate } = await read(
        tx,
        all({
          application: approvedOf(filing.systemId),
          shared: sharedIps(filing.systemId, splitList(answers.ip)),
          requested: requestedIps(filing.systemId),
          certificate: serverCertificateFindings(filing.systemId, filing.submittedAt),
        }),
      );
      return [
        ...evidence(filing, answers),
        ...reportFindings(answers, requireApproved(application).answers, shared, requested),
        ...certificate,
      ];
    },

    async reopenedText(db, { systemId }) {
      const licence = await db.licence.findFirst({
        where: { systemId: systemId ?? '', kind: 'REGULAR', ...IN_FORCE },
      });
      const next =
        '적용결과표를 바뀐 내용으로 고쳐 다시 제출하십시오. 승인되면 새 정상라이선스를 보내 드립니다. 받은 파일로 바꾸면 재발급이 끝납니다.';
      return licence
        ? `지금 쓰는 정상라이선스(${licence.number})는 폐지된 것이 아닙니다. 등록된 서버에서는 새 라이선스를 받을 때까지 그대로 두고 쓰십시오. IP나 도메인이 바뀐 서버에서는 동작하지 않을 수 있습니다.\n${next}`
        : `지금 쓸 수 있는 정상라이선스가 없습니다.\n${next}`;
    },

    effect: (tx, filing, _answers, to) =>
      issues(tx, filing.systemId, { kind: 'REGULAR', what: '정상라이선스', to, source: issuer.source }),

    async approve(op, filing, answers, { official }) {
      if (!filing.systemId) throw new Error(`report ${filing.number} has no system`);
      const ips = splitList(answers.ip);
      const hosts = splitList(answers.host);
      const macs = splitList(answers.mac);
      const domain = answers.domain ? { domain: answers.domain } : {};
      await issueLicence(op, issuer, {
        kind: 'REGULAR',
        filing: { ...filing, systemId: filing.systemId },
        hosts: ips.map((ip, index) => ({
          ip: [ip],
          ...(hosts[index] ? { host: hosts[index] } : {}),
          ...(macs[index] ? { mac: macs[index] } : {}),
          ...domain,
        })),
        module: null,
        reason: await whyReplaced(op.tx, filing.id),
        official,
      });
      await op.tx.$executeRaw`UPDATE "System" SET "serverIps" = ${ips} WHERE id = ${filing.systemId}`;
      await changeProfile(op.tx, filing.systemId, { ip: answers.ip });
    },
  });

/**
 * The system, for its contact. `own`: the report that is being corrected.
 * @throws Refusal when this person is not the contact, or there is another report
 */
async function reportable(
  tx: Tx,
  personId: string,
  systemId: string | null,
  own: Filing | null,
): Promise<System> {
  const { system, other } = await read(
    tx,
    all({
      system: rowOf(Prisma.sql`SELECT * FROM "System" WHERE id = ${systemId}`, systemRow),
      other: otherReport(systemId, own),
    }),
  );
  if (system?.contactId !== personId) {
    throw new Refusal(
      '담당하는 시스템의 적용결과표만 제출할 수 있습니다.',
      '홈의 목록에서 시스템을 확인하십시오.',
    );
  }
  refuseSecond(other);
  return system;
}

/** The addresses of the last approved reissue request; officers have agreed to them. */
function requestedIps(systemId: string): Ask<string[]> {
  const { reissueRequest, reissueCall } = PROCEDURE;
  const request = rowOf(
    Prisma.sql`
      SELECT r.answers ->> 'newIp' AS "newIp" FROM "Filing" f JOIN "Revision" r ON r."filingId" = f.id
      WHERE f."systemId" = ${systemId} AND f.procedure = ANY(${[reissueRequest, reissueCall]})
        AND f.state ${isOneOf(APPROVED)}
      ORDER BY f."decidedAt" DESC, r.number DESC LIMIT 1`,
    z.object({ newIp: z.string().nullable() }),
  );
  return map(request, (row) => splitList(row?.newIp ?? ''));
}

const otherRow = z.object({ number: z.string(), state: z.string() });

/** Another report of the system. */
function otherReport(systemId: string | null, own: Filing | null): Ask<z.output<typeof otherRow> | null> {
  return rowOf(
    Prisma.sql`
      SELECT number, state FROM "Filing" WHERE "systemId" = ${systemId} AND procedure = ${PROCEDURE.resultReport}
      AND state ${isOneOf(...LIVING)} AND id <> ${own?.id ?? ''} LIMIT 1`,
    otherRow,
  );
}

/** @throws Refusal when there is one */
function refuseSecond(other: z.output<typeof otherRow> | null): void {
  if (other) throw new Refusal(...alreadyReported(other.number, other.state));
}

/** Redraws the application's card, which offered to enter the report. */
async function redrawApplication(op: Operation, systemId: string): Promise<void> {
  const { filing } = await approvedApplication(op.tx, systemId);
  op.tell({
    key: `card:${filing.id}:reported:${op.now.getTime()}`,
    notice: 'filing.card',
    to: DESK,
    facts: { filingId: filing.id, fresh: 0 },
  });
}

/** The first report ends the temporary licence. Every later approval is a reissue, for the reason of its 승인취소. */
async function whyReplaced(tx: Tx, filingId: string): Promise<string> {
  const [reopened] = await tx.$queryRaw<{ reason: string | null }[]>`
    SELECT data->>'reason' AS reason FROM "Audit"
    WHERE subject = ${`filing:${filingId}`} AND action = 'filing.reopen' ORDER BY seq DESC LIMIT 1`;
  if (!reopened) return '정상라이선스 발급';
  const { reason } = reopened;
  return reason?.includes('재발급') ? reason : `재발급. ${reason ?? ''}`.trim();
}

function alreadyReported(number: string, state: string): [string, string] {
  if (state === APPROVED) {
    return [
      `이미 승인된 적용결과표가 있습니다. (접수번호 ${number})`,
      `서버 IP나 도메인이 바뀌어 재발급이 필요하면 시스템 ‘상세’에서 ‘재발급 요청’을 누르거나 ${SUPPORT_PHONE}으로 요청하십시오.`,
    ];
  }
  return [
    `이미 제출한 적용결과표가 있습니다. (접수번호 ${number})`,
    '홈의 목록에서 그 건의 ‘수정’을 누르십시오.',
  ];
}

/** The mail from which the first officer entered it, for the second officer to compare with. */
function evidence({ channel }: Checked, { received = [] }: { received?: FileRef[] | undefined }): Finding[] {
  if (channel !== 'PAPER') return [];
  return received.length > 0
    ? [{ level: 'ok', text: '받은 메일이 첨부되어 있습니다. 입력한 내용과 대조하십시오.' }]
    : [
        {
          level: 'look',
          text: '받은 메일이 첨부되어 있지 않습니다. 등록한 관리자에게 메일을 확인한 뒤 승인하십시오.',
        },
      ];
}

function reportFindings(
  answers: AnswersOf<typeof resultReportForm.fields>,
  applied: AnswersOf<typeof applicationForm.fields>,
  shared: string[],
  requested: string[],
): Finding[] {
  const appliedFunctions = applied.usage.flatMap((use) => (use === 'DATA' ? (applied.dataUse ?? []) : [use]));
  const untested = appliedFunctions.filter((name) => !answers.functions.includes(name));
  const faulty = faultyFunctions(answers);
  const moved = splitList(answers.ip).filter(
    (ip) => !splitList(applied.ip).includes(ip) && !requested.includes(ip),
  );
  return [
    { level: 'ok', text: '시험용 값(0.0.0.0, 127.*, 00:00:…, test)이 없습니다.' },
    faulty.length > 0
      ? { level: 'stop', text: `이상으로 보고된 시험이 있습니다: ${faulty.join(', ')}` }
      : { level: 'ok', text: '보고된 시험결과가 모두 정상입니다.' },
    untested.length > 0
      ? { level: 'look', text: '신청한 적용분야 가운데 시험하지 않은 기능이 있습니다.' }
      : { level: 'ok', text: '신청한 적용분야를 모두 시험했습니다.' },
    moved.length > 0
      ? { level: 'look', text: `승인된 내용에 없는 IP 주소가 있습니다: ${moved.join(', ')}` }
      : { level: 'ok', text: 'IP 주소가 승인된 내용과 같습니다.' },
    shared.length > 0
      ? { level: 'look', text: `다른 시스템이 쓰는 IP 주소가 있습니다: ${shared.join(', ')}` }
      : { level: 'ok', text: '다른 시스템과 겹치는 IP 주소가 없습니다.' },
  ];
}

/** `uname -a` and most descriptions begin with the system's own name; it is not repeated. */
const withSystem = (os: string, detail: string) =>
  detail.toLowerCase().startsWith(os.toLowerCase()) ? detail : `${os} ${detail}`;
