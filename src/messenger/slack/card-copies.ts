import type { Card } from '../../store/client/client.ts';
import type { Tx } from '../../store/store.ts';

/** Where the copies of cards were posted: SQL by hand, because every submission and decision draws a card. */

type Place = Pick<Card, 'channel' | 'ts'>;

/** The copies of one subject's card, the newest first. */
export function copiesOf(tx: Tx, subject: string): Promise<Place[]> {
  return tx.$queryRaw<Place[]>`
    SELECT channel, ts FROM "Card" WHERE subject = ${subject} ORDER BY ts DESC`;
}

/** Stores a posted copy; after a crash it may be stored already. @returns the others, the newest first */
export function keepCopy(tx: Tx, { channel, ts, subject }: Card): Promise<Place[]> {
  return tx.$queryRaw<Place[]>`
    WITH kept AS (
      INSERT INTO "Card" (channel, ts, subject) VALUES (${channel}, ${ts}, ${subject}) ON CONFLICT DO NOTHING)
    SELECT channel, ts FROM "Card" WHERE subject = ${subject} AND (channel, ts) <> (${channel}, ${ts})
    ORDER BY ts DESC`;
}

/** Deletes a copy that somebody has deleted, or that the bot cannot reach any more. */
export async function forgetCopy(tx: Tx, { channel, ts }: Place): Promise<void> {
  await tx.$executeRaw`DELETE FROM "Card" WHERE channel = ${channel} AND ts = ${ts}`;
}
