import { LETTER_TO } from '../../core/letter-address.ts';
import { BEGIN_PROCEDURE } from '../../filing/begin-buttons.ts';
import { actions, button, fallback, header, section } from '../../messenger/blocks.ts';
import type { Notices } from '../../messenger/notice.ts';
import { PROCEDURE } from '../../records/filings/procedure-name.ts';
import { anyOf, LIVING } from '../../records/filings/states.ts';
import { reachable, reachableColumns } from '../../records/people/reachable.ts';
import type { Filing } from '../../store/client/client.ts';
import type { Operation } from '../../store/operation.ts';
import type { Tx } from '../../store/store.ts';

const CHOSEN =
  '이용신청서에서 차순위 검증 SCVP를 선택했습니다. 통합검증(SCVP)은 이용신청서를 공문으로 따로 내고 승인을 받아야 쓸 수 있습니다.';
const NEEDED = `${CHOSEN} 시스템 상세의 ‘통합검증(SCVP) 신청’을 누르십시오.`;
/** For somebody without a messenger account. */
const BY_LETTER = `${CHOSEN} 「행정전자서명 통합검증(SCVP) 이용 신청서」를 작성하여 공문(수신처: ${LETTER_TO})으로 보내 주십시오. 신청서 양식: www.gpki.go.kr > 자료실 > 신청서양식`;

/** The next step of an applicant who ticked 차순위 검증; null when it is done, or was not ticked. */
export async function scvpNeeded(
  tx: Tx,
  systemId: string | null,
  answers: { scvp?: unknown },
): Promise<string | null> {
  const ticked = Array.isArray(answers.scvp) && answers.scvp.length > 0;
  if (!ticked || !systemId) return null;
  const filed = await tx.filing.count({
    where: { systemId, procedure: PROCEDURE.scvpApplication, state: anyOf(LIVING) },
  });
  return filed > 0 ? null : NEEDED;
}

/** Sends that message with the licence, when the application is approved and its contact can be reached. */
export async function askForScvp(
  op: Operation,
  filing: Pick<Filing, 'id' | 'systemId'>,
  answers: { scvp?: unknown },
): Promise<void> {
  if (!filing.systemId || !(await scvpNeeded(op.tx, filing.systemId, answers))) return;
  const system = await op.tx.system.findUniqueOrThrow({
    where: { id: filing.systemId },
    include: { contact: { select: reachableColumns } },
  });
  if (!reachable(system.contact).includes(system.contactId)) return;
  op.tell({
    key: `scvp.needed:${filing.id}`,
    notice: 'scvp.needed',
    to: system.contactId,
    facts: { systemId: system.id },
  });
}

export const scvpNotices: Notices = {
  'scvp.needed': async (db, facts, by) => {
    const system = await db.system.findUnique({ where: { id: String(facts.systemId) } });
    if (!system || system.scvp || !(await scvpNeeded(db, system.id, { scvp: ['SCVP'] }))) return null;
    return {
      text: fallback(`통합검증(SCVP) 이용신청서가 필요합니다: ${system.name}`),
      blocks: [
        header('통합검증(SCVP) 이용신청서가 필요합니다.'),
        section(system.name),
        section(by === 'mail' ? BY_LETTER : NEEDED),
        actions(
          button(`${BEGIN_PROCEDURE}.${PROCEDURE.scvpApplication}`, '통합검증(SCVP) 신청', {
            value: `system:${system.id}`,
            style: 'primary',
          }),
        ),
      ],
    };
  },
};
