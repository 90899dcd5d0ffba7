import { addDays, seoulDay, startOfDay } from '../core/calendar.ts';
import type { Db } from './store.ts';

/** Longer than the messenger goes on delivering a message again. */
const KEPT_DAYS = 7;

/**
 * Whether this message is heard of for the first time: the messenger delivers one again when it believes that the first
 * time was lost, to whichever process is there by then.
 */
export async function firstHeard(db: Db, now: Date, channel: string, ts: string): Promise<boolean> {
  const { count } = await db.heardMessage.createMany({
    data: [{ channel, ts, at: now }],
    skipDuplicates: true,
  });
  return count > 0;
}

export async function forgetHeard(db: Db, now: Date): Promise<void> {
  await db.heardMessage.deleteMany({ where: { at: { lt: startOfDay(addDays(seoulDay(now), -KEPT_DAYS)) } } });
}
