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

/** What people are reminded of: a licence that expires, a filing that waits. Days are `YYYY-MM-DD` in Seoul. */
export interface Subject {
  /** Identifies the subject within its reminder, for instance the licence's id. */
  key: string;
  /** The day that the steps are counted from. */
  dueOn: string;
  /** Steps due on this day or before are skipped: on this day another message said the same. */
  since?: string;
  /** Person ids, or DESK. */
  to: string[];
  facts: Facts;
}

/** The due days that a sweep asks for, from `from` to `to`, both included. `today` is a business day. */
export interface Window {
  today: string;
  from: string;
  to: string;
  extraHolidays: ReadonlySet<string>;
}

/** What a reminder's `render` needs besides the database. */
export interface ReminderGround extends Pick<Filings, 'procedures' | 'now'> {
  extraHolidays: ReadonlySet<string>;
}

/** The recipient of a reminder and the due day that it is about; handed to `render` together with the facts. */
export interface Occasion {
  to: string;
  dueOn: string;
  /** How it is sent: a mail has no buttons, so it says in words what to do. */
  by?: Medium;
}

/**
 * One row of the reminders table: who gets which message, how long before a due day. When a step before the due day
 * falls on a day off, it is sent on the business day before, so that time is left. A step after the due day is sent on
 * the next business day, so that nobody reads too early that the day has passed.
 */
export interface Reminder {
  notice: string;
  /** The steps from the earliest to the latest, in days before the due day; a negative one is after it. */
  daysBefore: readonly number[];
  count: 'days' | 'businessDays';
  /** The label of a button with which a person marks the matter as done, when the bot cannot see that by itself. */
  done?: string;
  /** Subjects due in the window whose matter is still open: one query for all of them. */
  find(db: Db, window: Window): Promise<Subject[]>;
  /** Makes the message when it is sent; null when the matter is settled by then. */
  render(db: Db, facts: Facts, occasion: Occasion, ground: ReminderGround): Promise<Notice | null>;
}

type Steps = Pick<Reminder, 'daysBefore' | 'count'>;

/** How long after its day the last step may still be sent for the first time: longer than any outage. */
const GRACE_DAYS = 30;

/** The business day on which a step is sent. */
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
 * The latest step whose day has come, or null. Earlier steps are dropped, sent or not: after an outage of several days
 * one message is sent, not one for each day.
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

/** The due days that may have a step to send today. The window may be too wide: {@link latestStep} decides. */
export function windowOf(
  { daysBefore, count }: Steps,
  today: string,
  extraHolidays: ReadonlySet<string>,
): Window {
  const first = Math.max(...daysBefore);
  const last = Math.min(...daysBefore);
  const move = (days: number) =>
    count === 'days' ? addDays(today, days) : addBusinessDays(today, days, extraHolidays);
  // A step that falls on the days off after today is sent today, and a due day may itself be a day off.
  const end =
    count === 'days'
      ? addDays(nextBusinessDay(today, extraHolidays), first)
      : nextBusinessDay(move(first), extraHolidays);
  return { today, from: addDays(move(last), -GRACE_DAYS), to: addDays(end, -1), extraHolidays };
}

/** The same for all steps of a subject and due day: the item that people put off or mark as done. */
export function itemOf(notice: string, subject: string, dueOn: string): string {
  return `${notice}:${subject}:${dueOn}`;
}

/**
 * The key under which a step is sent to a person once. It holds the recipient: a new person in charge gets the step
 * too. A step that was put off is sent again under a key with the day to which it was put off.
 */
export function keyOf(
  notice: string,
  subject: string,
  { dueOn, to }: Occasion,
  step: number | string,
): string {
  return `remind:${itemOf(notice, subject, dueOn)}:${step}:${to}`;
}
