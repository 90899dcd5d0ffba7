import { keepCheckpoint } from '../features/privacy/checkpoint.ts';
import { discardOldReady } from '../filing/drafts.ts';
import { PEOPLE_FIRST_MS } from '../messenger/slack/clicks.ts';
import { startReminders } from '../reminders/cron.ts';
import { sweep } from '../reminders/sweep.ts';
import { tidy } from '../reminders/tidy.ts';
import { vacuum } from '../store/vacuum.ts';
import type { Frame } from './frame.ts';
import { type Chore, isHousekeepingDue, keepHouse } from './housekeeping.ts';

const DATABASE = 'Look at /readyz and at the disk; the error is beside this line.';

export type Schedule = ReturnType<typeof startSchedule>;

/** Starts the jobs that run by the clock: reminders on business days, and the daily checks. */
export function startSchedule(
  { parts, log, filings, extraHolidays, table, clicks }: Frame,
  checkAccounts: () => Promise<void>,
) {
  const { db, now } = filings;
  const { signer, checkpointFile = null, config, byTheClock = true } = parts;
  const checkpoints = { ground: filings, signer, file: checkpointFile, log };
  const chores: Chore[] = [
    {
      what: 'checkpoint of the audit trail',
      remedy: `Let this account write ${checkpointFile ?? 'the database'}, and look whether the disk is full.`,
      work: async () => keepCheckpoint({ ...checkpoints, extraHolidays: await extraHolidays() }),
    },
    {
      what: 'accounts looked up in Slack',
      remedy: 'Look whether Slack is reached and the app has its scopes: bogeup doctor.',
      work: checkAccounts,
    },
    { what: 'documents that were not fetched', remedy: DATABASE, work: () => discardOldReady(db, now()) },
    {
      what: 'data whose time of keeping is over',
      remedy: DATABASE,
      work: async () => log.info({ tidied: await tidy(filings) }, 'tidied'),
    },
    ...(config.databaseUrl === null
      ? [{ what: 'vacuum of the database', remedy: DATABASE, work: () => vacuum(db) }]
      : []),
  ];
  return startReminders({
    sweep: async () => sweep(filings, table, await extraHolidays(), () => clicks.rest(PEOPLE_FIRST_MS)),
    daily: () => keepHouse({ db, now, log }, chores),
    ...(byTheClock ? { isDailyDue: () => isHousekeepingDue(db, now()) } : {}),
    now,
    extraHolidays,
    log,
    byTheClock,
    ...(byTheClock ? { firstMs: 2000 } : {}),
  });
}
