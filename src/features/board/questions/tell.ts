import { readFiles } from '../../../store/blobs.ts';
import type { Question, QuestionEntry } from '../../../store/client/client.ts';
import type { Operation } from '../../../store/operation.ts';
import { QUESTIONS } from '../../../store/outbox.ts';

/** The kinds of message of Q&A 문의. */
export const CARD = 'question.card';
export const ENTRY = 'question.entry';
export const FILES = 'question.files';
export const ASSIGNED = 'question.assigned';
export const CLOSED = 'question.closed';

/**
 * Passes a text on to the other side. An answer written in a window also goes into the officers' thread. The asker's
 * files do not: officers fetch them, which is recorded.
 */
export function relay(op: Operation, question: Question, entry: QuestionEntry): void {
  const sides = entry.byOfficer ? [question.askerId, ...(entry.ts ? [] : [QUESTIONS])] : [QUESTIONS];
  for (const to of sides) {
    const desk = to === QUESTIONS ? 1 : 0;
    op.tell({
      key: entryKey(entry.id, desk),
      notice: ENTRY,
      to,
      facts: { entryId: entry.id, desk, edit: 0 },
    });
    if (entry.byOfficer) tellFiles(op, entry, to);
  }
}

function tellFiles(op: Operation, entry: QuestionEntry, to: string): void {
  const desk = to === QUESTIONS ? 1 : 0;
  if (readFiles(entry.files).length === 0) return;
  op.tell({
    key: filesKey(entry.id, desk),
    notice: FILES,
    to,
    facts: { entryId: entry.id, desk, takeBack: 0 },
  });
}

export function tellCard(op: Operation, { id }: Question): void {
  op.tell({
    key: `${cardKey(id)}:${crypto.randomUUID()}`,
    notice: CARD,
    to: QUESTIONS,
    facts: { questionId: id, update: 1 },
  });
}

export function audit(
  op: Operation,
  action: string,
  { id, askerId }: Question,
  data?: Record<string, unknown>,
) {
  op.audit({ action, subject: `question:${id}`, person: askerId, ...(data ? { data } : {}) });
}

/** Outbox keys. The row of a key holds channel and ts of the message. */
export const cardKey = (questionId: string) => `question:${questionId}:card`;
export const entryKey = (entryId: string, desk: number) => `question.entry:${entryId}:${desk}`;
export const filesKey = (entryId: string, desk: number) => `question.files:${entryId}:${desk}`;
