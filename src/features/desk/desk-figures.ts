import { businessDaysBetween, seoulDay, startOfDay } from '../../core/calendar.ts';
import { anyOf, DECIDED, SUBMITTED } from '../../records/filings/states.ts';
import { isOneOf } from '../../records/filings/states-sql.ts';
import { Prisma } from '../../store/client/client.ts';
import type { Tx } from '../../store/store.ts';

/** The desk today, in Seoul. */
interface DeskFigures {
  /** Handed in today, again or for the first time. */
  received: number;
  /** Decided by an officer today. */
  decided: number;
  waiting: number;
  /** Business days that what waits has waited, on average; null when nothing does. */
  averageWait: number | null;
}

/** The day in Seoul of a column that holds UTC, as a date: to group many rows by, and to name (dayName) once grouped. */
export const seoulDateOf = (column: Prisma.Sql) => Prisma.sql`(${column} + interval '9 hours')::date`;
/** YYYY-MM-DD of a date. */
export const dayName = (date: Prisma.Sql) => Prisma.sql`to_char(${date}, 'YYYY-MM-DD')`;

export async function deskFigures(
  tx: Tx,
  now: Date,
  extraHolidays: ReadonlySet<string>,
): Promise<DeskFigures> {
  const today = seoulDay(now);
  const since = startOfDay(today);
  const [received, decided, days] = await Promise.all([
    tx.filing.count({ where: { submittedAt: { gte: since } } }),
    tx.filing.count({
      where: { decidedAt: { gte: since }, state: anyOf(DECIDED) },
    }),
    tx.$queryRaw<{ day: string; count: number }[]>`
      SELECT ${dayName(Prisma.sql`date`)} AS day, count FROM (
        SELECT ${seoulDateOf(Prisma.sql`"submittedAt"`)} AS date, count(*)::int AS count
        FROM "Filing" WHERE state ${isOneOf(SUBMITTED)} GROUP BY 1) days`,
  ]);
  const waiting = days.reduce((sum, { count }) => sum + count, 0);
  const waited = days.reduce(
    (sum, { day, count }) => sum + count * businessDaysBetween(day, today, extraHolidays),
    0,
  );
  return { received, decided, waiting, averageWait: waiting > 0 ? waited / waiting : null };
}
