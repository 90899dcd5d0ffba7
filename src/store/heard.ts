import { addDays, seoulDay, startOfDay } from '../core/calendar.ts';
import type { Db } from './store.ts';

/** Longer than the messenger goes on repeating a message. */
const KEPT_DAYS = 7;

/**
 * Whether this message arrives for the first time: the messenger delivers a message again, perhaps to another process,
 * when it believes that the first delivery was lost.
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
