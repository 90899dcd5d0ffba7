import { addDays, sendingTimeOn, seoulDay } from '../../core/calendar.ts';
import { safeMessage } from '../../core/safe-error.ts';
import { cardMessage } from '../../filing/tell-desk.ts';
import { SUBMITTED } from '../../records/filings/states.ts';
import { loadSigner } from '../../records/licences/signer.ts';
import { reminders } from '../../reminders/reminders.ts';
import { signerEnding } from '../../reminders/signer-ending.ts';
import { sweep } from '../../reminders/sweep.ts';
import { dueBroadcasts, tellNext } from '../../store/broadcast.ts';
import { skipNumbers } from '../../store/counter.ts';
import { readExtraHolidays } from '../../store/extra-holidays.ts';
import { enqueue } from '../../store/outbox.ts';
import { assumeTried } from '../../store/outbox-changes.ts';
import type { Db } from '../../store/store.ts';
import type { Config } from '../config.ts';
import { broadcastKinds } from '../outgoing.ts';

/** More than are given out between two backups. */
const SKIPPED = 1000;
/** Reminders of longer ago than this are not said any more (reminders/reminder.ts). */
const DAYS = 30;

/**
 * Prepares a restored database for the bot. What happened after the backup is not in it, but happened: numbers were given
 * out and messages were sent. So numbers are skipped, and what is said at the clock since the backup is put into the
 * outbox now; all that waits there is then looked for in the conversations before it is sent.
 */
export async function settleRestored(
  db: Db,
  { made, now, out, signer }: { made: Date; now: Date; out(line: string): void; signer: Config['signer'] },
): Promise<void> {
  await skipNumbers(db, yearsOf(made, now), SKIPPED);
  const at = (instant: Date) => ({ db, now: () => instant, wakeOutbox: () => undefined });
  const attempt = (work: () => Promise<unknown>) =>
    work().catch((error: unknown) => out(`Some reminders may be sent a second time: ${safeMessage(error)}`));
  const table = [...reminders];
  if (signer) await attempt(async () => table.push(signerEnding(await loadSigner(signer))));
  const extraHolidays = await readExtraHolidays(db);
  for (const morning of morningsBetween(made, now))
    await attempt(() => sweep(at(morning), table, extraHolidays));
  for (const key of await dueBroadcasts(db, now))
    await attempt(async () => {
      while (await tellNext(at(now), broadcastKinds, key));
    });
  const waiting = await assumeTried(db, now);
  await redrawCards(db, now);
  out(
    `What came after the backup is not in it. ${SKIPPED} numbers of filings, questions and licences are left out, so that none is given out twice.`,
  );
  out(
    `${waiting} messages that may have been sent since are looked for in Slack first; for those that go by mail an officer decides (전달 실패).`,
  );
}

/** Cards of what waits for a decision may show one that is not in the database. */
async function redrawCards(db: Db, now: Date): Promise<void> {
  const filings = await db.filing.findMany({
    where: { state: SUBMITTED },
    select: { id: true, procedure: true },
    orderBy: { id: 'asc' },
  });
  const cards = filings.map((filing) => cardMessage(filing, `restored:${now.toISOString()}`));
  await db.$transaction((tx) => enqueue(tx, now, cards));
}

function yearsOf(made: Date, now: Date): string[] {
  const years = [made, now].map((at) => Number(seoulDay(at).slice(0, 4)));
  const [first, last] = [Math.min(...years), Math.max(...years)];
  return Array.from({ length: last - first + 1 }, (_, index) => String(first + index));
}

/** When reminders were due after the backup was made. */
function morningsBetween(made: Date, now: Date): Date[] {
  const days = Array.from({ length: DAYS + 1 }, (_, index) => addDays(seoulDay(now), index - DAYS));
  return days.map(sendingTimeOn).filter((at) => at > made && at <= now);
}
