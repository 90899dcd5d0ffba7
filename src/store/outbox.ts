import type { Db, Tx } from './store.ts';

/** Something to say unasked. Facts are ids, never text: it is rendered when it is sent. */
export interface Message {
  /** Said once per key, whatever is restarted or run twice. */
  key: string;
  /** Which renderer: a key of the notices of app.ts. */
  notice: string;
  /** A person's id, or DESK for the officers' channel. */
  to: string;
  facts: Record<string, string | number | null>;
}

export const DESK = 'desk';

export type OutboxRow = Awaited<ReturnType<Tx['outbox']['findFirstOrThrow']>>;

/** Within the transaction of the change that it tells of. */
export async function enqueue(tx: Tx, now: Date, messages: Message[]): Promise<void> {
  if (messages.length === 0) return;
  await tx.outbox.createMany({
    data: messages.map(({ key, notice, to, facts }) => ({
      key,
      notice,
      recipient: to,
      facts,
      dueAt: now,
      createdAt: now,
    })),
    skipDuplicates: true,
  });
}

/**
 * Claims the oldest due rows for `claimer` until `leaseMs` from now. A row whose claim ran out belonged to a process
 * that died or hung: it comes back with `attempts` > 0, which tells the sender to look for it before sending again.
 */
export async function claimDue(
  db: Db,
  now: Date,
  claimer: string,
  leaseMs: number,
  limit: number,
): Promise<OutboxRow[]> {
  const until = new Date(now.getTime() + leaseMs);
  const ids = await db.$queryRaw<{ id: string }[]>`
    UPDATE "Outbox" SET state = 'CLAIMED', "claimedBy" = ${claimer}, "dueAt" = ${until}, attempts = attempts + 1
    WHERE id IN (
      SELECT id FROM "Outbox" WHERE state IN ('PENDING', 'CLAIMED') AND "dueAt" <= ${now}
      ORDER BY "dueAt", id LIMIT ${limit} FOR UPDATE SKIP LOCKED)
    RETURNING id`;
  if (ids.length === 0) return [];
  return db.outbox.findMany({ where: { id: { in: ids.map((row) => row.id) } }, orderBy: { id: 'asc' } });
}

/** @returns false when the row was no longer the claimer's */
export async function settle(
  db: Db,
  row: OutboxRow,
  outcome:
    | { sentAt: Date; channel: string; ts: string | null }
    | { retryAt: Date; error: string }
    | { failed: string },
): Promise<boolean> {
  const data =
    'sentAt' in outcome
      ? { state: 'SENT' as const, error: null, ...outcome }
      : 'retryAt' in outcome
        ? { state: 'PENDING' as const, dueAt: outcome.retryAt, error: outcome.error }
        : { state: 'FAILED' as const, error: outcome.failed };
  const { count } = await db.outbox.updateMany({
    where: { id: row.id, state: 'CLAIMED', claimedBy: row.claimedBy },
    data,
  });
  return count === 1;
}
