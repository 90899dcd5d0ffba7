import { businessDaysBetween, startOfDay } from '../../core/calendar.ts';
import { dayNumber, dayOf } from '../../core/holidays.ts';
import { APPROVED, OPEN, REJECTED, RETURNED, WITHDRAWN } from '../../records/filings/states.ts';
import { isNoneOf, isOneOf } from '../../records/filings/states-sql.ts';
import { Prisma } from '../../store/client/client.ts';
import type { FilingState } from '../../store/client/enums.ts';
import type { Tx } from '../../store/store.ts';
import { dayName, decidedByOfficer, seoulDateOf } from './desk-figures.ts';

/** The periods to choose from. Days are in Seoul; the first and the last day belong to the period. */
export const periods = {
  thisMonth: '이번 달',
  lastMonth: '지난달',
  thisYear: '올해',
  lastYear: '지난해',
  twelveMonths: '최근 12개월',
} as const;
export type PeriodName = keyof typeof periods;
export const isPeriod = (text: string): text is PeriodName => Object.hasOwn(periods, text);

export interface Period {
  from: string;
  to: string;
}

/** @param today `YYYY-MM-DD` */
export function periodOf(name: PeriodName, today: string): Period {
  const [year = 0, month = 0] = today.split('-').map(Number);
  const first = (y: number, m: number) => new Date(Date.UTC(y, m - 1, 1)).toISOString().slice(0, 10);
  switch (name) {
    case 'thisMonth':
      return { from: first(year, month), to: today };
    case 'lastMonth':
      return { from: first(year, month - 1), to: dayOf(dayNumber(first(year, month)) - 1) };
    case 'thisYear':
      return { from: first(year, 1), to: today };
    case 'lastYear':
      return { from: first(year - 1, 1), to: first(year - 1, 12).replace('-01', '-31') };
    case 'twelveMonths':
      return { from: first(year, month - 11), to: today };
  }
}

interface Count<K extends string = string> {
  key: K;
  count: number;
}

interface TimeToDecide {
  procedure: string;
  count: number;
  /** Business days from the last submission to the decision. */
  median: number;
  p90: number;
}

/** 승인취소: an approved filing that was opened again and waits for its correction. */
export const REOPENED = 'REOPENED';
export type CountedState = FilingState | typeof REOPENED;

export interface Statistics {
  period: Period;
  total: number;
  /** Filings submitted in the period: by month of submission (`2026-11`) and current state. */
  months: {
    month: string;
    received: number;
    approved: number;
    waiting: number;
    reopened: number;
    closed: number;
  }[];
  states: Count<CountedState>[];
  procedures: Count[];
  /** ADMINISTRATIVE, PUBLIC, or '' where no agency is known. */
  kinds: Count[];
  /** Filings that officers decided in the period. The last row ('') is the total. */
  decided: TimeToDecide[];
  licences: { temporary: number; regular: number };
}

/** Counts in the database, which returns one row for each month, state, procedure and pair of days. */
export async function statisticsOf(
  tx: Tx,
  period: Period,
  extraHolidays: ReadonlySet<string>,
): Promise<Statistics> {
  const from = startOfDay(period.from);
  const until = startOfDay(dayOf(dayNumber(period.to) + 1));
  const [groups, decisions, licences] = await Promise.all([
    tx.$queryRaw<(Cell & { kind: string })[]>`
      SELECT to_char(month, 'YYYY-MM') AS month, state, procedure, kind, count FROM (
        SELECT date_trunc('month', f."submittedAt" + interval '9 hours') AS month, f.procedure,
          CASE WHEN f.state ${isOneOf(RETURNED)} AND f."approvedRevision" = f.revision THEN ${REOPENED}
            ELSE f.state::text END AS state,
          coalesce(a.kind::text, '') AS kind, count(*)::int AS count
        FROM "Filing" f LEFT JOIN "Agency" a ON a.code = f."agencyCode"
        WHERE f."submittedAt" >= ${from} AND f."submittedAt" < ${until} AND f.state ${isNoneOf(WITHDRAWN)}
        GROUP BY 1, 2, 3, a.kind) groups`,
    tx.$queryRaw<{ procedure: string; submitted: string; decided: string; count: number }[]>`
      SELECT procedure, ${dayName(Prisma.sql`submitted`)} AS submitted, ${dayName(Prisma.sql`decided`)} AS decided, count
      FROM (
        SELECT f.procedure, ${seoulDateOf(Prisma.sql`f."submittedAt"`)} AS submitted,
          ${seoulDateOf(Prisma.sql`f."decidedAt"`)} AS decided, count(*)::int AS count
        FROM "Filing" f
        WHERE f."decidedAt" >= ${from} AND f."decidedAt" < ${until} AND f."decidedAt" >= f."submittedAt"
          AND ${decidedByOfficer}
        GROUP BY 1, 2, 3) days`,
    tx.$queryRaw<Count[]>`
      SELECT kind::text AS key, count(*)::int AS count FROM "Licence"
      WHERE "issuedAt" >= ${from} AND "issuedAt" < ${until} GROUP BY 1`,
  ]);
  return {
    period,
    total: groups.reduce((sum, { count }) => sum + count, 0),
    months: monthsOf(period, groups),
    states: summed(groups, ({ state }) => state),
    procedures: summed(groups, ({ procedure }) => procedure),
    kinds: summed(groups, ({ kind }) => kind),
    decided: timesToDecide(decisions, extraHolidays),
    licences: {
      temporary: licences.find(({ key }) => key === 'TEMPORARY')?.count ?? 0,
      regular: licences.find(({ key }) => key === 'REGULAR')?.count ?? 0,
    },
  };
}

type Cell = { month: string; state: CountedState; procedure: string; count: number };

/** Every month of the period, also months without a filing. */
function monthsOf({ from, to }: Period, cells: readonly Cell[]): Statistics['months'] {
  const months: string[] = [];
  let [year = 0, month = 0] = from.split('-').map(Number);
  for (let at = from.slice(0, 7); at <= to.slice(0, 7); ) {
    months.push(at);
    [year, month] = month === 12 ? [year + 1, 1] : [year, month + 1];
    at = `${year}-${String(month).padStart(2, '0')}`;
  }
  return months.map((at) => {
    const monthCells = cells.filter((cell) => cell.month === at);
    const sum = (...states: CountedState[]) =>
      monthCells.filter(({ state }) => states.includes(state)).reduce((all, { count }) => all + count, 0);
    return {
      month: at,
      received: monthCells.reduce((all, { count }) => all + count, 0),
      approved: sum(APPROVED),
      waiting: sum(...OPEN),
      reopened: sum(REOPENED),
      closed: sum(REJECTED),
    };
  });
}

const byCount = (a: Count, b: Count) => b.count - a.count || (a.key < b.key ? -1 : 1);

function summed<C extends Cell, K extends string>(cells: readonly C[], keyOf: (cell: C) => K): Count<K>[] {
  const sums = new Map<K, number>();
  for (const cell of cells) sums.set(keyOf(cell), (sums.get(keyOf(cell)) ?? 0) + cell.count);
  return [...sums].map(([key, count]) => ({ key, count })).sort(byCount);
}

function timesToDecide(
  rows: readonly { procedure: string; submitted: string; decided: string; count: number }[],
  extraHolidays: ReadonlySet<string>,
): TimeToDecide[] {
  const daysByDates = new Map<string, number>();
  const daysOf = (submitted: string, decided: string) => {
    const key = `${submitted}/${decided}`;
    const days = daysByDates.get(key) ?? Math.max(0, businessDaysBetween(submitted, decided, extraHolidays));
    daysByDates.set(key, days);
    return days;
  };
  const timed = rows.map((row) => ({ ...row, days: daysOf(row.submitted, row.decided) }));
  const names = [...new Set(rows.map(({ procedure }) => procedure))];
  const each = names
    .map((procedure) =>
      spread(
        procedure,
        timed.filter((row) => row.procedure === procedure),
      ),
    )
    .sort((a, b) => b.count - a.count || (a.procedure < b.procedure ? -1 : 1));
  return timed.length > 0 ? [...each, spread('', timed)] : [];
}

function spread(procedure: string, rows: readonly { days: number; count: number }[]): TimeToDecide {
  const count = rows.reduce((sum, row) => sum + row.count, 0);
  return { procedure, count, median: quantile(rows, 0.5), p90: quantile(rows, 0.9) };
}

/** The smallest number of days within which this share of the filings was decided (nearest rank). */
function quantile(rows: readonly { days: number; count: number }[], share: number): number {
  const sorted = [...rows].sort((a, b) => a.days - b.days);
  const rank = Math.ceil(share * sorted.reduce((sum, { count }) => sum + count, 0));
  let passed = 0;
  for (const { days, count } of sorted) {
    passed += count;
    if (passed >= rank) return days;
  }
  return 0;
}
