import { keepCheckpoint } from '../features/privacy/checkpoint.ts';
import { discardOldReady } from '../filing/drafts.ts';
import { PEOPLE_FIRST_MS } from '../messenger/slack/clicks.ts';
import { startReminders } from '../reminders/cron.ts';
import { sweep } from '../reminders/sweep.ts';
import { tidy } from '../reminders/tidy.ts';
import { vacuum } from '../store/vacuum.ts';
import type { Frame } from './frame.ts';

export type Schedule = ReturnType<typeof startSchedule>;

/** Starts the jobs that run by the clock: reminders on business days, and the daily checks. */
export function startSchedule(
  { parts, log, filings, extraHolidays, table, clicks }: Frame,
  checkAccounts: () => Promise<void>,
) {
  const { db, now } = filings;
  const { signer, checkpointFile = null, config, byTheClock = true } = parts;
  const checkpoints = { ground: filings, signer, file: checkpointFile, log };
  return startReminders({
    sweep: async () => sweep(filings, table, await extraHolidays(), () => clicks.rest(PEOPLE_FIRST_MS)),
    daily: async () => {
      await discardOldReady(db, now());
      await keepCheckpoint({ ...checkpoints, extraHolidays: await extraHolidays() });
      await checkAccounts();
      log.info({ tidied: await tidy(filings) }, 'tidied');
      if (config.databaseUrl === null) await vacuum(db);
    },
    now,
    extraHolidays,
    log,
    byTheClock,
    ...(byTheClock ? { firstMs: 2000 } : {}),
  });
}
