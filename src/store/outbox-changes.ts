import { CHUNK, type OutboxRow } from './outbox.ts';
import type { Db, Tx } from './store.ts';

/** Moves the messages planned for the time `from` to the time `to`. */
export async function postpone(tx: Tx, from: Date, to: Date): Promise<void> {
  await tx.outbox.updateMany({
    where: { state: 'PENDING', notBefore: from },
    data: { notBefore: to, dueAt: to },
  });
}

/**
 * Makes failed messages due at once, with as many tries as new ones. Each counts as tried once, so that the sender
 * first looks for it in the conversation. A mail that may have arrived is sent again, since an officer asked for it.
 * @returns false when one has changed since `rows` were read
 */
export async function resend(tx: Tx, now: Date, rows: readonly OutboxRow[]): Promise<boolean> {
  const { count } = await tx.outbox.updateMany({
    where: { state: 'FAILED', OR: rows.map(({ id, resends }) => ({ id, resends })) },
    data: {
      state: 'PENDING',
      attempts: 1,
      dueAt: now,
      error: null,
      mailedAt: null,
      closedAt: null,
      resends: { increment: 1 },
    },
  });
  return count === rows.length;
}

/**
 * In a database restored from a backup, what was due by `now` may have been sent after the backup was made. It counts as
 * tried once, so that the sender first looks for it in the conversation; whether a mail was sent cannot be looked up, so
 * an officer decides.
 * @returns how many messages that are
 */
export function assumeTried(db: Db, now: Date): Promise<number> {
  return db.$executeRaw`
    UPDATE "Outbox" SET attempts = GREATEST(attempts, 1), "mailedAt" = COALESCE("mailedAt", ${now})
    WHERE state IN ('PENDING', 'CLAIMED') AND ("notBefore" IS NULL OR "notBefore" <= ${now})`;
}

/** Marks all waiting messages as sent, for the example office: nobody should get a year of messages at once. */
export async function assumeSaid(db: Db): Promise<void> {
  await db.$executeRaw`UPDATE "Outbox" SET state = 'SENT', "sentAt" = "createdAt" WHERE state = 'PENDING'`;
}

/** Marks a sent message as failed, when it came back later. @returns false when it was not sent on this channel */
export async function fail(tx: Tx, id: string, channel: string, error: string): Promise<boolean> {
  const { count } = await tx.outbox.updateMany({
    where: { id, state: 'SENT', channel },
    data: { state: 'FAILED', error },
  });
  return count === 1;
}

/** Closes a failed message that an officer took care of in another way. @returns false when it was not open */
export async function close(tx: Tx, now: Date, id: string): Promise<boolean> {
  const { count } = await tx.outbox.updateMany({
    where: { id, state: 'FAILED', closedAt: null },
    data: { closedAt: now },
  });
  return count === 1;
}

interface Place {
  channel: string;
  ts: string;
}

/** Records that a message stands elsewhere now: another bot had posted it, so it was posted anew. */
export async function moveMessage(db: Db, from: Place, to: Place): Promise<void> {
  await db.outbox.updateMany({ where: { channel: from.channel, ts: from.ts }, data: { ...to } });
}

/** Forgets where the messages whose keys begin like this were posted; the record that they were sent stays. */
export async function forgetKeys(tx: Tx, startsWith: string): Promise<void> {
  await tx.outbox.updateMany({ where: { key: { startsWith } }, data: { channel: null, ts: null } });
}

/**
 * Forgets where the messages to this recipient went, and their errors: the conversation would lead to the account, and
 * a mail server's refusal quotes the address.
 */
export async function forgetRecipient(tx: Tx, recipient: string): Promise<void> {
  await tx.outbox.updateMany({ where: { recipient }, data: { channel: null, ts: null, error: null } });
}

/**
 * Deletes at most `limit` waiting messages of this notice about this subject. A message that was tried may have
 * arrived: it stays, and the sender looks for it in the conversation before sending it again.
 * @returns how many were deleted
 */
export function takeOut(
  tx: Tx,
  { notice, fact }: { notice: string; fact: string },
  subject: string,
  limit: number,
): Promise<number> {
  return tx.$executeRaw`
    DELETE FROM "Outbox" WHERE state = 'PENDING' AND id IN (
      SELECT id FROM "Outbox" WHERE state = 'PENDING' AND attempts = 0 AND notice = ${notice}
        AND facts ->> ${fact} = ${subject} ORDER BY id LIMIT ${limit})`;
}

/**
 * Deletes up to CHUNK messages that were sent and are older than `before`.
 * @param kept patterns (of SQL's LIKE) of the notices that are kept
 * @returns how many were deleted, and whether there may be more
 */
export async function prune(
  tx: Tx,
  before: Date,
  kept: string[],
): Promise<{ removed: number; more: boolean }> {
  const removed = await tx.$executeRaw`
    DELETE FROM "Outbox" WHERE id IN (
      SELECT id FROM "Outbox" WHERE state = 'SENT' AND "createdAt" < ${before}
        AND NOT notice LIKE ANY(${kept}::text[]) ORDER BY id LIMIT ${CHUNK})`;
  return { removed, more: removed === CHUNK };
}
