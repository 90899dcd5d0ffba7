import { createRequire } from 'node:module';
import type Holidays from 'date-holidays';
import type { HolidaysTypes } from 'date-holidays';

/**
 * Public holidays of Korean government offices (관공서의 공휴일에 관한 규정). The library `date-holidays` gives the lunar and the
 * fixed days. This file corrects what the library has wrong or lacks:
 * - 노동절: 1 May, a holiday since 2026, is missing. 법률 제21543호 (in force 1 May 2026) and, for its substitute, 대통령령
 * 제36290호 of 30 April 2026; 우주항공청 「2027년 월력요항」 of 29 June 2026 has 3 May 2027 for it.
 * - 설날: article 2 gives the day before, the day and the day after; the library gives the day and the two after it.
 * - 대체공휴일: the library lists them by year and lets one fall on another holiday (5 May 2036); article 3 is applied
 * instead.
 * - Days fixed by the Cabinet or by an election: the table below holds those that are known. Later ones are added to
 * it.
 */

/** Elections at the end of a term (공직선거법 34) and days that the Cabinet set (임시공휴일). */
const ONE_TIME: Readonly<Record<string, string>> = {
  '2020-04-15': '국회의원 선거일',
  '2020-08-17': '임시공휴일',
  '2022-03-09': '대통령 선거일',
  '2022-06-01': '지방선거일',
  '2023-10-02': '임시공휴일',
  '2024-04-10': '국회의원 선거일',
  '2024-10-01': '임시공휴일(국군의 날)',
  '2025-01-27': '임시공휴일',
  '2025-06-03': '대통령 선거일',
  '2026-06-03': '지방선거일',
  '2028-04-12': '국회의원 선거일',
  '2030-06-12': '지방선거일', // 5 June would be the eve of 현충일: article 34 ②
};

/**
 * Which holidays get a substitute day, since when, and on which days of the week: article 3 ①. 신정 and 현충일 get none.
 * The keys are the names of the library's rules.
 */
const SUBSTITUTED: Readonly<Record<string, { since: string; weekend: readonly number[] }>> = {
  'korean 01-0-01': { since: '2013-11-05', weekend: [0] },
  'korean 8-0-14': { since: '2013-11-05', weekend: [0] },
  '05-05': { since: '2013-11-05', weekend: [0, 6] },
  '03-01': { since: '2021-08-04', weekend: [0, 6] },
  '08-15': { since: '2021-08-04', weekend: [0, 6] },
  '10-03': { since: '2021-08-04', weekend: [0, 6] },
  '10-09': { since: '2021-08-04', weekend: [0, 6] },
  'korean 4-0-8': { since: '2023-05-04', weekend: [0, 6] },
  '12-25': { since: '2023-05-04', weekend: [0, 6] },
  '07-17': { since: '2026-01-01', weekend: [0, 6] },
  '05-01': { since: '2026-01-01', weekend: [0, 6] },
};

/** Names as the regulation has them where the library keeps older ones. */
const NAMES: Readonly<Record<string, string>> = { 석가탄신일: '부처님오신날' };

const DAY_MS = 86_400_000;
const SEOLLAL = 'korean 01-0-01';
const LABOUR_DAY = { name: '노동절', rule: '05-01', since: 2026 };

interface HolidayDay {
  day: string;
  name: string;
  rule: string;
}

export function dayNumber(day: string): number {
  return Date.parse(`${day}T00:00:00Z`) / DAY_MS;
}

export function dayOf(number: number): string {
  return new Date(number * DAY_MS).toISOString().slice(0, 10);
}

/** Sunday is 0. 1 January 1970 was a Thursday. */
export function weekdayOf(day: string): number {
  return (((dayNumber(day) + 4) % 7) + 7) % 7;
}

function daysOf(holiday: HolidaysTypes.Holiday): HolidayDay[] {
  const rule = holiday.rule.replace(/ (?:P\d+D|since .*)$/, '');
  const length = Math.round((holiday.end.getTime() - holiday.start.getTime()) / DAY_MS);
  const first = dayNumber(holiday.date.slice(0, 10)) - (rule === SEOLLAL ? 1 : 0);
  const name = NAMES[holiday.name] ?? holiday.name;
  return Array.from({ length }, (_, n) => ({ day: dayOf(first + n), name, rule }));
}

/** How many substitute days a date with these holidays on it earns: article 3 ①. */
function substitutesEarned(holidays: readonly HolidayDay[]): number {
  const earning = holidays.filter(({ day, rule }) => (SUBSTITUTED[rule]?.since ?? '9999') <= day);
  const [first] = earning;
  if (!first) return 0;
  const weekday = weekdayOf(first.day);
  if (weekday !== 0 && weekday !== 6) return holidays.length > 1 ? 1 : 0;
  return earning.filter(({ rule }) => SUBSTITUTED[rule]?.weekend.includes(weekday)).length;
}

let library: Holidays | undefined;
/** Loads the library when the first day is asked for, because it holds the holidays of every country. */
function holidays(): Holidays {
  if (!library) {
    const Library = createRequire(import.meta.url)('date-holidays') as typeof Holidays;
    library = new Library('KR', { timezone: 'Asia/Seoul' });
  }
  return library;
}
const years = new Map<number, ReadonlyMap<string, string>>();

function compute(year: number): ReadonlyMap<string, string> {
  const byDay = new Map<string, HolidayDay[]>();
  for (const holiday of holidays().getHolidays(year, 'ko')) {
    if (holiday.type !== 'public' || holiday.substitute) continue;
    for (const day of daysOf(holiday)) byDay.set(day.day, [...(byDay.get(day.day) ?? []), day]);
  }
  if (year >= LABOUR_DAY.since) {
    const { name, rule } = LABOUR_DAY;
    const day = `${year}-${rule}`;
    byDay.set(day, [{ day, name, rule }, ...(byDay.get(day) ?? [])]);
  }
  const names = new Map<string, string>();
  for (const [day, holidays] of byDay) names.set(day, holidays.map(({ name }) => name).join(', '));
  for (const [day, name] of Object.entries(ONE_TIME)) {
    if (day.startsWith(`${year}-`)) names.set(day, name);
  }
  for (const day of [...byDay.keys()].sort()) {
    const holidays = byDay.get(day) ?? [];
    for (let left = substitutesEarned(holidays); left > 0; left -= 1) {
      let next = dayNumber(day) + 1;
      // Article 3 ② and ③: a substitute does not fall on another holiday, another substitute or a Saturday.
      while (names.has(dayOf(next)) || [0, 6].includes(weekdayOf(dayOf(next)))) next += 1;
      names.set(dayOf(next), `대체공휴일(${holidays[0]?.name ?? ''})`);
    }
  }
  return new Map([...names].sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** The holidays of a year in order, from day to Korean name. Computed once for each year. */
export function publicHolidays(year: number): ReadonlyMap<string, string> {
  const known = years.get(year);
  if (known) return known;
  const computed = compute(year);
  years.set(year, computed);
  return computed;
}
