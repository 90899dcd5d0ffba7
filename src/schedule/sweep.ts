import { type Ground, operate } from '../store/operation.ts';
import type { Message } from '../store/outbox.ts';
import type { Db } from '../store/store.ts';
import { isBusinessDay, seoulDay } from './calendar.ts';
import { keyOf, latestStep, type Reminder, type Subject, type Window, windowOf } from './reminder.ts';

/** Rows per transaction: few enough to be short, many enough that 50,000 take seconds. */
const CHUNK = 1000;
const author = { actor: 'bot', place: 'schedule' };

/** Messages that this sweep put into the outbox, by notice. */
export type Swept = Record<string, number>;

/**
 * Goes through the table once and says what is due today. Twice, late or on many machines at once it says the same
 * things under the same keys, and so once. A reminder that fails does not keep the others from being said.
 * @throws AggregateError when some failed; another sweep says what is missing
 */
export async function sweep(
  ground: Ground,
  table: readonly Reminder[],
  extraHolidays: ReadonlySet<string>,
): Promise<Swept> {
  const today = seoulDay(ground.now());
  if (!isBusinessDay(today, extraHolidays)) return {};
  const swept: Swept = {};
  const errors: Error[] = [];
  for (const reminder of table) {
    try {
      const window = windowOf(reminder, today, extraHolidays);
      const messages = dueMessages(reminder, await reminder.find(ground.db, window), window);
      swept[reminder.notice] = await say(ground, messages);
    } catch (cause) {
      errors.push(new Error(`reminder ${reminder.notice} failed`, { cause }));
    }
  }
  if (errors.length > 0) throw new AggregateError(errors, 'not all reminders were said');
  return swept;
}

function dueMessages(reminder: Reminder, subjects: Subject[], window: Window): Message[] {
  const { notice } = reminder;
  const known = new Map<string, number | null>(); // many subjects share a due day
  return subjects.flatMap((subject) => {
    const { key, dueOn, since } = subject;
    const days = `${dueOn} ${since}`;
    const step = known.has(days) ? known.get(days) : latestStep(reminder, subject, window);
    if (step === undefined) throw new Error(`no step for ${days}`);
    known.set(days, step);
    if (step === null) return [];
    return subject.to.map((to) => ({
      key: keyOf(notice, key, { dueOn, to }, step),
      notice,
      to,
      facts: { ...subject.facts, subject: key, dueOn, step, to },
    }));
  });
}

/** In the order of the keys: sweeps at the same moment then wait for each other and never in a circle. */
async function say(ground: Ground, messages: Message[]): Promise<number> {
  const sorted = messages.sort((a, b) => (a.key < b.key ? -1 : 1));
  let said = 0;
  for (let at = 0; at < sorted.length; at += CHUNK) {
    const fresh = await unsaid(ground.db, sorted.slice(at, at + CHUNK));
    if (fresh.length === 0) continue;
    await operate(ground, author, async (op) => fresh.forEach(op.tell));
    said += fresh.length;
  }
  return said;
}

/** Most have been said on an earlier day: looking first is much cheaper than inserting in vain. */
async function unsaid(db: Db, messages: Message[]): Promise<Message[]> {
  const keys = messages.map((message) => message.key);
  const rows = await db.outbox.findMany({ where: { key: { in: keys } }, select: { key: true } });
  const said = new Set(rows.map((row) => row.key));
  return messages.filter((message) => !said.has(message.key));
}
