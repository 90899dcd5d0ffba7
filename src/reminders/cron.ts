import cron from 'node-cron';
import type { Logger } from 'pino';
import { isWorkingTime, SENDING_TIME, seoulTime } from '../core/calendar.ts';
import type { Swept } from './sweep.ts';

const EVERY_WEEKDAY = '30 9 * * 1-5';
const EVERY_MORNING = '0 6 * * *';
const DAY_MS = 86_400_000;
/** A timer may fire a moment before its time. */
const EARLY_MS = 500;

export interface ReminderCron {
  /** Safe to repeat, to run late, and to run on several machines at once. */
  sweep: () => Promise<Swept>;
  /** At 06:00 in Seoul every day; the accounts, which change on days off too. */
  daily: () => Promise<void>;
  now: () => Date;
  /** Business days are those of the sweep. */
  extraHolidays: () => Promise<ReadonlySet<string>>;
  log: Pick<Logger, 'info' | 'error'>;
  /** After a sweep that failed, for the rest of its day. */
  retryMs?: number;
}

/**
 * Sweeps at 09:30 in Seoul on business days, and at once when the process starts later in their working hours, for
 * nobody knows whether one ran. A machine that slept over 09:30 catches up when it wakes. After hours nothing is said.
 */
export function startReminders({ sweep, daily, now, extraHolidays, log, retryMs = 600_000 }: ReminderCron): {
  /** Waits for a sweep that runs. */
  stop(): Promise<void>;
} {
  let running: Promise<void> | null = null;
  let retry: NodeJS.Timeout | undefined;
  let stopped = false;

  async function sweepInTime(): Promise<void> {
    const at = new Date(now().getTime() + EARLY_MS);
    if (seoulTime(at) < SENDING_TIME || !isWorkingTime(at, await extraHolidays()) || stopped) return;
    log.info({ said: await sweep() }, 'reminders swept');
  }

  function run(): Promise<void> {
    clearTimeout(retry);
    running ??= sweepInTime()
      .catch((error: unknown) => {
        log.error({ err: error }, 'not all reminders could be said');
        if (!stopped) retry = setTimeout(run, retryMs).unref();
      })
      .finally(() => {
        running = null;
      });
    return running;
  }

  const task = cron.schedule(EVERY_WEEKDAY, run, {
    timezone: 'Asia/Seoul',
    noOverlap: true,
    missedExecutionTolerance: DAY_MS,
  });
  const morning = cron.schedule(
    EVERY_MORNING,
    () => daily().catch((error: unknown) => log.error({ err: error }, 'the daily look failed')),
    { timezone: 'Asia/Seoul', noOverlap: true, missedExecutionTolerance: DAY_MS },
  );
  void run();

  return {
    stop: async () => {
      stopped = true;
      await task.destroy();
      await morning.destroy();
      clearTimeout(retry);
      await running;
    },
  };
}
