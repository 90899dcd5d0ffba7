import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { koreanDateTime } from '../../src/core/calendar.ts';
import { type ReminderCron, startReminders } from '../../src/reminders/cron.ts';

const HOUR = 3_600_000;

let swept: string[];
let looked: string[];
let logged: string[];
let running: ReturnType<typeof startReminders> | null;

beforeEach(() => {
  vi.useFakeTimers();
  swept = [];
  looked = [];
  logged = [];
  running = null;
});
afterEach(async () => {
  await running?.stop();
  vi.useRealTimers();
});

const now = () => new Date();

function startAt(instant: string, parts: Partial<ReminderCron> = {}): void {
  vi.setSystemTime(new Date(instant));
  running = startReminders({
    now,
    sweep: async () => {
      swept.push(koreanDateTime(now()));
      return {};
    },
    daily: async () => {
      looked.push(koreanDateTime(now()));
    },
    extraHolidays: async () => new Set(),
    log: { info: () => void logged.push('info'), error: () => void logged.push('error') },
    ...parts,
  });
}

describe('startReminders', () => {
  it('sweeps at half past nine in Seoul, Monday to Friday', async () => {
    startAt('2026-11-23T08:00:00+09:00');
    await vi.advanceTimersByTimeAsync(8 * 24 * HOUR);
    expect(swept).toEqual([23, 24, 25, 26, 27, 30].map((day) => `2026. 11. ${day}. 09:30`));
  });

  it('looks at the accounts every morning, on days off too, and goes on after a failure', async () => {
    let failures = 1;
    startAt('2026-11-27T08:00:00+09:00', {
      daily: async () => {
        looked.push(koreanDateTime(now()));
        if (failures-- > 0) throw new Error('the database is away');
      },
    });
    await vi.advanceTimersByTimeAsync(3 * 24 * HOUR);
    expect(looked).toEqual([28, 29, 30].map((day) => `2026. 11. ${day}. 06:00`));
    expect(logged).toContain('error');
  });

  it('makes the look of a missed morning up, after the sweep of the start', async () => {
    startAt('2026-11-23T15:00:00+09:00', { isDailyDue: async () => true });
    await vi.advanceTimersByTimeAsync(0);
    expect([swept, looked]).toEqual([['2026. 11. 23. 15:00'], ['2026. 11. 23. 15:00']]);
  });

  it('sweeps at once when it starts later on a business day', async () => {
    startAt('2026-11-23T09:30:00+09:00');
    await vi.advanceTimersByTimeAsync(0);
    expect(swept).toHaveLength(1);
  });

  it.each([
    ['before half past nine', '2026-11-23T09:29:59+09:00', []],
    ['on Sunday', '2026-11-22T12:00:00+09:00', []],
    ['on a holiday', '2026-10-09T12:00:00+09:00', []],
    ['on a day that officers have entered', '2026-11-23T12:00:00+09:00', ['2026-11-23']],
    ['after working hours', '2026-11-23T18:00:00+09:00', []],
  ])('does not sweep at a start %s', async (_when, instant, extra) => {
    startAt(instant, { extraHolidays: async () => new Set(extra) });
    await vi.advanceTimersByTimeAsync(0);
    expect(swept).toEqual([]);
  });

  it('lets joining and the first clicks come before the sweep of a start', async () => {
    startAt('2026-11-23T15:00:00+09:00', { firstMs: 2000 });
    await vi.advanceTimersByTimeAsync(1999);
    expect(swept).toEqual([]);
    await vi.advanceTimersByTimeAsync(1);
    expect(swept).toEqual(['2026. 11. 23. 15:00']);
  });

  it('catches up when the machine slept over half past nine', async () => {
    startAt('2026-11-23T08:00:00+09:00');
    vi.setSystemTime(new Date('2026-11-23T14:00:00+09:00'));
    await vi.advanceTimersByTimeAsync(2 * HOUR);
    expect(swept).toHaveLength(1);
  });

  it('says nothing in the evening to a machine that slept all day', async () => {
    startAt('2026-11-23T08:00:00+09:00');
    vi.setSystemTime(new Date('2026-11-23T19:00:00+09:00'));
    await vi.advanceTimersByTimeAsync(15 * HOUR); // to the next morning
    expect(swept).toEqual(['2026. 11. 24. 09:30']);
  });

  it('tries again after a failure, on the same day only', async () => {
    let failures = 2;
    startAt('2026-11-23T10:00:00+09:00', {
      retryMs: HOUR,
      sweep: async () => {
        swept.push(koreanDateTime(now()));
        if (failures-- > 0) throw new Error('the database is away');
        return {};
      },
    });
    await vi.advanceTimersByTimeAsync(5 * HOUR);
    expect(swept.map((at) => at.slice(-5))).toEqual(['10:00', '11:00', '12:00']);
    expect(logged).toEqual(['error', 'error', 'info']);
    failures = 99;
    await vi.advanceTimersByTimeAsync(38 * HOUR); // to Wednesday, 05:00
    const last = swept.at(-1);
    expect(last).toBe('2026. 11. 24. 17:30');
  });

  it('runs one sweep at a time and waits for it when it stops', async () => {
    const held: (() => void)[] = [];
    let done = 0;
    startAt('2026-11-23T09:30:00+09:00', {
      sweep: () =>
        new Promise((resolve) => {
          held.push(() => {
            done++;
            resolve({});
          });
        }),
    });
    await vi.advanceTimersByTimeAsync(24 * HOUR);
    expect(held).toHaveLength(1);
    const stopped = running?.stop();
    held[0]?.();
    await stopped;
    expect(done).toBe(1);
  });

  it('says nothing after it was stopped', async () => {
    startAt('2026-11-23T08:00:00+09:00');
    await running?.stop();
    await vi.advanceTimersByTimeAsync(24 * HOUR);
    expect(swept).toEqual([]);
  });

  it.each([
    ['a day back', '2026-11-24T10:00:00+09:00', -24, ['24. 10:00', '23. 10:00', '24. 09:30', '25. 09:30']],
    ['an hour back', '2026-11-24T09:00:00+09:00', -1, ['24. 09:30', '25. 09:30']],
    ['an hour ahead', '2026-11-24T09:00:00+09:00', 1, ['24. 10:00', '25. 09:30', '26. 09:30']],
    ['a day ahead', '2026-11-24T10:00:00+09:00', 24, ['24. 10:00', '25. 10:00', '26. 09:30', '27. 09:30']],
  ])('sweeps on every business day when the clock is set %s', async (_what, instant, hours, times) => {
    startAt(instant);
    await vi.advanceTimersByTimeAsync(60_000);
    vi.setSystemTime(new Date(Date.now() + hours * HOUR));
    await vi.advanceTimersByTimeAsync(48 * HOUR);
    expect(swept.map((time) => time.replace('2026. 11. ', '').replace(/10:0[0-3]/, '10:00'))).toEqual(times);
    expect(looked.length).toBeGreaterThanOrEqual(2);
  });
});
