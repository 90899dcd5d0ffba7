import cron from 'node-cron';
import type { Logger } from 'pino';
import { isWorkingTime, SENDING_TIME, seoulTime } from '../core/calendar.ts';
import type { Swept } from './sweep.ts';

const EVERY_WEEKDAY = '30 9 * * 1-5';
const EVERY_MORNING = '0 6 * * *';
const DAY_MS = 86_400_000;
/** How often the clock is compared with the time that really passed, and from which difference it counts as set. */
const WATCH_MS = 30_000;
const STEP_MS = 30_000;
/** A timer may fire a moment before its time. */
const EARLY_MS = 500;

export interface ReminderCron {
  /** Safe to repeat, to run late, and to run on several machines at once. */
  sweep: () => Promise<Swept>;
  /** Runs at 06:00 in Seoul every day, also on days off: it checks the accounts, which change on any day. */
  daily: () => Promise<void>;
  /** Whether the daily look of a former morning is still to be done; asked at the start. */
  isDailyDue?: () => Promise<boolean>;
  now: () => Date;
  /** The holidays that officers entered; they decide on which days the sweep runs. */
  extraHolidays: () => Promise<ReadonlySet<string>>;
  log: Pick<Logger, 'info' | 'error'>;
  /** How long after a failed sweep it is tried again, on the same day. */
  retryMs?: number;
  /** How long after the start it sweeps for the first time, in ms: joining and the first clicks come before it. */
  firstMs?: number;
  /** false: it sweeps once, at the start; for a clock that is moved by hand. */
  byTheClock?: boolean;
}

/**
 * Sweeps at 09:30 in Seoul on business days. A process that starts later in the working hours sweeps at once, since it
 * cannot know whether a sweep has run. A machine that was asleep at 09:30 catches up when it wakes. After working hours
 * nothing is sent.
 */
export function startReminders({
  sweep,
  daily,
  isDailyDue = async () => false,
  now,
  extraHolidays,
  log,
  retryMs = 600_000,
  firstMs = 0,
  byTheClock = true,
}: ReminderCron): {
  /** When the last successful sweep ended; null: there was none yet. */
  sweptAt(): Date | null;
  /** Stops the timers and waits for a running sweep or daily look. */
  stop(): Promise<void>;
} {
  let sweptAt: Date | null = null;
  let retry: NodeJS.Timeout | undefined;
  let stopped = false;

  async function sweepInTime(): Promise<void> {
    const at = new Date(now().getTime() + EARLY_MS);
    if (seoulTime(at) < SENDING_TIME || !isWorkingTime(at, await extraHolidays()) || stopped) return;
    log.info({ said: await sweep() }, 'reminders swept');
    sweptAt = now();
  }

  const sweeping = oneAtATime(sweepInTime, (error) => {
    log.error({ err: error }, 'not all reminders could be said');
    if (!stopped) retry = setTimeout(run, retryMs).unref();
  });
  function run(): Promise<void> {
    clearTimeout(retry);
    return sweeping();
  }

  const look = oneAtATime(daily, (error) => log.error({ err: error }, 'the daily look failed'));
  const missed = oneAtATime(
    async () => {
      await run();
      if ((await isDailyDue()) && !stopped) await look();
    },
    (error) => log.error({ err: error }, 'whether the daily look was missed is not known'),
  );

  const at = { timezone: 'Asia/Seoul', noOverlap: true, missedExecutionTolerance: DAY_MS };
  const plan = () =>
    byTheClock ? [cron.schedule(EVERY_WEEKDAY, run, at), cron.schedule(EVERY_MORNING, look, at)] : [];
  let tasks = plan();
  const first = firstMs > 0 ? setTimeout(missed, firstMs) : void missed();

  /** A timer does not notice that the clock was set: the jobs for a time of day have to be planned again. */
  async function watchClock(): Promise<void> {
    const step = now().getTime() - clockAt - (performance.now() - tickAt);
    clockAt = now().getTime();
    tickAt = performance.now();
    if (Math.abs(step) < STEP_MS || stopped) return;
    log.info({ seconds: Math.round(step / 1000) }, 'the clock was set');
    const before = tasks;
    tasks = plan();
    for (const task of before) await task.destroy();
    void run();
    if (step > 0) await look(); // the clock may have skipped a morning; the daily job may run twice
  }
  let clockAt = now().getTime();
  let tickAt = performance.now();
  const watch = byTheClock ? setInterval(() => void watchClock(), WATCH_MS).unref() : undefined;

  return {
    sweptAt: () => sweptAt,
    stop: async () => {
      stopped = true;
      clearInterval(watch);
      for (const task of tasks) await task.destroy();
      clearTimeout(first);
      clearTimeout(retry);
      await Promise.all([sweeping.end(), look.end(), missed.end()]);
    },
  };
}

/** The same work, never twice at once: a call while it runs waits for its end. Never rejects. */
function oneAtATime(work: () => Promise<void>, failed: (error: unknown) => void) {
  let running: Promise<void> | null = null;
  const run = () => {
    running ??= work()
      .catch(failed)
      .finally(() => {
        running = null;
      });
    return running;
  };
  return Object.assign(run, { end: async () => running });
}
