import type { Logger } from 'pino';
import { addDays, seoulDay, seoulTime, startOfDay } from '../core/calendar.ts';
import type { Db } from '../store/store.ts';

/** The time of day in Seoul from which a day's housekeeping is due; cron.ts runs it then. */
const DUE_HOUR = 6;

/** One thing that is done every day. */
export interface Chore {
  what: string;
  /** What an operator does when it fails. */
  remedy: string;
  work(): Promise<unknown>;
}

/** Does all chores, whichever fail; the day counts as done when none did. */
export async function keepHouse(
  { db, now, log }: { db: Db; now: () => Date; log: Pick<Logger, 'error'> },
  chores: readonly Chore[],
): Promise<void> {
  let failed = 0;
  for (const { what, remedy, work } of chores) {
    try {
      await work();
    } catch (error) {
      failed++;
      log.error({ err: error, what, remedy }, 'a daily chore failed');
    }
  }
  if (failed === 0) await db.installation.updateMany({ where: { id: 1 }, data: { housekeptAt: now() } });
}

/** When the chores of a day were last all done; before the first time, when the database was made. */
export async function housekeptAt(db: Db): Promise<Date | null> {
  const installed = await db.installation.findUnique({ where: { id: 1 } });
  return installed && (installed.housekeptAt ?? installed.since);
}

/** Whether the chores of a morning are still to be done, since nothing ran then or one failed. */
export async function isHousekeepingDue(db: Db, now: Date): Promise<boolean> {
  const last = await housekeptAt(db);
  const today = seoulDay(now);
  const isEarly = seoulTime(now) < `0${DUE_HOUR}:00`;
  const due = startOfDay(isEarly ? addDays(today, -1) : today).getTime() + DUE_HOUR * 3_600_000;
  return last !== null && last.getTime() < due;
}
