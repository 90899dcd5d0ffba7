import { koreanDateTime } from '../../core/calendar.ts';
import type { Finding } from '../../core/finding.ts';
import { Refusal } from '../../core/refusal.ts';
import { SUPPORT_PHONE } from '../../core/support-phone.ts';
import { markFiling } from '../../filing/marks.ts';
import type { AnyProcedure } from '../../filing/procedure.ts';
import { getFiling } from '../../filing/standing.ts';
import { answersOf } from '../../records/filings/revision.ts';
import { isOpen } from '../../records/filings/states.ts';
import type { Filing } from '../../store/client/client.ts';
import type { Known } from '../../store/known.ts';
import type { Operation } from '../../store/operation.ts';
import { DESK } from '../../store/outbox.ts';
import type { Tx } from '../../store/store.ts';

/** The item of a case note that contains an objection. */
export const OBJECTION = 'OBJECTION';

/** The claim, if this person is now the contact of one of its systems and may object. @throws Refusal */
export async function claimAgainst(tx: Tx, who: Known, name: string, filingId: string): Promise<Filing> {
  const filing = await getFiling(tx, filingId);
  const own = { id: { in: filing.systemIds }, contactId: who.id };
  if (filing.procedure !== name || (await tx.system.count({ where: own })) === 0)
    throw new Refusal('담당하는 시스템의 담당자 변경 신청에만 이의를 제기할 수 있습니다.');
  if (!isOpen(filing))
    throw new Refusal('이미 처리된 신청입니다.', `잘못 처리되었으면 ${SUPPORT_PHONE}으로 바로 알리십시오.`);
  if ((await objectionsTo(tx, filing.id)).some(({ personId }) => personId === who.id))
    throw new Refusal('이미 이의를 제기했습니다.', '관리자가 승인하거나 반려하기 전에 읽습니다.');
  return filing;
}

/**
 * The contact says why the systems must not move. The desk is told, and the deciding officer reads it. @throws
 * Refusal
 */
export async function objectToClaim(
  op: Operation,
  who: Known,
  claim: AnyProcedure,
  filingId: string,
  text: string,
): Promise<void> {
  const { tx } = op;
  // Holds the filing, so that a decision and another objection come either before this one or after it.
  await tx.filing.updateMany({ where: { id: filingId }, data: { objections: { increment: 1 } } });
  const filing = await claimAgainst(tx, who, claim.name, filingId);
  const note = await tx.caseNote.create({
    data: { filingId, personId: who.id, item: OBJECTION, text, createdAt: op.now },
  });
  op.audit({
    action: 'claim.object',
    subject: `filing:${filingId}`,
    person: filing.applicantId,
    data: { note: note.id },
  });
  await markFiling(op, claim, filing, await answersOf(tx, filing));
  for (const notice of ['filing.card', 'claim.objected'])
    op.tell({ key: `${notice}:objection:${note.id}`, notice, to: DESK, facts: { filingId, fresh: 0 } });
}

function objectionsTo(tx: Tx, filingId: string) {
  return tx.caseNote.findMany({
    where: { filingId, item: OBJECTION },
    orderBy: [{ createdAt: 'asc' }, { id: 'asc' }],
  });
}

/** One for each, with the full name: only the review shows it, and its reading is recorded. */
export async function objectionFindings(tx: Tx, filingId: string): Promise<Finding[]> {
  const notes = await objectionsTo(tx, filingId);
  const people = await tx.person.findMany({ where: { id: { in: notes.map(({ personId }) => personId) } } });
  const names = new Map(people.map(({ id, name }) => [id, name]));
  return notes.map(({ personId, text, createdAt }) => ({
    level: 'look',
    text: `지금 담당자의 이의 (${names.get(personId) ?? '이름 없음'}, ${koreanDateTime(createdAt)}): ${text}`,
    outside: `지금 담당자의 이의가 있습니다. (${koreanDateTime(createdAt)})`,
  }));
}
