import cron from 'node-cron';
import type { Logger } from 'pino';
import { isBusinessDay, seoulDay, seoulTime } from './calendar.ts';
import type { Swept } from './sweep.ts';

const AT = '09:30';
const EVERY_WEEKDAY = '30 9 * * 1-5';
const EVERY_MORNING = '0 6 * * *';
const DAY_MS = 86_400_000;

export interface ReminderCron {
  /** Safe to repeat, to run late, and to run on several machines at once. */
  sweep: () => Promise<Swept>;
  /** At 06:00 in Seoul every day; the accounts, which change on days off too. */
  daily: () => Promise<void>;
  now: () => Date;
  /** Business days are those of the sweep. */
  extraHolidays: ReadonlySet<string>;
  log: Pick<Logger, 'info' | 'error'>;
  /** After a sweep that failed, for the rest of its day. */
  retryMs?: number;
}

/**
 * Sweeps at 09:30 in Seoul from Monday to Friday (the sweep itself knows holidays), and at once when the process
 * starts later on a business day, for nobody knows whether one ran. A machine that slept over 09:30 catches up when
 * it wakes.
 */
export function startReminders({ sweep, daily, now, extraHolidays, log, retryMs = 600_000 }: ReminderCron): {
  /** Waits for a sweep that runs. */
  stop(): Promise<void>;
} {
  let running: Promise<void> | null = null;
  let retry: NodeJS.Timeout | undefined;
  let stopped = false;

  const begun = () => isBusinessDay(seoulDay(now()), extraHolidays) && seoulTime(now()) >= AT;
  const sweepIfBegun = () => (begun() ? run() : undefined);

  function run(): Promise<void> {
    clearTimeout(retry);
    running ??= sweep()
      .then((said) => log.info({ said }, 'reminders swept'))
      .catch((error: unknown) => {
        log.error({ err: error }, 'not all reminders could be said');
        if (!stopped) retry = setTimeout(sweepIfBegun, retryMs).unref();
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
  sweepIfBegun();

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
