import { officersOnly } from '../../../records/people/office.ts';
import type { FileRef } from '../../../store/blobs.ts';
import type { Question, QuestionEntry } from '../../../store/client/client.ts';
import type { Known } from '../../../store/known.ts';
import { type Ground, type Operation, operate } from '../../../store/operation.ts';
import { QUESTIONS } from '../../../store/outbox.ts';
import type { Tx } from '../../../store/store.ts';
import { ASK_FOR_ROLE, getQuestion, lockQuestion } from './question.ts';
import { audit, ENTRY, entryKey, FILES, filesKey, tellCard } from './tell.ts';

const { requireOffice } = officersOnly(
  '표준API 관리자만 답변을 고칠 수 있습니다. 고친 글은 전달하지 않았습니다.',
  ASK_FOR_ROLE,
);

/** The contribution that this message became, or null. */
export function findEntry(tx: Tx, channel: string, ts: string): Promise<QuestionEntry | null> {
  return tx.questionEntry.findUnique({ where: { channel_ts: { channel, ts } } });
}

/**
 * Its author changed the message: the copy on the other side changes with it. An edit that is older than the one
 * known changes nothing. @throws Refusal to an author who is no officer any more
 */
export function editEntry(
  ground: Ground,
  who: Known,
  place: string,
  { entryId, text, editedTs }: { entryId: string; text: string; editedTs: string },
): Promise<void> {
  return operate(ground, { actor: who.id, place }, async (op) => {
    const before = await op.tx.questionEntry.findUniqueOrThrow({ where: { id: entryId } });
    if (before.byOfficer) await requireOffice(op.tx, who);
    const { count } = await op.tx.questionEntry.updateMany({
      where: {
        id: entryId,
        authorId: who.id,
        withdrawnAt: null,
        text: { not: text }, // an unfurled link is told as an edit too
        OR: [{ editedTs: null }, { editedTs: { lt: editedTs } }],
      },
      data: { text, editedTs },
    });
    if (count === 0) return;
    const entry = await op.tx.questionEntry.findUniqueOrThrow({ where: { id: entryId } });
    const question = await getQuestion(op.tx, entry.questionId);
    audit(op, 'question.edit', question, { entry: entryId });
    tellChange(op, question, entry);
  });
}

/**
 * Its author deleted the message: the copy says so, its files go, and the question returns to the state it had without
 * it.
 */
export function withdrawEntry(ground: Ground, who: Known, place: string, entryId: string): Promise<void> {
  return operate(ground, { actor: who.id, place }, async (op) => {
    const { count } = await op.tx.questionEntry.updateMany({
      where: { id: entryId, withdrawnAt: null },
      data: { withdrawnAt: op.now },
    });
    if (count === 0) return;
    const entry = await op.tx.questionEntry.findUniqueOrThrow({ where: { id: entryId } });
    const question = await lockQuestion(op.tx, entry.questionId);
    const last = await op.tx.questionEntry.findFirst({
      where: { questionId: question.id, withdrawnAt: null },
      orderBy: [{ writtenAt: 'desc' }, { id: 'desc' }],
    });
    if (question.state !== 'CLOSED') {
      await op.tx.question.update({
        where: { id: question.id },
        data: { state: last?.byOfficer ? 'ANSWERED' : 'OPEN' },
      });
    }
    audit(op, 'question.withdraw', question, { entry: entryId });
    tellChange(op, question, entry);
    tellCard(op, question);
  });
}

function tellChange(op: Operation, question: Question, entry: QuestionEntry): void {
  const to = entry.byOfficer ? question.askerId : QUESTIONS;
  const desk = to === QUESTIONS ? 1 : 0;
  op.tell({
    key: `${entryKey(entry.id, desk)}:${crypto.randomUUID()}`,
    notice: ENTRY,
    to,
    facts: { entryId: entry.id, desk, edit: 1 },
  });
  if (!entry.withdrawnAt || (entry.files as unknown as FileRef[]).length === 0) return;
  op.tell({
    key: `${filesKey(entry.id, desk)}:back`,
    notice: FILES,
    to,
    facts: { entryId: entry.id, desk, takeBack: 1 },
  });
}
