import { CHUNK, type OutboxRow } from './outbox.ts';
import type { Db, Tx } from './store.ts';

/** What was to be said at `from` is said at `to`. */
export async function postpone(tx: Tx, from: Date, to: Date): Promise<void> {
  await tx.outbox.updateMany({
    where: { state: 'PENDING', notBefore: from },
    data: { notBefore: to, dueAt: to },
  });
}

/**
 * A failed message is due at once, and is tried as long as a new one. It counts as tried, so that the messenger's
 * conversation is searched for it first; a mail that may have arrived is sent again because somebody asked for it.
 * @returns false when it was no longer as in `row`
 */
export async function resend(tx: Tx, now: Date, { id, resends }: OutboxRow): Promise<boolean> {
  const { count } = await tx.outbox.updateMany({
    where: { id, state: 'FAILED', resends },
    data: {
      state: 'PENDING',
      attempts: 1,
      dueAt: now,
      error: null,
      mailedAt: null,
      closedAt: null,
      resends: resends + 1,
    },
  });
  return count === 1;
}

/** What waits counts as said: the example office has a past, and nobody is to read a year of it at once. */
export async function assumeSaid(db: Db): Promise<void> {
  await db.$executeRaw`UPDATE "Outbox" SET state = 'SENT', "sentAt" = "createdAt" WHERE state = 'PENDING'`;
}

/** What went out on this channel came back later. @returns false when it was not sent there */
export async function fail(tx: Tx, id: string, channel: string, error: string): Promise<boolean> {
  const { count } = await tx.outbox.updateMany({
    where: { id, state: 'SENT', channel },
    data: { state: 'FAILED', error },
  });
  return count === 1;
}

/** An officer took care of a failed message in another way. @returns false when it was not open */
export async function close(tx: Tx, now: Date, id: string): Promise<boolean> {
  const { count } = await tx.outbox.updateMany({
    where: { id, state: 'FAILED', closedAt: null },
    data: { closedAt: now },
  });
  return count === 1;
}

/** The way to the messages whose keys begin so is no longer known; that they were sent stays. */
export async function forgetKeys(tx: Tx, startsWith: string): Promise<void> {
  await tx.outbox.updateMany({ where: { key: { startsWith } }, data: { channel: null, ts: null } });
}

/** The messenger's conversation would lead to the account, and a mail server's refusal quotes the address. */
export async function forgetRecipient(tx: Tx, recipient: string): Promise<void> {
  await tx.outbox.updateMany({ where: { recipient }, data: { channel: null, ts: null, error: null } });
}

/**
 * Takes out at most `limit` messages of this notice about this subject. A message that was tried may have arrived: it
 * stays, and whoever sends it looks for it first.
 * @returns how many
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
 * Removes some messages that were sent and are older than this.
 * @param kept patterns (as of LIKE) of notices that stay
 * @returns how many, and whether there may be more
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
