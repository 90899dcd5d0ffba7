import {
  addBusinessDays,
  addDays,
  isBusinessDay,
  nextBusinessDay,
  previousBusinessDay,
} from '../core/calendar.ts';
import type { Filings } from '../filing/procedure.ts';
import type { Facts, Medium, Notice } from '../messenger/notice.ts';
import type { Db } from '../store/store.ts';

/** Something to be reminded of: a licence that expires, a filing that waits. Days are `YYYY-MM-DD` in Seoul. */
export interface Subject {
  /** What it is, unique within its reminder: a licence's id. */
  key: string;
  /** The day that the steps are counted from. */
  dueOn: string;
  /** Steps due by this day are skipped: on this day people were told the same by another message. */
  since?: string;
  /** Person ids, or DESK. */
  to: string[];
  facts: Facts;
}

/** Which due days a sweep asks for; `from` and `to` belong to it. `today` is a business day. */
export interface Window {
  today: string;
  from: string;
  to: string;
  extraHolidays: ReadonlySet<string>;
}

/** What renderers need besides the database. */
export interface ReminderGround extends Pick<Filings, 'procedures' | 'now'> {
  extraHolidays: ReadonlySet<string>;
}

/** Whom a reminder is for and of which day it reminds; its renderer is told besides the facts. */
export interface Occasion {
  to: string;
  dueOn: string;
  /** A mail has no buttons: what is to be done is said otherwise. */
  by?: Medium;
}

/**
 * One row of the reminders table: who is told what, how long before a day. A step before the due day that falls on
 * no business day is said on the last one before, so that there is time left; one after it waits for the next, so
 * that nobody is told that a day is over before it is.
 */
export interface Reminder {
  notice: string;
  /** From the earliest to the latest; negative is after the due day. */
  daysBefore: readonly number[];
  count: 'days' | 'businessDays';
  /** The label of a button by which somebody says that nothing is left to do: where the bot cannot see it itself. */
  done?: string;
  /** Subjects due in the window whose matter is still open: one query for all of them. */
  find(db: Db, window: Window): Promise<Subject[]>;
  /** Asked again when it is sent: null when the matter is over. */
  render(db: Db, facts: Facts, occasion: Occasion, ground: ReminderGround): Promise<Notice | null>;
}

type Steps = Pick<Reminder, 'daysBefore' | 'count'>;

/** How long after the last step's day it may still be said for the first time: longer than any outage. */
const GRACE_DAYS = 30;

/** The business day on which a step is said. */
function dayOfStep(
  count: Steps['count'],
  dueOn: string,
  daysBefore: number,
  extraHolidays: ReadonlySet<string>,
): string {
  const day =
    count === 'days' ? addDays(dueOn, -daysBefore) : addBusinessDays(dueOn, -daysBefore, extraHolidays);
  if (isBusinessDay(day, extraHolidays)) return day;
  return daysBefore >= 0 ? previousBusinessDay(day, extraHolidays) : nextBusinessDay(day, extraHolidays);
}

/**
 * The latest step whose day has come, or null. The ones before it are over, said or not: after days of standstill
 * one message is due, not one for each day.
 */
export function latestStep(
  { daysBefore, count }: Steps,
  { dueOn, since = '' }: Pick<Subject, 'dueOn' | 'since'>,
  { today, extraHolidays }: Pick<Window, 'today' | 'extraHolidays'>,
): number | null {
  const step = daysBefore.findLast((one) => dayOfStep(count, dueOn, one, extraHolidays) <= today);
  if (step === undefined) return null;
  return dayOfStep(count, dueOn, step, extraHolidays) > since ? step : null;
}

/** The due days that can have a step to say today. Rather too wide than too narrow: {@link latestStep} decides. */
export function windowOf(
  { daysBefore, count }: Steps,
  today: string,
  extraHolidays: ReadonlySet<string>,
): Window {
  const first = Math.max(...daysBefore);
  const last = Math.min(...daysBefore);
  const move = (days: number) =>
    count === 'days' ? addDays(today, days) : addBusinessDays(today, days, extraHolidays);
  // A step that falls on the holidays after today is said today, and a due day may itself be a holiday.
  const end =
    count === 'days'
      ? addDays(nextBusinessDay(today, extraHolidays), first)
      : nextBusinessDay(move(first), extraHolidays);
  return { today, from: addDays(move(last), -GRACE_DAYS), to: addDays(end, -1), extraHolidays };
}

/** What a reminder is of, whichever step: what people put off or mark as done. */
export function itemOf(notice: string, subject: string, dueOn: string): string {
  return `${notice}:${subject}:${dueOn}`;
}

/**
 * The key under which a step is said to somebody once; a step that was put off comes back under the day to which it
 * was put off. Somebody new in charge has not been told.
 */
export function keyOf(
  notice: string,
  subject: string,
  { dueOn, to }: Occasion,
  step: number | string,
): string {
  return `remind:${itemOf(notice, subject, dueOn)}:${step}:${to}`;
}
