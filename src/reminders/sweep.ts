import { setImmediate } from 'node:timers/promises';
import { isBusinessDay, seoulDay } from '../core/calendar.ts';
import type { Ground } from '../store/operation.ts';
import type { Db } from '../store/store.ts';
import { readMarks } from './marks.ts';
import { type Due, put } from './put.ts';
import { itemOf, keyOf, latestStep, type Reminder, type Subject, type Window, windowOf } from './reminder.ts';

/** How many items one transaction handles: few enough that other statements do not wait long. */
const AT_ONCE = 500;
/** How many subjects are looked at without a pause. */
const LOOKED_AT_ONCE = 1000;

/** How many items this sweep put into people's messages, by reminder. */
export type Swept = Record<string, number>;

/** A step of a subject that is due: the same for all its recipients, of whom there are many. */
interface Found {
  notice: string;
  subject: Subject;
  step: number;
}

/**
 * Goes through the table once and sends what is due today: one message per person with all their items. It may run
 * twice, late, or on several machines at once: the keys are the same, so each item is sent once. An item that turns up
 * after the person's morning message was sent waits for the next business day, so that nobody gets two messages on one
 * day. When one reminder fails, the others are still sent.
 * @param rest resolves when no person waits for an answer, or has waited long enough: people come before messages
 * @throws AggregateError when some reminders failed; another sweep sends what is missing
 */
export async function sweep(
  ground: Ground,
  table: readonly Reminder[],
  extraHolidays: ReadonlySet<string>,
  rest: () => Promise<unknown> = setImmediate,
): Promise<Swept> {
  const today = seoulDay(ground.now());
  if (!isBusinessDay(today, extraHolidays)) return {};
  const swept: Swept = {};
  const errors: Error[] = [];
  const dues = new Map<string, Found[]>();
  for (const reminder of table) {
    swept[reminder.notice] = 0;
    try {
      await collect(reminder, ground.db, windowOf(reminder, today, extraHolidays), dues);
    } catch (cause) {
      errors.push(new Error(`reminder ${reminder.notice} failed`, { cause }));
    }
  }
  await say(ground, dues, { today, rest }, swept);
  if (errors.length > 0) throw new AggregateError(errors, 'not all reminders were said');
  return swept;
}

/** Adds the due items of this reminder to `dues`, by recipient. */
async function collect(
  reminder: Reminder,
  db: Db,
  window: Window,
  dues: Map<string, Found[]>,
): Promise<void> {
  const { notice } = reminder;
  const known = new Map<string, number | null>(); // many subjects share a due day
  let seen = 0;
  for (const subject of await reminder.find(db, window)) {
    seen += 1;
    if (seen % LOOKED_AT_ONCE === 0) await setImmediate(); // lets people's clicks in between
    const { dueOn, since } = subject;
    const days = `${dueOn} ${since}`;
    const step = known.has(days) ? known.get(days) : latestStep(reminder, subject, window);
    if (step === undefined) throw new Error(`no step for ${days}`);
    known.set(days, step);
    if (step === null) continue;
    const found = { notice, subject, step };
    for (const to of subject.to) {
      const own = dues.get(to);
      if (own) own.push(found);
      else dues.set(to, [found]);
    }
  }
}

function dueOf({ notice, subject: { key, dueOn, facts }, step }: Found, to: string): Due {
  return { key: keyOf(notice, key, { dueOn, to }, step), notice, subject: key, dueOn, step, to, facts };
}

/** Works in the order of the recipients, so that two sweeps at the same moment cannot deadlock. */
async function say(
  ground: Ground,
  dues: ReadonlyMap<string, Found[]>,
  { today, rest }: { today: string; rest: () => Promise<unknown> },
  swept: Swept,
): Promise<void> {
  const recipients = [...dues.keys()].sort();
  for (const chunk of chunks(recipients, (to) => dues.get(to)?.length ?? 0)) {
    await rest();
    const items = chunk.flatMap((to) => (dues.get(to) ?? []).map((found) => dueOf(found, to)));
    const fresh = await notYetSaid(ground.db, await asMarked(ground.db, chunk, items, today));
    if (fresh.length > 0) {
      const enqueued = await put(ground.db, ground.now(), fresh, today);
      for (const { notice } of enqueued) swept[notice] = (swept[notice] ?? 0) + 1;
      if (enqueued.length > 0) ground.wakeOutbox();
    }
    await setImmediate(); // the embedded database works in this thread: lets what has come meanwhile be heard
  }
}

/** Groups of recipients whose items together are few enough for one transaction. */
function* chunks(recipients: readonly string[], size: (recipient: string) => number): Generator<string[]> {
  let chunk: string[] = [];
  let filled = 0;
  for (const recipient of recipients) {
    chunk.push(recipient);
    filled += size(recipient);
    if (filled < AT_ONCE) continue;
    yield chunk;
    chunk = [];
    filled = 0;
  }
  if (chunk.length > 0) yield chunk;
}

/** Drops items that are marked as done or put off to a later day; an item whose day has come is sent once more. */
async function asMarked(db: Db, recipients: string[], items: Due[], today: string): Promise<Due[]> {
  const markOf = await readMarks(db, recipients);
  return items.flatMap((due) => {
    const { notice, subject, dueOn, to } = due;
    const mark = markOf(to, itemOf(notice, subject, dueOn));
    if (!mark) return [due];
    if (mark.kind === 'DONE' || (mark.until ?? '') > today) return [];
    return [{ ...due, key: keyOf(notice, subject, { dueOn, to }, `again-${mark.until}`) }, due];
  });
}

/** Drops items that were sent on an earlier day, which are most: looking them up is cheaper than skipped inserts. */
async function notYetSaid(db: Db, items: Due[]): Promise<Due[]> {
  if (items.length === 0) return [];
  const rows = await db.$queryRaw<{ key: string }[]>`
    SELECT key FROM "Reminded" WHERE key = ANY(${items.map(({ key }) => key)}::text[])`;
  const known = new Set(rows.map((row) => row.key));
  return items.filter(({ key }) => !known.has(key));
}
