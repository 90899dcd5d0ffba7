import { v7 as uuid7 } from 'uuid';
import { Prisma } from '../store/client/client.ts';
import { enqueuing, type Message } from '../store/outbox.ts';
import type { Db, Tx } from '../store/store.ts';
import { MORNING } from './morning.ts';

/** One item for one recipient. */
export interface Due {
  /** Under this key the item is sent once. */
  key: string;
  notice: string;
  subject: string;
  dueOn: string;
  step: number;
  to: string;
  facts: object;
}

/**
 * Puts the items into this morning's messages: into new ones, or into one that has not been sent yet.
 * @returns the items that were new
 */
export async function put(db: Db, now: Date, items: Due[], today: string): Promise<Due[]> {
  const placed = inNewMornings(items);
  const messages = mornings(placed, now, today);
  // Mostly all are new, and nothing has to be listed.
  const [found] = await db.$queryRaw<{ told: string[] | null; said: string[] | null }[]>`
    WITH morning AS (${enqueuing(now, messages)}),
    thing AS (${saying(placed, today, Prisma.sql`JOIN morning ON morning.recipient = item."to"`)})
    SELECT
      CASE WHEN (SELECT count(*) FROM morning) < ${messages.length} THEN ARRAY(SELECT recipient FROM morning) END AS told,
      CASE WHEN (SELECT count(*) FROM thing) < ${placed.length} THEN ARRAY(SELECT key FROM thing) END AS said`;
  if (!found?.said) return items;
  const told = new Set(found.told ?? messages.map(({ to }) => to));
  const rest = items.filter(({ to }) => !told.has(to));
  const later = rest.length > 0 ? await db.$transaction((tx) => putLater(tx, rest, today)) : [];
  const keys = new Set([...found.said, ...later]);
  return items.filter(({ key }) => keys.has(key));
}

/** Puts items into messages of this morning that no process has begun to send. @returns the keys of the new ones */
async function putLater(tx: Tx, items: Due[], today: string): Promise<string[]> {
  const open = await waitingMornings(
    tx,
    [...new Set(items.map(({ to }) => to))].map((to) => morningKey(today, to)),
  );
  const numbers = await nextNumbers(tx, [...open.values()]);
  const placed = items.flatMap((due) => {
    const message = open.get(due.to);
    if (!message) return [];
    const number = numbers.get(message) ?? 0;
    numbers.set(message, number + 1);
    return [{ ...due, message, number }];
  });
  if (placed.length === 0) return [];
  const said = await tx.$queryRaw<{ key: string }[]>(saying(placed, today));
  return said.map(({ key }) => key);
}

/** An item with its place in a morning message. */
type Placed = Due & { message: string; number: number };

const morningKey = (today: string, to: string) => `${MORNING}:${today}:${to}`;

/** Numbers each person's items within a message of its own. */
function inNewMornings(items: Due[]): Placed[] {
  const begun = new Map<string, { message: string; number: number }>();
  return items.map((due) => {
    const place = begun.get(due.to) ?? { message: uuid7(), number: 0 };
    begun.set(due.to, { ...place, number: place.number + 1 });
    return { ...due, ...place };
  });
}

function mornings(placed: Placed[], now: Date, today: string): Message[] {
  return placed
    .filter(({ number }) => number === 0)
    .map(({ message, to }) => ({
      key: morningKey(today, to),
      notice: MORNING,
      to,
      facts: { message, to },
      notBefore: now, // so that it counts as unasked: answers to people's acts are sent first
    }));
}

/** The statement that stores items, of which `only` may leave some out; it returns the keys that were new. */
const saying = (placed: Placed[], today: string, only = Prisma.empty) => Prisma.sql`
  INSERT INTO "Reminded" (message, number, key, notice, subject, "dueOn", step, recipient, facts, "saidOn")
  SELECT message, number, item.key, notice, subject, "dueOn", step, "to", facts, ${today}
  FROM json_to_recordset(${JSON.stringify(placed)}::json) AS item (
    message text, number int, key text, notice text, subject text, "dueOn" text, step int, "to" text, facts jsonb)
  ${only} ON CONFLICT (key) DO NOTHING RETURNING key`;

/** This morning's messages that no process has begun to send, by recipient; locked until the commit. */
async function waitingMornings(tx: Tx, keys: string[]): Promise<Map<string, string>> {
  if (keys.length === 0) return new Map();
  const rows = await tx.$queryRaw<{ recipient: string; message: string }[]>`
    SELECT recipient, facts ->> 'message' AS message FROM "Outbox"
    WHERE key = ANY(${keys}::text[]) AND state = 'PENDING' AND attempts = 0 ORDER BY recipient FOR UPDATE`;
  return new Map(rows.map(({ recipient, message }) => [recipient, message]));
}

async function nextNumbers(tx: Tx, messages: string[]): Promise<Map<string, number>> {
  if (messages.length === 0) return new Map();
  const rows = await tx.reminded.groupBy({
    by: ['message'],
    where: { message: { in: messages } },
    _max: { number: true },
  });
  return new Map(rows.map(({ message, _max }) => [message, (_max.number ?? -1) + 1]));
}
