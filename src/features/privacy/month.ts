import { seoulDay, startOfDay } from '../../core/calendar.ts';

/** A calendar month in Seoul, written `2026-11`. */
export function isMonth(text: string): boolean {
  return /^20\d{2}-(0[1-9]|1[0-2])$/.test(text);
}

export function monthOf(instant: Date): string {
  return seoulDay(instant).slice(0, 7);
}

/** `count` months later, earlier when negative. */
export function addMonths(month: string, count: number): string {
  const [year = 0, number = 0] = month.split('-').map(Number);
  const months = year * 12 + (number - 1) + count;
  return `${Math.floor(months / 12)}-${String((months % 12) + 1).padStart(2, '0')}`;
}

/** From the first instant of the month (included) to the first instant of the next month (excluded). */
export function monthSpan(month: string): { from: Date; to: Date } {
  return { from: startOfDay(`${month}-01`), to: startOfDay(`${addMonths(month, 1)}-01`) };
}

/** The span of a month up to `until`, including that instant; `running`: the month is not over then. */
export function monthSoFar(month: string, until: Date): { from: Date; to: Date; running: boolean } {
  const { from, to } = monthSpan(month);
  const running = until < to;
  return { from, to: running ? new Date(until.getTime() + 1) : to, running };
}

/** The month in Korean: `2026년 11월`. */
export function koreanMonth(month: string): string {
  const [year, number] = month.split('-').map(Number);
  return `${year}년 ${number}월`;
}

/** The months to choose from, the newest first: from `first` to `last`, no more than `most`. */
export function monthsBetween(first: string, last: string, most: number): string[] {
  const months: string[] = [];
  for (let month = last; month >= first && months.length < most; month = addMonths(month, -1))
    months.push(month);
  return months;
}
