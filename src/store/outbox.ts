import { v7 as uuid7 } from 'uuid';
import { Prisma } from './client/client.ts';
import { columnsOf } from './columns.ts';
import type { Db, Tx } from './store.ts';

/** Something to say unasked. Facts are ids, never text: it is rendered when it is sent. */
export interface Message {
  /** A message is sent once per key, also when something is restarted or runs twice. */
  key: string;
  /** Which renderer makes its text: a key of the notices in notices.ts. */
  notice: string;
  /** A person's id, DESK for the officers' channel, or QUESTIONS for the one where questions are answered. */
  to: string;
  facts: Record<string, string | number | null>;
  /**
   * The earliest time to send it (core/calendar.ts, nextSendingTime); until then it delays no later message. Left out:
   * at once.
   */
  notBefore?: Date;
}

export const DESK = 'desk';
export const QUESTIONS = 'questions';

export type OutboxRow = Awaited<ReturnType<Tx['outbox']['findFirstOrThrow']>>;

/** How many rows one statement handles: few enough that others do not wait long for a database in the same thread. */
export const CHUNK = 1000;

/**
 * Adds messages, within the transaction of the change that they report. Their ids grow in the order of the messages.
 * @returns the keys that were new; the others had been added before
 */
export async function enqueue(tx: Tx, now: Date, messages: readonly Message[]): Promise<string[]> {
  const fresh: string[] = [];
  for (let at = 0; at < messages.length; at += CHUNK) {
    const added = await tx.$queryRaw<{ key: string }[]>(enqueuing(now, messages.slice(at, at + CHUNK)));
    for (const { key } of added) fresh.push(key);
  }
  return fresh;
}

/** The statement that adds messages, to be a part of another one. It returns `key` and `recipient` of the new ones. */
export function enqueuing(now: Date, messages: readonly Message[]): Prisma.Sql {
  // All rows as one JSON text: an array for each column takes longer to write and to read.
  const rows = messages.map((message) => ({ id: uuid7(), ...message }));
  return Prisma.sql`
    INSERT INTO "Outbox" (id, key, notice, recipient, facts, "notBefore", "dueAt", "createdAt")
    SELECT id, key, notice, "to", facts, "notBefore", COALESCE("notBefore", ${now}), ${now}
    FROM json_to_recordset(${JSON.stringify(rows)}::json)
      AS message (id text, key text, notice text, "to" text, facts jsonb, "notBefore" timestamp)
    ON CONFLICT (key) DO NOTHING RETURNING key, recipient`;
}

/** How many hexadecimal digits count the rows of one statement. */
const COUNTING = 5;

/**
 * Adds the same message for many people in one statement: there may be tens of thousands. The person's id is appended
 * to each key and added to the facts as `personId`. Their ids are one UUID whose end counts the rows: a million at most,
 * and a random one for each would take a quarter of the time.
 * @param people a query that selects the ids of the people
 * @returns how many of the messages were new
 */
export function enqueueEach(
  tx: Tx,
  now: Date,
  { key, notice, facts, notBefore }: Omit<Message, 'to'> & { notBefore: Date },
  people: Prisma.Sql,
): Promise<number> {
  return tx.$executeRaw`
    INSERT INTO "Outbox" (id, key, notice, recipient, facts, "notBefore", "dueAt", "createdAt")
    SELECT ${uuid7().slice(0, -COUNTING)} || lpad(to_hex(row_number() OVER ()), ${COUNTING}, '0'), ${`${key}:`} || id, ${notice}, id,
      ${JSON.stringify(facts)}::jsonb || jsonb_build_object('personId', id),
      ${notBefore}::timestamp, ${notBefore}::timestamp, ${now}::timestamp
    FROM (${people}) person
    ON CONFLICT (key) DO NOTHING`;
}

/** After so many tries (most of an hour) a message no longer delays later messages to the same recipient. */
const HOLDS_BACK = 12;

/**
 * Due rows, the oldest first, and for each recipient only the next one.
 * @param lane `answer`: messages that follow from a person's act, who waits for them. `unasked`: those with a
 *   `notBefore`. Each condition matches an index: finding an answer does not scan thousands of unasked messages.
 */
const due = (now: Date, lane: 'answer' | 'unasked', limit: Prisma.Sql) => Prisma.sql`
  SELECT o.id FROM "Outbox" o
  WHERE o.state IN ('PENDING', 'CLAIMED') AND o."dueAt" <= ${now}
    AND o."notBefore" IS ${lane === 'answer' ? Prisma.empty : Prisma.sql`NOT`} NULL
    AND (o.attempts >= ${HOLDS_BACK} OR NOT EXISTS (
      SELECT 1 FROM "Outbox" e
      WHERE e.recipient = o.recipient AND e.id < o.id AND e.state IN ('PENDING', 'CLAIMED')
        AND e.attempts < ${HOLDS_BACK} AND (e."notBefore" IS NULL OR e."notBefore" <= ${now})))
  ORDER BY o."dueAt", o.id LIMIT ${limit} FOR UPDATE SKIP LOCKED`;

const outboxColumns = columnsOf(Prisma.OutboxScalarFieldEnum);

interface Claiming {
  now: Date;
  claimer: string;
  leaseMs: number;
  limit: number;
  /** How many of them may be unasked messages; left out: all. */
  unasked?: number;
}

/**
 * Claims due rows for `claimer` until `leaseMs` from now: answers first, then unasked messages, so that a person gets
 * messages in order however many processes send. A row whose claim ran out belonged to a process that died or hung. It
 * is claimed again with `attempts` > 1, which tells the sender to look for the message in the conversation before
 * sending it again.
 */
export async function claimDue(
  db: Db,
  { now, claimer, leaseMs, limit, unasked = limit }: Claiming,
): Promise<OutboxRow[]> {
  if (limit < 1) return [];
  const until = new Date(now.getTime() + leaseMs);
  // MATERIALIZED: the rows are chosen once, before the update. A join could choose again, skip rows that are locked
  // by now, and claim more than the limit.
  const rows = await db.$queryRaw<OutboxRow[]>`
    WITH answer AS MATERIALIZED (${due(now, 'answer', Prisma.sql`${limit}::int`)}),
    unasked AS MATERIALIZED (
      ${due(now, 'unasked', Prisma.sql`LEAST(${unasked}::int, ${limit}::int - (SELECT count(*) FROM answer))`)})
    UPDATE "Outbox" SET state = 'CLAIMED', "claimedBy" = ${claimer}, "dueAt" = ${until}, attempts = attempts + 1
    WHERE id IN (SELECT id FROM answer UNION ALL SELECT id FROM unasked)
    RETURNING ${outboxColumns}`;
  return rows
    .map((row) => ({ ...row, uploads: row.uploads ?? [] })) // NULL in rows that never had an upload
    .sort((a, b) => (a.id < b.id ? -1 : 1));
}

/** Longer than any message waits for its next try. */
const LONGEST_WAIT_MS = 15 * 60 * 1000;

/**
 * After the clock was set back, due times may lie too far ahead. Messages to be tried again become due now, and claims
 * end within one lease from now unless a living process renews them. Messages with a `notBefore` go on waiting for it.
 */
export async function clampDue(db: Db, now: Date, leaseMs: number): Promise<void> {
  const late = new Date(now.getTime() + LONGEST_WAIT_MS);
  await db.$executeRaw`
    UPDATE "Outbox" SET "dueAt" = ${now} WHERE state = 'PENDING' AND "dueAt" > ${late} AND (
      "notBefore" IS NULL OR "notBefore" <= ${now}
      OR ("createdAt" > ${now} AND "notBefore" <= "createdAt" + interval '1 minute'))`;
  const lease = new Date(now.getTime() + leaseMs);
  await db.$executeRaw`
    UPDATE "Outbox" SET "dueAt" = ${lease} WHERE state = 'CLAIMED' AND "dueAt" > ${lease} AND "dueAt" > ${late}`;
}

/** What another process would need to continue a delivery. */
export interface Progress {
  uploads?: string[];
  sharedAt?: Date | null;
  mailedAt?: Date | null;
}

/**
 * Renews a claim just before a step that cannot be undone, and stores what is `known` by then.
 * @returns false when the claim ran out and another process has taken the row over
 */
export function renewClaim(db: Db, row: OutboxRow, until: Date, known: Progress = {}): Promise<boolean> {
  const { uploads, sharedAt, mailedAt } = known;
  return update(
    db,
    row,
    Prisma.join([
      Prisma.sql`"dueAt" = ${until}`,
      ...(uploads === undefined ? [] : [Prisma.sql`uploads = ${uploads}::text[]`]),
      ...(sharedAt === undefined ? [] : [Prisma.sql`"sharedAt" = ${sharedAt}`]),
      ...(mailedAt === undefined ? [] : [Prisma.sql`"mailedAt" = ${mailedAt}`]),
    ]),
  );
}

/** For the only process that sends: claims of others were left by a dead process and are released at once. */
export async function releaseClaims(db: Db, now: Date, claimer: string): Promise<void> {
  await db.outbox.updateMany({
    where: { state: 'CLAIMED', claimedBy: { not: claimer } },
    data: { dueAt: now },
  });
}

type Outcome =
  | { sentAt: Date; channel: string; ts: string | null }
  /** `untried`: the messenger accepted nothing, so this does not count as a try. */
  | { retryAt: Date; error: string; untried?: boolean }
  | { failed: string };

/** @returns false when another process has claimed the row meanwhile */
export function settle(db: Db, row: OutboxRow, outcome: Outcome): Promise<boolean> {
  return update(db, row, changeTo(row, outcome));
}

function changeTo(row: OutboxRow, outcome: Outcome): Prisma.Sql {
  if ('sentAt' in outcome) {
    const { sentAt, channel, ts } = outcome;
    return Prisma.sql`state = 'SENT', error = NULL, "sentAt" = ${sentAt}, channel = ${channel}, ts = ${ts}`;
  }
  if ('failed' in outcome) return Prisma.sql`state = 'FAILED', error = ${outcome.failed}`;
  const { retryAt, error, untried } = outcome;
  const attempts = untried ? row.attempts - 1 : row.attempts;
  return Prisma.sql`state = 'PENDING', "dueAt" = ${retryAt}, error = ${error}, attempts = ${attempts}`;
}

/** Changes a row as long as it is claimed as `row` says; each message costs two of these, so they are SQL by hand. */
async function update(db: Db, { id, claimedBy, attempts }: OutboxRow, change: Prisma.Sql): Promise<boolean> {
  const changed = await db.$executeRaw`
    UPDATE "Outbox" SET ${change}
    WHERE id = ${id} AND state = 'CLAIMED' AND "claimedBy" = ${claimedBy} AND attempts = ${attempts}`;
  return changed === 1;
}
