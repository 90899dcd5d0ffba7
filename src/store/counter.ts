import { Prisma } from './client/client.ts';
import type { Tx } from './store.ts';

/** What is numbered; each series begins anew every year. */
const SERIES = ['filing', 'question', 'licence:TEMPORARY', 'licence:REGULAR'] as const;
type Series = (typeof SERIES)[number];

/** The next number of a series of a year, without gaps; the row stays locked until the transaction ends. */
export async function nextNumber(tx: Tx, series: Series, year: string): Promise<number> {
  const [row] = await tx.$queryRaw<{ value: number }[]>`${countUp(series, year)}`;
  if (!row) throw new Error(`no number in the series ${series} of ${year}`);
  return row.value;
}

/** SQL that does so and returns the number as `value`. */
export function countUp(series: Series, year: string): Prisma.Sql {
  return Prisma.sql`
    INSERT INTO "Counter" (name, value) VALUES (${`${series}:${year}`}, 1)
    ON CONFLICT (name) DO UPDATE SET value = "Counter".value + 1 RETURNING value`;
}

/** Leaves out this many numbers of every series of these years, also of those that have not begun. */
export async function skipNumbers(tx: Tx, years: readonly string[], count: number): Promise<void> {
  const names = SERIES.flatMap((series) => years.map((year) => `${series}:${year}`));
  await tx.$executeRaw`
    INSERT INTO "Counter" (name, value) SELECT name, ${count}::int FROM unnest(${names}::text[]) AS one (name)
    ON CONFLICT (name) DO UPDATE SET value = "Counter".value + EXCLUDED.value`;
}
