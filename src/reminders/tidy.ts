import { setImmediate } from 'node:timers/promises';
import { addDays, seoulDay, startOfDay } from '../core/calendar.ts';
import { dropDrafts } from '../filing/helper-rows.ts';
import { readValues } from '../messenger/forms/answers.ts';
import { impersonal } from '../procedures/destruction/impersonal.ts';
import { deleteUnreferred } from '../procedures/destruction/unreferred.ts';
import type { Draft } from '../store/client/client.ts';
import { forgetHeard } from '../store/heard.ts';
import { type Ground, operate } from '../store/operation.ts';
import { prune } from '../store/outbox-changes.ts';
import { DRAFT_DAYS, endingKey } from './draft-lying.ts';

/**
 * How long sent messages are kept. They are not needed against repetition for so long: a reminder's key cannot come
 * again once its due day is outside the window of the sweep (at most 90 days before it to 60 after it), and the key of
 * an act's message belongs to that act, which happens once. A year and a month is for people who ask what was sent.
 */
const KEPT_DAYS = 400;
/** Kept for ever: the record that a licence was delivered, and messages by which the bot finds a question's thread. */
const KEPT_NOTICES = ['licence.%', 'question.%'];

interface Tidied {
  drafts: number;
  messages: number;
  files: number;
}

/**
 * The daily housekeeping: deletes old drafts, messages and absences, and files to which nothing refers. It may run twice
 * and on any machine.
 */
export async function tidy(ground: Ground): Promise<Tidied> {
  return {
    drafts: await deleteOldDrafts(ground),
    messages: await deleteOldMessages(ground),
    files: await operate(ground, { actor: 'bot', place: 'schedule' }, ({ tx, now }) =>
      deleteUnreferred(tx, now),
    ),
  };
}

/**
 * Deletes drafts that were not changed for 90 days, with the files that only they referred to. The owner, if reachable,
 * gets a notice a week before; a draft whose notice was not sent yet is kept until it is.
 */
export async function deleteOldDrafts(ground: Ground): Promise<number> {
  const { db, now } = ground;
  const today = seoulDay(now());
  const drafts = await db.draft.findMany({
    where: { updatedAt: { lt: startOfDay(addDays(today, 1 - DRAFT_DAYS)) } },
    orderBy: { updatedAt: 'asc' },
  });
  let deleted = 0;
  for (const draft of drafts) {
    if (await mayGo(ground, draft)) deleted += await deleteDraft(ground, draft);
    await setImmediate();
  }
  return deleted;
}

async function mayGo({ db }: Ground, draft: Draft): Promise<boolean> {
  if (draft.step === 0) return true; // opened, and nothing typed
  const owner = await db.person.findUnique({ where: { id: draft.personId } });
  if (!owner?.slackId || owner.deactivatedAt) return true;
  return (await db.reminded.count({ where: { key: endingKey(draft) } })) > 0;
}

function deleteDraft(ground: Ground, draft: Draft): Promise<number> {
  return operate(ground, { actor: 'bot', place: 'schedule' }, async (op) => {
    const count = await dropDrafts(op, { id: draft.id, updatedAt: draft.updatedAt });
    if (count === 0) return 0; // its owner continued it meanwhile
    op.audit({
      action: 'draft.expire',
      subject: `draft:${draft.id}`,
      person: draft.personId,
      data: { procedure: draft.procedure },
    });
    const { files } = impersonal(null, readValues(draft.answers));
    await deleteUnreferred(
      op.tx,
      op.now,
      files.map(({ sha256 }) => sha256),
    );
    return count;
  });
}

/** @returns how many messages were removed */
export async function deleteOldMessages({ db, now }: Ground): Promise<number> {
  const before = startOfDay(addDays(seoulDay(now()), -KEPT_DAYS));
  let removed = 0;
  for (;;) {
    const pruned = await prune(db, before, KEPT_NOTICES);
    removed += pruned.removed;
    if (!pruned.more) break;
    await setImmediate();
  }
  await db.reminded.deleteMany({ where: { saidOn: { lt: seoulDay(before) } } });
  await db.reminderMark.deleteMany({ where: { at: { lt: before } } });
  await forgetHeard(db, now());
  // Nothing depends on an absence that is over, and the audit trail keeps the record that it was set.
  await db.absence.deleteMany({ where: { toOn: { lt: seoulDay(before) } } });
  return removed;
}
