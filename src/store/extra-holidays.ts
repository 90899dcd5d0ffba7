import { z } from 'zod';
import { isBusinessDay, nextSendingTime, sendingTimeOn } from '../core/calendar.ts';
import { publicHolidays, weekdayOf } from '../core/holidays.ts';
import { type Ask, map, read, rowsOf } from './ask.ts';
import { Prisma } from './client/client.ts';
import type { Operation } from './operation.ts';
import { postpone } from './outbox-changes.ts';
import type { Db, Tx } from './store.ts';

/** The days off that officers entered, as the calendar's functions take them. */
export const extraHolidays: Ask<ReadonlySet<string>> = map(
  rowsOf(Prisma.sql`SELECT day FROM "Holiday"`, z.object({ day: z.string() })),
  (rows) => new Set(rows.map(({ day }) => day)),
);

export function readExtraHolidays(tx: Tx): Promise<ReadonlySet<string>> {
  return read(tx, extraHolidays);
}

export interface HolidayReader {
  (): Promise<ReadonlySet<string>>;
  /** To be called when this process has changed the holidays: the next call reads them again. */
  forget(): void;
}

/** How old the holidays may be: another process, or a command, may have changed them. */
const FRESH_MS = 60_000;

/** For frequent callers: reads the table at most once a minute, or again at once after `forget`. */
export function holidayReader(db: Db, now: () => Date): HolidayReader {
  let known: Promise<ReadonlySet<string>> | null = null;
  let readAt = 0;
  const read = () => {
    const age = now().getTime() - readAt;
    if (known && age >= 0 && age < FRESH_MS) return known;
    readAt = now().getTime();
    const reading = readExtraHolidays(db);
    known = reading;
    reading.catch(() => {
      if (known === reading) known = null;
    });
    return reading;
  };
  return Object.assign(read, {
    forget: () => {
      known = null;
    },
  });
}

/** Why a day was not entered. */
export type NotEntered = 'weekend' | 'lawful' | 'entered' | 'past';

/**
 * Enters a day off and moves the messages planned for its morning to the next business day.
 * @returns null, or why not
 */
export async function addHoliday(
  { tx, now, author, audit }: Operation,
  today: string,
  day: string,
  name: string,
): Promise<NotEntered | null> {
  if (day < today) return 'past';
  if ([0, 6].includes(weekdayOf(day))) return 'weekend';
  if (publicHolidays(Number(day.slice(0, 4))).has(day)) return 'lawful';
  const { count } = await tx.holiday.createMany({
    data: [{ day, name, addedBy: author.actor, addedAt: now }],
    skipDuplicates: true,
  });
  if (count === 0) return 'entered';
  const morning = sendingTimeOn(day);
  const later = nextSendingTime(morning, await readExtraHolidays(tx));
  await postpone(tx, morning, later);
  audit({ action: 'holiday.add', subject: `holiday:${day}`, data: { name } });
  return null;
}

/** @returns false when no officer entered that day, or when it is past: deadlines were counted with it */
export async function removeHoliday({ tx, audit }: Operation, today: string, day: string): Promise<boolean> {
  if (day < today) return false;
  const { count } = await tx.holiday.deleteMany({ where: { day } });
  if (count > 0) audit({ action: 'holiday.remove', subject: `holiday:${day}` });
  return count > 0;
}

export interface ListedHoliday {
  day: string;
  name: string;
  /** Whether an officer entered it; otherwise it is a holiday by law. */
  entered: boolean;
}

/** The days off of a year that fall on Monday to Friday, in order. */
export async function listHolidays(tx: Tx, year: number): Promise<ListedHoliday[]> {
  const entered = await tx.holiday.findMany({ where: { day: { startsWith: `${year}-` } } });
  const lawful = [...publicHolidays(year)].filter(([day]) => ![0, 6].includes(weekdayOf(day)));
  return [
    ...lawful.map(([day, name]) => ({ day, name, entered: false })),
    ...entered.filter(({ day }) => isBusinessDay(day)).map(({ day, name }) => ({ day, name, entered: true })),
  ].sort((a, b) => (a.day < b.day ? -1 : 1));
}
