import { describe, expect, it } from 'vitest';
import { publicHolidays, weekdayOf } from '../../src/schedule/holidays.ts';

/** The holidays of a year that fall on Monday to Friday: those that cost a business day. */
function weekdaysOff(year: number): string[] {
  return [...publicHolidays(year).keys()]
    .filter((day) => weekdayOf(day) !== 0 && weekdayOf(day) !== 6)
    .map((day) => day.slice(5));
}

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
    [2026, '01-01 02-16 02-17 02-18 03-02 05-05 05-25 06-03 07-17 08-17 09-24 09-25 10-05 10-09 12-25'],
    [2027, '01-01 02-08 02-09 03-01 05-05 05-13 07-19 08-16 09-14 09-15 09-16 10-04 10-11 12-27'],
    [2028, '01-26 01-27 01-28 03-01 04-12 05-02 05-05 06-06 07-17 08-15 10-02 10-03 10-04 10-05 10-09 12-25'],
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
    expect(publicHolidays(2026).has('2026-05-01')).toBe(false);
  });

  it('lists days in order and computes a year once', () => {
    const days = [...publicHolidays(2026).keys()];
    expect(days).toEqual([...days].sort());
    expect(publicHolidays(2026)).toBe(publicHolidays(2026));
  });
});
