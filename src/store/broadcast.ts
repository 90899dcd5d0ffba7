import { type Broadcast, Prisma } from './client/client.ts';
import { type Operation, operate } from './operation.ts';
import { enqueueEach, type Message } from './outbox.ts';
import { takeOut } from './outbox-changes.ts';
import type { Db, Tx } from './store.ts';

/** A kind of message that goes to many people, such as a notice of the board or a survey. */
export interface BroadcastKind {
  /** How its messages are found in the outbox: by their `notice`, and by the fact that holds the subject. */
  notice: string;
  fact: string;
  /** How many people one transaction handles: few enough to keep others' clicks quick, many enough to be efficient. */
  atOnce: number;
  /**
   * The next people after the id `after`, at most `limit`, in the order of their ids, and the message for them. It runs
   * in the transaction that records how far the broadcast is: what else it writes commits together with that.
   */
  next(op: Operation, subject: string, after: string, limit: number): Promise<Batch>;
}

interface Batch {
  /** The id of the last of these people; null: there are no more, and the broadcast is done. */
  last: string | null;
  /** Who of them gets the message, and its facts, which are the same for all. */
  told?: { people: readonly string[]; facts: Message['facts']; notBefore: Date };
}

export type BroadcastKinds = Readonly<Record<string, BroadcastKind>>;

/** How many rows one transaction deletes from the outbox. */
const TAKEN_AT_ONCE = 1000;

const broadcastKey = (kind: string, subject: string) => `${kind}:${subject}`;
/** The outbox key of one person's message: it is sent once, however often the broadcast starts again. */
export const keyFor = (kind: string, subject: string, personId: string) =>
  `${broadcastKey(kind, subject)}:${personId}`;

/**
 * Starts a broadcast, within the transaction of the change that it reports. Messages go into the outbox from `startsAt`
 * on. When it is called again for the same subject, unsent messages are deleted first, and nobody gets a second one.
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

/** Keys of the broadcasts that have work to do now, the oldest first. */
export async function dueBroadcasts(db: Db, now: Date): Promise<string[]> {
  const rows = await db.$queryRaw<{ key: string }[]>`
    SELECT key FROM "Broadcast" WHERE "doneAt" IS NULL AND ("takeBack" OR "startsAt" <= ${now}) ORDER BY "startsAt"`;
  return rows.map(({ key }) => key);
}

/**
 * Handles one batch of a broadcast in its own transaction. Of several processes one takes it, the others skip it.
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
      const more = taken > 0; // also when fewer than the limit: another process may have taken some of them meanwhile
      await tx.$executeRaw`
        UPDATE "Broadcast" SET messages = messages - ${taken}::int, "takeBack" = ${more} WHERE key = ${key}`;
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
    const [counted] = await tx.$queryRaw<{ messages: number }[]>`
      UPDATE "Broadcast" SET messages = messages + ${fresh}::int,
        "upTo" = COALESCE(${last}, "upTo"), "doneAt" = ${last === null ? now : null}
      WHERE key = ${key} RETURNING messages`;
    if (last !== null) return true;
    op.audit({ action: `${name}.told`, subject: key, data: { messages: counted?.messages ?? 0 } });
    return false;
  });
}

/** How far a broadcast is. */
export interface Reach {
  /** Messages put into the outbox. */
  messages: number;
  /** Messages that are still to be sent. */
  unsent: number;
  /** Messages that could not be delivered. */
  failed: number;
  /** Whether the messages of all people have been put into the outbox. */
  done: boolean;
}

/**
 * How far the broadcast about this subject is; null: there never was one. It counts unsent rows only, which are few or
 * found by an index.
 */
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
