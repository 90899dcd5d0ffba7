import { dayNumber, dayOf, publicHolidays, weekdayOf } from './holidays.ts';

/**
 * Business days of Korean government offices, in Asia/Seoul. Days are `YYYY-MM-DD` strings, because a due day has no
 * hour; instants are `Date`s. `extraHolidays` are days off besides those of the law and of the table in holidays.ts
 * (a new 임시공휴일): officers enter them, extra-holidays.ts reads them.
 */

const NONE: ReadonlySet<string> = new Set();
/** Korea has kept UTC+9 all year since 1988. */
const SEOUL_OFFSET_MS = 9 * 3_600_000;

/** Office hours are nine to six (국가공무원 복무규정 제9조). */
export const WORK_BEGINS = '09:00';
export const WORK_ENDS = '18:00';
/** The time at which messages that nobody asked for are sent: people have arrived and are not yet deep in work. */
export const SENDING_TIME = '09:30';

/** Whether `day` is a real day written `YYYY-MM-DD`, years 1900 to 2199. */
export function isDay(day: string): boolean {
  const number = /^(?:19|20|21)\d{2}-\d{2}-\d{2}$/.test(day) ? dayNumber(day) : Number.NaN;
  return !Number.isNaN(number) && dayOf(number) === day;
}

/** @throws RangeError when it is no real day */
function checkDay(day: string): string {
  if (!isDay(day)) throw new RangeError(`not a day: ${day}`);
  return day;
}

/** Monday to Friday, and no holiday of holidays.ts or of `extraHolidays`. */
export function isBusinessDay(day: string, extraHolidays: ReadonlySet<string> = NONE): boolean {
  const weekday = weekdayOf(checkDay(day));
  if (weekday === 0 || weekday === 6 || extraHolidays.has(day)) return false;
  return !publicHolidays(Number(day.slice(0, 4))).has(day);
}

export function addDays(day: string, count: number): string {
  return dayOf(dayNumber(checkDay(day)) + count);
}

function step(day: string, direction: 1 | -1, extraHolidays: ReadonlySet<string>): string {
  let number = dayNumber(checkDay(day)) + direction;
  while (!isBusinessDay(dayOf(number), extraHolidays)) number += direction;
  return dayOf(number);
}

/** The first business day after `day`. */
export function nextBusinessDay(day: string, extraHolidays: ReadonlySet<string> = NONE): string {
  return step(day, 1, extraHolidays);
}

/** The last business day before `day`. */
export function previousBusinessDay(day: string, extraHolidays: ReadonlySet<string> = NONE): string {
  return step(day, -1, extraHolidays);
}

/**
 * The day that is `count` business days after `day`, or before it when `count` is negative. Zero gives `day` itself,
 * even when that is no business day.
 */
export function addBusinessDays(
  day: string,
  count: number,
  extraHolidays: ReadonlySet<string> = NONE,
): string {
  if (!Number.isInteger(count)) throw new RangeError(`not a number of days: ${count}`);
  let at = checkDay(day);
  for (let left = Math.abs(count); left > 0; left -= 1) at = step(at, count > 0 ? 1 : -1, extraHolidays);
  return at;
}

/**
 * Number of business days after `from`, up to and including `to`; negative when `to` is earlier. It is the inverse of
 * {@link addBusinessDays}: `businessDaysBetween(d, addBusinessDays(d, n))` is `n`.
 */
export function businessDaysBetween(
  from: string,
  to: string,
  extraHolidays: ReadonlySet<string> = NONE,
): number {
  const end = dayNumber(checkDay(to));
  const direction = end < dayNumber(checkDay(from)) ? -1 : 1;
  let count = 0;
  for (let at = dayNumber(from); at !== end; ) {
    at += direction;
    if (isBusinessDay(dayOf(at), extraHolidays)) count += direction;
  }
  return count;
}

function inSeoul(instant: Date): string {
  return new Date(instant.getTime() + SEOUL_OFFSET_MS).toISOString();
}

/** The day in Seoul at an instant: `2026-11-23`. */
export function seoulDay(instant: Date): string {
  return inSeoul(instant).slice(0, 10);
}

/** The instant at which a day begins in Seoul. */
export function startOfDay(day: string): Date {
  return new Date(`${checkDay(day)}T00:00:00+09:00`);
}

/** The time of day in Seoul at an instant: `09:30`. */
export function seoulTime(instant: Date): string {
  return inSeoul(instant).slice(11, 16);
}

export function isWorkingTime(instant: Date, extraHolidays: ReadonlySet<string> = NONE): boolean {
  const time = seoulTime(instant);
  return isBusinessDay(seoulDay(instant), extraHolidays) && time >= WORK_BEGINS && time < WORK_ENDS;
}

/** The instant on that day at which messages that nobody asked for are sent. */
export function sendingTimeOn(day: string): Date {
  return new Date(`${checkDay(day)}T${SENDING_TIME}:00+09:00`);
}

/**
 * When a message that nobody asked for may be sent: at the next 09:30 on a business day, or `now` if it is exactly
 * that. The answer to what a person did is never delayed.
 */
export function nextSendingTime(now: Date, extraHolidays: ReadonlySet<string> = NONE): Date {
  const today = seoulDay(now);
  const time = sendingTimeOn(today);
  if (isBusinessDay(today, extraHolidays) && now <= time) return time;
  return sendingTimeOn(nextBusinessDay(today, extraHolidays));
}

/** A day as offices write it: `2026. 11. 23.` (행정업무의 운영 및 혁신에 관한 규정). */
export function koreanDate(day: string): string {
  const [year, month, date] = checkDay(day).split('-').map(Number);
  return `${year}. ${month}. ${date}.`;
}

/** `2026. 11. 23.(월)` */
export function koreanDay(day: string): string {
  return `${koreanDate(day)}(${'일월화수목금토'[weekdayOf(day)]})`;
}

/** `2026. 11. 23. 09:30`, in Seoul. */
export function koreanDateTime(instant: Date): string {
  return `${koreanDate(seoulDay(instant))} ${seoulTime(instant)}`;
}

/** With seconds, so that records can be compared with logs: `2026. 11. 23. 10:00:05`. */
export function preciseTime(at: Date): string {
  return `${koreanDate(seoulDay(at))} ${inSeoul(at).slice(11, 19)}`;
}
