import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addBusinessDays, addDays, nextBusinessDay } from '../../src/core/calendar.ts';
import { latestStep, windowOf } from '../../src/reminders/reminder.ts';
import { runs } from '../runs.ts';

const NONE: ReadonlySet<string> = new Set();
const licence = { daysBefore: [30, 14, 7, 1, 0, -7, -14], count: 'days' } as const;
const survey = { daysBefore: [5, 1, 0, -1], count: 'businessDays' } as const;
const answer = { daysBefore: [-3, -10], count: 'businessDays' } as const;

const stepOn = (today: string, dueOn: string, extraHolidays = NONE, since?: string) =>
  latestStep(licence, since ? { dueOn, since } : { dueOn }, { today, extraHolidays });

const businessDay = fc
  .date({ min: new Date('2024-01-01'), max: new Date('2031-12-31'), noInvalidDate: true })
  .map((date) => nextBusinessDay(date.toISOString().slice(0, 10)));

describe('latestStep', () => {
  it('is the last whose day has come', () => {
    expect(stepOn('2026-11-02', '2026-12-03')).toBe(null);
    expect(stepOn('2026-11-03', '2026-12-03')).toBe(30);
    expect(stepOn('2026-11-18', '2026-12-03')).toBe(30);
    expect(stepOn('2026-11-19', '2026-12-03')).toBe(14);
    expect(stepOn('2026-12-02', '2026-12-03')).toBe(1);
    expect(stepOn('2026-12-03', '2026-12-03')).toBe(0);
    expect(stepOn('2026-12-10', '2026-12-03')).toBe(-7);
    expect(stepOn('2027-12-10', '2026-12-03')).toBe(-14);
  });

  it('moves a warning before the holidays and an overdue notice after them', () => {
    // Due on the Saturday of the long 추석 of 2025: 3 to 9 October are no business days.
    expect(stepOn('2025-10-01', '2025-10-04')).toBe(7);
    expect(stepOn('2025-10-02', '2025-10-04')).toBe(0);
    expect(stepOn('2025-10-10', '2025-10-04')).toBe(0);
    expect(stepOn('2025-10-13', '2025-10-04')).toBe(-7);
    // Seven days after 2 October lie within them: not said before they are over.
    expect(stepOn('2025-10-02', '2025-10-02')).toBe(0);
    expect(stepOn('2025-10-10', '2025-10-02')).toBe(-7);
  });

  it('knows the days that officers have entered', () => {
    expect(stepOn('2026-12-02', '2026-12-03', new Set(['2026-12-03']))).toBe(0);
  });

  it('says nothing on the day that began it, nor an older step in its place', () => {
    expect(stepOn('2026-11-20', '2026-12-03', NONE, '2026-11-20')).toBe(null);
    expect(stepOn('2026-11-26', '2026-12-03', NONE, '2026-11-20')).toBe(7);
  });

  it('counts from a weekend, when a decision was made on it', () => {
    const { from, to } = windowOf(answer, '2026-11-25', NONE);
    expect(from <= '2026-11-22' && '2026-11-22' <= to).toBe(true);
    expect(latestStep(answer, { dueOn: '2026-11-22' }, { today: '2026-11-25', extraHolidays: NONE })).toBe(
      -3,
    );
  });

  it('counts business days after a day', () => {
    const on = (today: string) => latestStep(answer, { dueOn: '2026-02-12' }, { today, extraHolidays: NONE });
    expect(on('2026-02-19')).toBe(null); // 설날: 13, 19, 20 February are the three
    expect(on('2026-02-20')).toBe(-3);
    expect(on('2026-03-04')).toBe(-10); // 2 March stands in for the 1st
    expect(on('2026-03-03')).toBe(-3);
  });
});

describe('windowOf', () => {
  it.each([licence, survey, answer])(
    'holds every due day that has a step to say for the first time',
    (steps) => {
      fc.assert(
        fc.property(businessDay, fc.integer({ min: -60, max: 60 }), (today, distance) => {
          const dueOn = addDays(today, distance);
          const subject = { dueOn };
          const before = addBusinessDays(today, -1);
          const step = latestStep(steps, subject, { today, extraHolidays: NONE });
          const isNew = step !== latestStep(steps, subject, { today: before, extraHolidays: NONE });
          const { from, to } = windowOf(steps, today, NONE);
          if (isNew) expect(from <= dueOn && dueOn <= to).toBe(true);
        }),
        { numRuns: runs(100, 500) },
      );
    },
  );
});
