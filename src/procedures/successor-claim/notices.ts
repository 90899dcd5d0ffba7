import { maskName } from '../../core/mask.ts';
import { SUPPORT_PHONE } from '../../core/support-phone.ts';
import { REVIEW } from '../../filing/card.ts';
import { actions, button, context, fallback, header, lines, section } from '../../messenger/blocks.ts';
import type { Facts, Notices } from '../../messenger/notice.ts';
import { PROCEDURE } from '../../records/filings/procedure-name.ts';
import { anyOf, OPEN } from '../../records/filings/states.ts';
import { reachable, reachableColumns } from '../../records/people/reachable.ts';
import { systemLines } from '../../records/systems/named-systems.ts';
import type { Operation } from '../../store/operation.ts';
import type { Db } from '../../store/store.ts';

/** 이의 제기: action id; the value is the filing. */
export const OBJECT = 'claim.object';

/** Tells each contact of these systems, once, that somebody wants to take them over. */
export async function tellOfClaim(
  op: Operation,
  systemIds: readonly string[],
  claimantId: string,
): Promise<void> {
  const systems = await op.tx.system.findMany({
    where: { id: { in: [...systemIds] } },
    orderBy: { id: 'asc' },
    select: { id: true, contact: { select: reachableColumns } },
  });
  const byContact = new Map(systems.map((system) => [system.contact.id, system]));
  for (const [to, { id: systemId, contact }] of byContact) {
    if (reachable(contact)[0] !== to) continue;
    op.tell({
      key: `claimed:${systemId}:${claimantId}:${op.now.getTime()}`,
      notice: 'contact.claimed',
      to,
      facts: { systemId, claimantId },
    });
  }
}

export const claimNotices: Notices = {
  'contact.claimed': async (db, facts, by, to) => {
    const [claim, system, claimant] = await Promise.all([
      openClaim(db, facts),
      db.system.findUnique({ where: { id: String(facts.systemId) } }),
      db.person.findUnique({ where: { id: String(facts.claimantId) }, include: { agency: true } }),
    ]);
    if (!claim || !system || !claimant) return null;
    const where = { id: { in: claim.systemIds }, contactId: to ?? system.contactId };
    const own = await db.system.findMany({ where, select: { id: true } });
    if (own.length === 0) return null;
    const head = '담당하는 시스템의 담당자 변경이 신청되었습니다.';
    const { agency, department, name } = claimant;
    const from = [agency?.name, department, name && maskName(name)];
    const mailed = by === 'mail';
    const how = mailed
      ? `이 메일에 답하거나 ${SUPPORT_PHONE}으로 바로 알리십시오.`
      : '‘이의 제기’를 누르고 사유를 적으십시오. 관리자가 승인하거나 반려하기 전에 읽습니다.';
    return {
      text: fallback(`${head} ${claim.title}`),
      blocks: [
        header(head),
        lines([
          { label: '신청한 사람', text: from.filter(Boolean).join(' ') || '(이름 없음)' },
          { label: '접수번호', text: claim.number },
          ...(await systemLines(
            db,
            own.map(({ id }) => id),
          )),
        ]),
        section(
          `전임자가 없다는 증빙자료와 함께 신청되었으며 표준API 관리자가 검토합니다. 지금도 담당하고 있으면 ${how}`,
        ),
        ...(mailed
          ? []
          : [
              actions(button(OBJECT, '이의 제기', { value: claim.id })),
              context(`맞는 신청이면 하실 일이 없습니다. 문의: ${SUPPORT_PHONE}`),
            ]),
      ],
    };
  },

  /** A channel shows only that there is an objection. Its text appears after a press of the button. */
  'claim.objected': async (db, facts) => {
    const filing = await db.filing.findUnique({ where: { id: String(facts.filingId) } });
    if (!filing) return null;
    const head = `지금 담당자가 이의를 제기했습니다. (접수번호 ${filing.number})`;
    return {
      text: fallback(head),
      blocks: [
        section(`${head}\n담당자 부재 변경 · ${filing.title}`),
        actions(button(REVIEW, '검토', { value: filing.id })),
      ],
    };
  },
};

/** The claim that the message is about, while nobody has decided it. */
function openClaim(db: Db, { systemId, claimantId }: Facts) {
  return db.filing.findFirst({
    where: {
      procedure: PROCEDURE.successorClaim,
      applicantId: String(claimantId),
      systemIds: { has: String(systemId) },
      state: anyOf(OPEN),
    },
    orderBy: { submittedAt: 'desc' },
  });
}
