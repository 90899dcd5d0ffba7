import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  addBusinessDays,
  businessDaysBetween,
  isBusinessDay,
  isWorkingTime,
  koreanDate,
  koreanDateTime,
  koreanDay,
  nextBusinessDay,
  nextSendingTime,
  previousBusinessDay,
  seoulDay,
  seoulTime,
} from '../../src/core/calendar.ts';

const day = fc
  .date({ min: new Date('2021-01-01'), max: new Date('2032-12-31'), noInvalidDate: true })
  .map((date) => date.toISOString().slice(0, 10));

describe('business days', () => {
  it('stops on weekends, holidays, and what officers have entered', () => {
    expect(isBusinessDay('2026-11-23')).toBe(true);
    expect(isBusinessDay('2026-11-21')).toBe(false);
    expect(isBusinessDay('2026-11-22')).toBe(false);
    expect(isBusinessDay('2026-10-09')).toBe(false);
    expect(isBusinessDay('2026-11-23', new Set(['2026-11-23']))).toBe(false);
  });

  it('steps over the long holidays', () => {
    expect(nextBusinessDay('2025-10-02')).toBe('2025-10-10');
    expect(previousBusinessDay('2025-10-10')).toBe('2025-10-02');
    expect(nextBusinessDay('2026-02-13')).toBe('2026-02-19');
    expect(nextBusinessDay('2026-07-16')).toBe('2026-07-20');
    expect(nextBusinessDay('2026-12-31')).toBe('2027-01-04');
    expect(nextBusinessDay('2026-11-23', new Set(['2026-11-24']))).toBe('2026-11-25');
  });

  it('counts from a day, which may itself be a holiday', () => {
    expect(addBusinessDays('2026-11-23', 3)).toBe('2026-11-26');
    expect(addBusinessDays('2026-11-23', -1)).toBe('2026-11-20');
    expect(addBusinessDays('2026-11-22', 0)).toBe('2026-11-22');
    expect(addBusinessDays('2026-11-22', 1)).toBe('2026-11-23');
    expect(businessDaysBetween('2026-11-23', '2026-11-30')).toBe(5);
    expect(businessDaysBetween('2026-11-30', '2026-11-23')).toBe(-5);
    expect(businessDaysBetween('2025-10-02', '2025-10-10')).toBe(1);
  });

  it('adds and counts as inverses', () => {
    fc.assert(
      fc.property(day, fc.integer({ min: -40, max: 40 }), (from, count) => {
        const to = addBusinessDays(from, count);
        expect(businessDaysBetween(from, to)).toBe(count);
        if (count !== 0) expect(isBusinessDay(to)).toBe(true);
      }),
      { numRuns: 50 },
    );
  });

  it('finds neighbours with nothing between them', () => {
    fc.assert(
      fc.property(day, (from) => {
        const next = nextBusinessDay(from);
        expect(next > from).toBe(true);
        expect(businessDaysBetween(from, next)).toBe(1);
        if (isBusinessDay(from)) expect(previousBusinessDay(next)).toBe(from);
      }),
      { numRuns: 50 },
    );
  });

  it.each(['2026-02-30', '2026-13-01', '2026-1-1', '20261123', '', '2026-11-23T00:00:00Z'])(
    'throws on %j, which is no day',
    (text) => {
      expect(() => isBusinessDay(text)).toThrow(RangeError);
      expect(() => koreanDate(text)).toThrow(RangeError);
    },
  );

  it('throws on half a day', () => {
    expect(() => addBusinessDays('2026-11-23', 0.5)).toThrow(RangeError);
  });
});

describe('when something is said', () => {
  const at = (text: string, extra: string[] = []) =>
    koreanDateTime(nextSendingTime(new Date(`${text}+09:00`), new Set(extra)));

  it('is half past nine of this morning, or of the next business day', () => {
    expect(at('2026-11-25T08:00:00')).toBe('2026. 11. 25. 09:30');
    expect(at('2026-11-25T09:30:00')).toBe('2026. 11. 25. 09:30');
    expect(at('2026-11-25T09:30:00.001')).toBe('2026. 11. 26. 09:30');
    expect(at('2026-11-27T17:00:00')).toBe('2026. 11. 30. 09:30');
    expect(at('2026-12-24T18:00:00')).toBe('2026. 12. 28. 09:30');
    expect(at('2026-02-13T10:00:00')).toBe('2026. 2. 19. 09:30');
    expect(at('2026-11-25T18:00:00', ['2026-11-26', '2026-11-27'])).toBe('2026. 11. 30. 09:30');
  });

  it('is the first such morning, whoever asks in between, over 2025 to 2030', () => {
    const instant = fc.date({
      min: new Date('2025-01-01'),
      max: new Date('2030-12-31'),
      noInvalidDate: true,
    });
    const extras = fc.array(fc.integer({ min: 0, max: 20 }), { maxLength: 5 });
    fc.assert(
      fc.property(instant, extras, fc.double({ min: 0, max: 1, noNaN: true }), (now, ahead, part) => {
        const extra = new Set(ahead.map((days) => seoulDay(new Date(now.getTime() + days * 86_400_000))));
        const next = nextSendingTime(now, extra);
        expect(next >= now).toBe(true);
        expect(seoulTime(next)).toBe('09:30');
        expect(isBusinessDay(seoulDay(next), extra)).toBe(true);
        expect(isWorkingTime(next, extra)).toBe(true);
        const between = new Date(now.getTime() + part * (next.getTime() - now.getTime()));
        expect(nextSendingTime(between, extra)).toEqual(next);
        for (let day = seoulDay(new Date(now.getTime() + 86_400_000)); day < seoulDay(next); ) {
          expect(isBusinessDay(day, extra)).toBe(false);
          day = new Date(Date.parse(`${day}T00:00:00Z`) + 86_400_000).toISOString().slice(0, 10);
        }
      }),
      { numRuns: 200 },
    );
  });

  it('knows the hours of work', () => {
    const working = (text: string) => isWorkingTime(new Date(`${text}+09:00`), new Set(['2026-11-26']));
    expect(working('2026-11-25T09:00:00')).toBe(true);
    expect(working('2026-11-25T17:59:59')).toBe(true);
    expect(working('2026-11-25T18:00:00')).toBe(false);
    expect(working('2026-11-25T08:59:59')).toBe(false);
    expect(working('2026-11-26T10:00:00')).toBe(false);
    expect(working('2026-11-28T10:00:00')).toBe(false);
  });

  it('names the day of the week', () => {
    expect(koreanDay('2026-11-25')).toBe('2026. 11. 25.(수)');
    expect(koreanDay('2026-11-29')).toBe('2026. 11. 29.(일)');
  });
});

describe('Seoul', () => {
  it('is nine hours ahead, over midnight and new year', () => {
    const instant = new Date('2026-12-31T15:05:00Z');
    expect(seoulDay(instant)).toBe('2027-01-01');
    expect(seoulTime(instant)).toBe('00:05');
    expect(seoulDay(new Date('2026-12-31T14:59:59Z'))).toBe('2026-12-31');
  });

  it('agrees with the time zone database', () => {
    const zone = new Intl.DateTimeFormat('sv-SE', {
      timeZone: 'Asia/Seoul',
      dateStyle: 'short',
      timeStyle: 'short',
    });
    const instants = fc.date({
      min: new Date('1990-01-01'),
      max: new Date('2099-12-31'),
      noInvalidDate: true,
    });
    fc.assert(
      fc.property(instants, (instant) => {
        expect(`${seoulDay(instant)} ${seoulTime(instant)}`).toBe(zone.format(instant));
      }),
    );
  });

  it('is written as offices write it', () => {
    expect(koreanDate('2026-11-23')).toBe('2026. 11. 23.');
    expect(koreanDate('2026-01-05')).toBe('2026. 1. 5.');
    expect(koreanDateTime(new Date('2026-11-23T00:30:00Z'))).toBe('2026. 11. 23. 09:30');
  });
});
