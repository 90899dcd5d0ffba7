import { v7 as uuid7 } from 'uuid';
import { Prisma } from './client/client.ts';
import type { Db, Tx } from './store.ts';

/** Something to say unasked. Facts are ids, never text: it is rendered when it is sent. */
export interface Message {
  /** Said once per key, whatever is restarted or run twice. */
  key: string;
  /** Which renderer: a key of the notices of notices.ts. */
  notice: string;
  /** A person's id, DESK for the officers' channel, or QUESTIONS for the one where questions are answered. */
  to: string;
  facts: Record<string, string | number | null>;
  /** Not before then, and holding nothing back until then (schedule/calendar.ts, nextSendingTime). At once without. */
  notBefore?: Date;
}

export const DESK = 'desk';
export const QUESTIONS = 'questions';

export type OutboxRow = Awaited<ReturnType<Tx['outbox']['findFirstOrThrow']>>;

/** Rows of one statement: few enough that nobody waits long for a database that works in the same thread. */
export const CHUNK = 1000;

/**
 * Within the transaction of the change that it tells of. Ids grow with the order of the messages.
 * @returns the keys that had not been said
 */
export async function enqueue(tx: Tx, now: Date, messages: readonly Message[]): Promise<string[]> {
  const fresh: string[] = [];
  for (let at = 0; at < messages.length; at += CHUNK) {
    const chunk = messages.slice(at, at + CHUNK);
    // One text in JSON: a list for each column costs more to write and to read.
    const rows = chunk.map((message) => ({ id: uuid7(), ...message }));
    const added = await tx.$queryRaw<{ key: string }[]>`
      INSERT INTO "Outbox" (id, key, notice, recipient, facts, "notBefore", "dueAt", "createdAt")
      SELECT id, key, notice, "to", facts, "notBefore", COALESCE("notBefore", ${now}), ${now}
      FROM json_to_recordset(${JSON.stringify(rows)}::json)
        AS message (id text, key text, notice text, "to" text, facts jsonb, "notBefore" timestamp)
      ON CONFLICT (key) DO NOTHING RETURNING key`;
    for (const { key } of added) fresh.push(key);
  }
  return fresh;
}

/**
 * The same to each of these people, in one statement: there may be tens of thousands. The keys get the person's id at
 * the end, and the facts get it as `personId`.
 * @param people selects ids of people
 * @returns how many had not been told
 */
export function enqueueEach(
  tx: Tx,
  now: Date,
  { key, notice, facts, notBefore }: Omit<Message, 'to'> & { notBefore: Date },
  people: Prisma.Sql,
): Promise<number> {
  return tx.$executeRaw`
    INSERT INTO "Outbox" (id, key, notice, recipient, facts, "notBefore", "dueAt", "createdAt")
    SELECT ${timeOrderedId(now)}, ${`${key}:`} || id, ${notice}, id,
      ${JSON.stringify(facts)}::jsonb || jsonb_build_object('personId', id),
      ${notBefore}::timestamp, ${notBefore}::timestamp, ${now}::timestamp
    FROM (${people}) person
    ON CONFLICT (key) DO NOTHING`;
}

/** A UUID of version 7 in SQL. */
const timeOrderedId = (now: Date) => Prisma.sql`
  encode(set_bit(set_bit(overlay(uuid_send(gen_random_uuid())
    placing substring(int8send(${now.getTime()}::bigint) from 3) from 1 for 6), 52, 1), 53, 1), 'hex')::uuid::text`;

/** After so many tries (most of an hour) a row no longer holds back what follows it to the same recipient. */
const HOLDS_BACK = 12;

/** `answer`: what follows from an act of somebody, who waits for it. `unasked`: what waited for its time (notBefore). */
type Lane = 'any' | 'answer' | 'unasked';

/** As an index has it: a crowd that waits to be told unasked is not looked through for an answer. */
const lanes: Record<Lane, Prisma.Sql> = {
  any: Prisma.sql`TRUE`,
  answer: Prisma.sql`o."notBefore" IS NULL`,
  unasked: Prisma.sql`o."notBefore" IS NOT NULL`,
};

interface Claiming {
  now: Date;
  claimer: string;
  leaseMs: number;
  limit: number;
  lane?: Lane;
}

/**
 * Claims due rows for `claimer` until `leaseMs` from now, oldest first and of each recipient only the next one, so
 * that what is said to somebody comes in order however many processes send. A row whose claim ran out belonged to a
 * process that died or hung: it comes back with `attempts` > 1, which tells the sender to look for it before sending
 * again.
 */
export async function claimDue(
  db: Db,
  { now, claimer, leaseMs, limit, lane = 'any' }: Claiming,
): Promise<OutboxRow[]> {
  if (limit < 1) return [];
  const until = new Date(now.getTime() + leaseMs);
  // Looked for once, before the update: a join could look again, pass over what is locked by now, and claim more.
  const rows = await db.$queryRaw<OutboxRow[]>`
    WITH due AS MATERIALIZED (
      SELECT o.id FROM "Outbox" o
      WHERE o.state IN ('PENDING', 'CLAIMED') AND o."dueAt" <= ${now}
        AND ${lanes[lane]}
        AND (o.attempts >= ${HOLDS_BACK} OR NOT EXISTS (
          SELECT 1 FROM "Outbox" e
          WHERE e.recipient = o.recipient AND e.id < o.id AND e.state IN ('PENDING', 'CLAIMED')
            AND e.attempts < ${HOLDS_BACK} AND (e."notBefore" IS NULL OR e."notBefore" <= ${now})))
      ORDER BY o."dueAt", o.id LIMIT ${limit} FOR UPDATE SKIP LOCKED)
    UPDATE "Outbox" SET state = 'CLAIMED', "claimedBy" = ${claimer}, "dueAt" = ${until}, attempts = attempts + 1
    WHERE id IN (SELECT id FROM due)
    RETURNING *`;
  return rows
    .map((row) => ({ ...row, uploads: row.uploads ?? [] })) // NULL where nothing was put into it
    .sort((a, b) => (a.id < b.id ? -1 : 1));
}

/** Longer than anything waits to be tried again. */
const LONGEST_WAIT_MS = 15 * 60 * 1000;

/**
 * After a clock was set back nothing waits as long as the step: what was to be tried soon is due now, and a claim ends
 * within a lease of now unless a living claimer renews it. What waits for its own time (notBefore) goes on waiting.
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

/**
 * Renews a claim just before the step that cannot be undone, with what a successor has to know about it.
 * @returns false when the claim ran out and somebody else has taken the row over
 */
export async function renewClaim(
  db: Db,
  row: OutboxRow,
  until: Date,
  known: { uploads?: string[]; sharedAt?: Date | null; mailedAt?: Date | null } = {},
): Promise<boolean> {
  return update(db, row, { dueAt: until, ...known });
}

/** For the only process that sends: claims of others are a dead predecessor's, and come back at once. */
export async function releaseClaims(db: Db, now: Date, claimer: string): Promise<void> {
  await db.outbox.updateMany({
    where: { state: 'CLAIMED', claimedBy: { not: claimer } },
    data: { dueAt: now },
  });
}

type Outcome =
  | { sentAt: Date; channel: string; ts: string | null }
  /** `untried`: the messenger took nothing in, so this was no attempt. */
  | { retryAt: Date; error: string; untried?: boolean }
  | { failed: string };

/** @returns false when the row was no longer the claimer's */
export async function settle(db: Db, row: OutboxRow, outcome: Outcome): Promise<boolean> {
  if ('sentAt' in outcome) return update(db, row, { state: 'SENT', error: null, ...outcome });
  if ('failed' in outcome) return update(db, row, { state: 'FAILED', error: outcome.failed });
  const { retryAt, error, untried } = outcome;
  const attempts = untried ? row.attempts - 1 : row.attempts;
  return update(db, row, { state: 'PENDING', dueAt: retryAt, error, attempts });
}

type Change = Parameters<Db['outbox']['updateMany']>[0]['data'];

async function update(db: Db, row: OutboxRow, data: Change): Promise<boolean> {
  const { count } = await db.outbox.updateMany({
    where: { id: row.id, state: 'CLAIMED', claimedBy: row.claimedBy, attempts: row.attempts },
    data,
  });
  return count === 1;
}
