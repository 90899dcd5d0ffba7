import { Prisma } from './client/client.ts';
import type { Tx } from './store.ts';

/** The next number of a series without gaps; the row stays locked until the transaction ends. */
export async function nextNumber(tx: Tx, series: string): Promise<number> {
  const [row] = await tx.$queryRaw<{ value: number }[]>`${countUp(series)}`;
  if (!row) throw new Error(`no number in the series ${series}`);
  return row.value;
}

/** SQL that does so and returns the number as `value`. */
export function countUp(series: string): Prisma.Sql {
  return Prisma.sql`
    INSERT INTO "Counter" (name, value) VALUES (${series}, 1)
    ON CONFLICT (name) DO UPDATE SET value = "Counter".value + 1 RETURNING value`;
}
