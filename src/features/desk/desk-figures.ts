import { z } from 'zod';
import { businessDaysBetween, seoulDay, startOfDay } from '../../core/calendar.ts';
import { BOT } from '../../filing/decider.ts';
import { DECIDED, SUBMITTED } from '../../records/filings/states.ts';
import { isOneOf } from '../../records/filings/states-sql.ts';
import { type Ask, all, countOf, map, rowsOf } from '../../store/ask.ts';
import { Prisma } from '../../store/client/client.ts';
import { extraHolidays } from '../../store/extra-holidays.ts';

/** Today's figures of the officers, by the day in Seoul. */
export interface DeskFigures {
  /** Filings submitted today, for the first time or again. */
  received: number;
  /** Filings that officers decided today. */
  decided: number;
  waiting: number;
  /** Average of the business days that the waiting filings have waited; null when none waits. */
  averageWait: number | null;
}

/** The day in Seoul of a UTC column, as an SQL date. Grouping by it and formatting it afterwards (dayName) is fast. */
export const seoulDateOf = (column: Prisma.Sql) => Prisma.sql`(${column} + interval '9 hours')::date`;
/** An SQL date as `YYYY-MM-DD`. */
export const dayName = (date: Prisma.Sql) => Prisma.sql`to_char(${date}, 'YYYY-MM-DD')`;

/** SQL: an officer decided the filing `f`, not the bot, and not the person to whom it was offered. */
export const decidedByOfficer = Prisma.sql`(f.state ${isOneOf(...DECIDED)}
  AND f."decidedBy" IS DISTINCT FROM ${BOT.id} AND (f."decidedBy" = f."namedId") IS NOT TRUE)`;

export function deskFigures(now: Date): Ask<DeskFigures> {
  const today = seoulDay(now);
  const since = startOfDay(today);
  const found = all({
    received: countOf(Prisma.sql`FROM "Filing" WHERE "submittedAt" >= ${since}::timestamp`),
    decided: countOf(Prisma.sql`
      FROM "Filing" f WHERE f."decidedAt" >= ${since}::timestamp AND ${decidedByOfficer}`),
    days: rowsOf(
      Prisma.sql`
        SELECT ${dayName(Prisma.sql`date`)} AS day, count FROM (
          SELECT ${seoulDateOf(Prisma.sql`"submittedAt"`)} AS date, count(*)::int AS count
          FROM "Filing" WHERE state ${isOneOf(SUBMITTED)} GROUP BY 1) days`,
      z.object({ day: z.string(), count: z.number() }),
    ),
    extraHolidays,
  });
  return map(found, ({ received, decided, days, extraHolidays: off }) => ({
    received,
    decided,
    ...waitOf(days, today, off),
  }));
}

function waitOf(
  days: readonly { day: string; count: number }[],
  today: string,
  extraHolidays: ReadonlySet<string>,
): Pick<DeskFigures, 'waiting' | 'averageWait'> {
  const waiting = days.reduce((sum, { count }) => sum + count, 0);
  const waited = days.reduce(
    (sum, { day, count }) => sum + count * businessDaysBetween(day, today, extraHolidays),
    0,
  );
  return { waiting, averageWait: waiting > 0 ? waited / waiting : null };
}
