import { describe, expect, it } from 'vitest';
import { dayNumber, dayOf, publicHolidays, weekdayOf } from '../../src/core/holidays.ts';

/** The holidays of a year that fall on Monday to Friday: those that cost a business day. */
function weekdaysOff(year: number): string[] {
  return [...publicHolidays(year).keys()]
    .filter((day) => weekdayOf(day) !== 0 && weekdayOf(day) !== 6)
    .map((day) => day.slice(5));
}

/**
 * 2025 to 2030 once more, from other sources than the code's library. 관공서의 공휴일에 관한 규정 제2조: the fixed days and
 * the lunar ones, whose date is the Korean calendar of ICU (dangi). 제헌절 and 노동절 with their substitutes: 법률
 * 제21338호 and 제21543호, 대통령령 제36290호 (30 April 2026). For 2027 each day that meets a weekend stands in 우주항공청
 * 「2027년 월력요항」 (29 June 2026) as well. Both were read as public repositories quote them, not on the offices' pages. For
 * 2028 to 2030, of which no 월력요항 is published yet, docs/sources/law.md names what each date was compared with.
 */
const FIXED = ['01-01', '03-01', '05-05', '06-06', '08-15', '10-03', '10-09', '12-25'];
const LUNAR = new Set(['12-last', '1-1', '1-2', '4-8', '8-14', '8-15', '8-16']);
/** 제3조: 월력요항 of 우주항공청 up to 2027; from 2028 on by hand from the article. */
const SUBSTITUTES = new Set([
  ...['2025-03-03', '2025-05-06', '2025-10-08'],
  ...['2026-03-02', '2026-05-25', '2026-08-17', '2026-10-05'],
  ...['2027-02-09', '2027-05-03', '2027-07-19', '2027-08-16', '2027-10-04', '2027-10-11', '2027-12-27'],
  '2028-10-05',
  ...['2029-05-07', '2029-05-21', '2029-09-24'],
  ...['2030-02-05', '2030-05-06'],
]);
/** 임시공휴일 of 27 January 2025 and 공직선거법 제34조·제35조. The presidential election of 2030 waits for its announcement. */
const DECIDED = new Set(['2025-01-27', '2025-06-03', '2026-06-03', '2028-04-12', '2030-06-12']);

const dangi = new Intl.DateTimeFormat('en-u-ca-dangi', { timeZone: 'UTC', month: 'numeric', day: 'numeric' });
function lunarDay(day: string): string {
  const at = (text: string, plus = 0) => {
    const parts = dangi.formatToParts(new Date(Date.parse(`${text}T00:00:00Z`) + plus * 86_400_000));
    const part = (type: string) => parts.find((one) => one.type === type)?.value ?? '';
    return `${part('month')}-${part('day')}`;
  };
  return at(day, 1) === '1-1' ? '12-last' : at(day);
}

function isDocumented(day: string): boolean {
  const since2026 = ['05-01', '07-17'].includes(day.slice(5)) && day >= '2026';
  const fixed = FIXED.includes(day.slice(5)) || since2026;
  return fixed || LUNAR.has(lunarDay(day)) || SUBSTITUTES.has(day) || DECIDED.has(day);
}

describe('every day from 2025 to 2030', () => {
  it('is a holiday exactly when the documents say so', () => {
    const differing: string[] = [];
    for (let day = dayNumber('2025-01-01'); day <= dayNumber('2030-12-31'); day += 1) {
      const text = dayOf(day);
      if (publicHolidays(Number(text.slice(0, 4))).has(text) !== isDocumented(text)) differing.push(text);
    }
    expect(differing).toEqual([]);
  });

  it('has 노동절 and 제헌절 since 2026', () => {
    for (let year = 2025; year <= 2030; year += 1) {
      expect(publicHolidays(year).has(`${year}-07-17`)).toBe(year >= 2026);
      expect(publicHolidays(year).has(`${year}-05-01`)).toBe(year >= 2026);
    }
  });
});

describe('publicHolidays', () => {
  // As published by the government for each year (월력요항 and the Cabinet's later decisions).
  it.each([
    [2021, '01-01 02-11 02-12 03-01 05-05 05-19 08-16 09-20 09-21 09-22 10-04 10-11'],
    [2023, '01-23 01-24 03-01 05-05 05-29 06-06 08-15 09-28 09-29 10-02 10-03 10-09 12-25'],
    [2024, '01-01 02-09 02-12 03-01 04-10 05-06 05-15 06-06 08-15 09-16 09-17 09-18 10-01 10-03 10-09 12-25'],
    [
      2025,
      '01-01 01-27 01-28 01-29 01-30 03-03 05-05 05-06 06-03 06-06 08-15 10-03 10-06 10-07 10-08 10-09 12-25',
    ],
    [2026, '01-01 02-16 02-17 02-18 03-02 05-01 05-05 05-25 06-03 07-17 08-17 09-24 09-25 10-05 10-09 12-25'],
    [2027, '01-01 02-08 02-09 03-01 05-03 05-05 05-13 07-19 08-16 09-14 09-15 09-16 10-04 10-11 12-27'],
    [
      2028,
      '01-26 01-27 01-28 03-01 04-12 05-01 05-02 05-05 06-06 07-17 08-15 10-02 10-03 10-04 10-05 10-09 12-25',
    ],
    [2029, '01-01 02-12 02-13 02-14 03-01 05-01 05-07 05-21 06-06 07-17 08-15 09-21 09-24 10-03 10-09 12-25'],
    [
      2030,
      '01-01 02-04 02-05 03-01 05-01 05-06 05-09 06-06 06-12 07-17 08-15 09-11 09-12 09-13 10-03 10-09 12-25',
    ],
  ])('%i', (year, days) => {
    expect(weekdaysOff(year).join(' ')).toBe(days);
  });

  it('gives one substitute for two holidays on one weekday', () => {
    expect(publicHolidays(2025).get('2025-05-05')).toBe('어린이날, 부처님오신날');
    expect(publicHolidays(2025).has('2025-05-07')).toBe(false);
    expect(publicHolidays(2028).has('2028-10-06')).toBe(false);
  });

  it('gives 추석 a substitute for Sunday but not for Saturday, and 현충일 none', () => {
    expect(publicHolidays(2026).has('2026-09-28')).toBe(false);
    expect(publicHolidays(2022).get('2022-09-12')).toBe('대체공휴일(추석)');
    expect(publicHolidays(2026).has('2026-06-08')).toBe(false);
  });

  it('passes over the next holiday when looking for a substitute', () => {
    expect(publicHolidays(2036).get('2036-05-06')).toBe('대체공휴일(부처님오신날)');
  });

  it('begins each rule when the law did', () => {
    expect(publicHolidays(2025).has('2025-07-17')).toBe(false);
    expect(publicHolidays(2022).has('2022-05-09')).toBe(false);
    expect(publicHolidays(2020).has('2020-03-02')).toBe(false);
    expect(publicHolidays(2025).has('2025-05-01')).toBe(false);
    expect(publicHolidays(2022).has('2022-05-02')).toBe(false);
    expect(publicHolidays(2026).get('2026-05-01')).toBe('노동절');
    expect(publicHolidays(2027).get('2027-05-03')).toBe('대체공휴일(노동절)');
  });

  it('has the long weekends of 2027 as the almanac of that year tells of them', () => {
    const days = publicHolidays(2027);
    for (const saturday of ['02-06', '05-01', '07-17', '10-09', '12-25']) {
      expect(weekdayOf(`2027-${saturday}`)).toBe(6);
      expect(days.has(`2027-${saturday}`)).toBe(true);
    }
    for (const sunday of ['02-07', '06-06', '08-15', '10-03']) {
      expect(weekdayOf(`2027-${sunday}`)).toBe(0);
      expect(days.has(`2027-${sunday}`)).toBe(true);
    }
    expect(days.get('2027-05-03')).toBe('대체공휴일(노동절)');
    expect(days.get('2027-07-19')).toBe('대체공휴일(제헌절)');
    expect(days.has('2027-06-07')).toBe(false);
    expect(days.has('2027-09-17')).toBe(false);
    // 72 days with the Sundays, those that meet a Sunday counted once.
    const sundays = Array.from({ length: 365 }, (_, n) => dayOf(dayNumber('2027-01-01') + n)).filter(
      (day) => weekdayOf(day) === 0,
    );
    expect(new Set([...sundays, ...days.keys()]).size).toBe(72);
  });

  it('lists days in order and computes a year once', () => {
    const days = [...publicHolidays(2026).keys()];
    expect(days).toEqual([...days].sort());
    expect(publicHolidays(2026)).toBe(publicHolidays(2026));
  });
});
