import { v7 as uuid7 } from 'uuid';
import type { Scene } from '../../../messenger/click.ts';
import { officersOnly } from '../../../records/people/office.ts';
import { readFiles } from '../../../store/blobs.ts';
import type { Question, QuestionEntry } from '../../../store/client/client.ts';
import { type Ground, type Operation, operate } from '../../../store/operation.ts';
import { QUESTIONS } from '../../../store/outbox.ts';
import type { Tx } from '../../../store/store.ts';
import { ASK_FOR_ROLE, getQuestion, lockQuestion } from './question.ts';
import { audit, ENTRY, entryKey, FILES, filesKey, tellCard } from './tell.ts';

const { requireOffice } = officersOnly(
  '표준API 관리자만 답변을 고칠 수 있습니다. 고친 글은 전달하지 않았습니다.',
  ASK_FOR_ROLE,
);

/** The entry of a question that was made from this message, or null. */
export function findEntry(tx: Tx, channel: string, ts: string): Promise<QuestionEntry | null> {
  return tx.questionEntry.findUnique({ where: { channel_ts: { channel, ts } } });
}

/**
 * Takes over an edit of a thread message: the copy on the other side changes too. An edit that is older than the last
 * known one changes nothing. @throws Refusal when the answer's author is no longer an officer
 */
export function editEntry(
  ground: Ground,
  { who, place }: Scene,
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
        text: { not: text }, // the messenger reports an unfurled link as an edit too
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
 * Takes a thread message back that is not added yet, because its file is slow or another process is about to add it. An
 * empty entry, which nobody is shown, takes its place, so that it is not added.
 */
export async function withdrawUnheard(
  ground: Ground,
  { who, place }: Scene,
  message: { questionId: string; byOfficer: boolean; channel: string; ts: string },
): Promise<void> {
  const taken = await operate(ground, { actor: who.id, place }, async (op) => {
    const entry = { id: uuid7(), ...message, authorId: who.id, text: '' };
    const { count } = await op.tx.questionEntry.createMany({
      data: [{ ...entry, writtenAt: op.now, withdrawnAt: op.now }],
      skipDuplicates: true,
    });
    if (count === 0) return false;
    audit(op, 'question.withdraw', await getQuestion(op.tx, message.questionId), { entry: entry.id });
    return true;
  });
  const added = taken ? null : await findEntry(ground.db, message.channel, message.ts);
  if (added) await withdrawEntry(ground, { who, place }, added.id);
}

/** Leaves out what was withdrawn before it was added. */
export const heardOnly = { NOT: { text: '', withdrawnAt: { not: null } } } as const;

/**
 * Takes over the deletion of a thread message: the copy says that it was withdrawn, its files are removed, and the
 * question gets the state that it would have without the message.
 */
export function withdrawEntry(ground: Ground, { who, place }: Scene, entryId: string): Promise<void> {
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
  if (!entry.withdrawnAt || readFiles(entry.files).length === 0) return;
  op.tell({
    key: `${filesKey(entry.id, desk)}:back`,
    notice: FILES,
    to,
    facts: { entryId: entry.id, desk, takeBack: 1 },
  });
}
