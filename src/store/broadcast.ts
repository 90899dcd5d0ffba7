import { type Broadcast, Prisma } from './client/client.ts';
import { type Operation, operate } from './operation.ts';
import { enqueueEach, type Message } from './outbox.ts';
import { takeOut } from './outbox-changes.ts';
import type { Db, Tx } from './store.ts';

/** A kind of thing that is told to many people. */
export interface BroadcastKind {
  /** What its messages are: their `notice`, and the fact of theirs that holds the subject. */
  notice: string;
  fact: string;
  /** People of one transaction: so few that nobody who asks in between waits long, so many that its own price is small. */
  atOnce: number;
  /**
   * The next people after this id, at most `limit` and in the order of their ids, and what each is told. It runs in the
   * transaction that remembers how far it is: whatever else it writes commits with it.
   */
  next(op: Operation, subject: string, after: string, limit: number): Promise<Batch>;
}

interface Batch {
  /** The last of these people; null: there are no more, and it is done. */
  last: string | null;
  /** Who of them is told, and what: each the same. */
  told?: { people: readonly string[]; facts: Message['facts']; notBefore: Date };
}

export type BroadcastKinds = Readonly<Record<string, BroadcastKind>>;

/** Rows taken out of the outbox in one transaction. */
const TAKEN_AT_ONCE = 1000;

const broadcastKey = (kind: string, subject: string) => `${kind}:${subject}`;
/** Of one person's message in it: said once, however often it is begun anew. */
export const keyFor = (kind: string, subject: string, personId: string) =>
  `${broadcastKey(kind, subject)}:${personId}`;

/**
 * Within the transaction of the change: from `startsAt` on the people are gone through. Called again after another
 * change, what was not sent yet is taken back first, and who has been told is not told again.
 */
export async function tellMany(tx: Tx, kind: string, subject: string, startsAt: Date): Promise<void> {
  const key = broadcastKey(kind, subject);
  const anew = { startsAt, takeBack: true, upTo: '', doneAt: null };
  const { count } = await tx.broadcast.createMany({
    data: [{ key, kind, subject, ...anew }],
    skipDuplicates: true,
  });
  if (count === 0) await tx.broadcast.update({ where: { key }, data: anew });
}

/** Keys of what is to be gone on with, the oldest first. */
export async function dueBroadcasts(db: Db, now: Date): Promise<string[]> {
  const rows = await db.broadcast.findMany({
    where: { doneAt: null, OR: [{ takeBack: true }, { startsAt: { lte: now } }] },
    orderBy: { startsAt: 'asc' },
    select: { key: true },
  });
  return rows.map(({ key }) => key);
}

/**
 * One batch of a broadcast, in a transaction of its own; of several processes one has it, the others pass by.
 * @returns whether there is more to do now
 */
export function tellNext(
  ground: { db: Db; now: () => Date; wakeOutbox: () => void },
  kinds: BroadcastKinds,
  key: string,
): Promise<boolean> {
  return operate(ground, { actor: 'bot', place: 'broadcast' }, async (op) => {
    const { tx, now } = op;
    const [locked] = await tx.$queryRaw<Broadcast[]>`
      SELECT * FROM "Broadcast" WHERE key = ${key} AND "doneAt" IS NULL FOR UPDATE SKIP LOCKED`;
    if (!locked) return false;
    const { kind: name, subject, takeBack, startsAt, upTo } = locked;
    const kind = kinds[name];
    if (!kind) throw new Error(`nothing is told to many as ${name}`);
    if (takeBack) {
      const taken = await takeOut(tx, kind, subject, TAKEN_AT_ONCE);
      const more = taken > 0; // fewer than asked for: somebody sent one of them meanwhile
      await tx.broadcast.update({
        where: { key },
        data: { messages: { decrement: taken }, takeBack: more },
      });
      return more || startsAt <= now;
    }
    if (startsAt > now) return false;
    const { last, told: batch } = await kind.next(op, subject, upTo, kind.atOnce);
    const fresh = batch
      ? await enqueueEach(
          tx,
          now,
          { key, notice: kind.notice, facts: batch.facts, notBefore: batch.notBefore },
          Prisma.sql`SELECT id FROM unnest(${batch.people}::text[]) AS one (id)`,
        )
      : 0;
    const { messages: told } = await tx.broadcast.update({
      where: { key },
      data: {
        messages: { increment: fresh },
        ...(last === null ? { doneAt: now } : { upTo: last }),
      },
    });
    if (last === null) op.audit({ action: `${name}.told`, subject: key, data: { messages: told } });
    return last !== null;
  });
}

/** How far a broadcast is. */
export interface Reach {
  /** Messages put into the outbox. */
  messages: number;
  /** Of them: on their way or waiting, and given up. */
  unsent: number;
  failed: number;
  /** Everybody has been put into the outbox. */
  done: boolean;
}

/** null: nothing was ever told of it. What is unsent is few or found by an index; what was sent is not looked at. */
export async function reachOf(
  tx: Tx,
  name: string,
  { notice, fact }: BroadcastKind,
  subject: string,
): Promise<Reach | null> {
  const [reach] = await tx.$queryRaw<Reach[]>`
    SELECT b.messages, b."doneAt" IS NOT NULL AS done, COALESCE(o.unsent, 0)::int AS unsent, COALESCE(o.failed, 0)::int AS failed
    FROM "Broadcast" b, LATERAL (
      SELECT COUNT(*) FILTER (WHERE state <> 'FAILED') AS unsent, COUNT(*) FILTER (WHERE state = 'FAILED') AS failed
      FROM "Outbox" WHERE state <> 'SENT' AND notice = ${notice} AND facts ->> ${fact} = ${subject}) o
    WHERE b.key = ${broadcastKey(name, subject)}`;
  return reach ?? null;
}
