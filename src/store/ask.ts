import { z } from 'zod';
import { Prisma } from './client/client.ts';
import type { Tx } from './store.ts';

/**
 * Something to be read: values in SQL, each one of JSON, and what they make. A screen that shows many things puts its
 * asks together and reads them all in one statement.
 */
export interface Ask<T> {
  readonly values: readonly Prisma.Sql[];
  of(found: readonly unknown[]): T;
}

/** The rows of a query, each as `row` has it. */
export function rowsOf<T>(query: Prisma.Sql, row: z.ZodType<T>): Ask<T[]> {
  const rows = z.array(row);
  return {
    values: [Prisma.sql`(SELECT COALESCE(json_agg(r), '[]') FROM (${query}) r)`],
    of: ([found]) => rows.parse(found),
  };
}

/** The first row of a query. */
export function rowOf<T>(query: Prisma.Sql, row: z.ZodType<T>): Ask<T | null> {
  return map(rowsOf(query, row), ([first]) => first ?? null);
}

/** A payload may ask for any; more than these no number of the database holds. */
const MOST_PAGES = 1_000_000;

/** Where a page begins, for OFFSET; one that is gone by now is the last there is. @param from what is counted then */
export function pageStart(page: number, size: number, from: Prisma.Sql): Prisma.Sql {
  if (page === 0) return Prisma.sql`0`;
  const asked = Math.min(page, MOST_PAGES);
  return Prisma.sql`(SELECT LEAST(${asked}::int, GREATEST(0, (count(*) - 1) / ${size}::int)) * ${size}::int ${from})`;
}

/** How many rows a query has; it begins with FROM. */
export function countOf(from: Prisma.Sql): Ask<number> {
  return { values: [Prisma.sql`(SELECT count(*) ${from})`], of: ([found]) => z.number().parse(found) };
}

/** Nothing has to be asked for it. */
export const known = <T>(value: T): Ask<T> => ({ values: [], of: () => value });

export function map<T, U>(ask: Ask<T>, into: (value: T) => U): Ask<U> {
  return { values: ask.values, of: (found) => into(ask.of(found)) };
}

export const mapEach = <T, U>(ask: Ask<T[]>, into: (row: T) => U): Ask<U[]> =>
  map(ask, (rows) => rows.map((row) => into(row)));

type Answers<A> = { [K in keyof A]: A[K] extends Ask<infer T> ? T : never };

/** All of these, by their names. */
export function all<A extends Record<string, Ask<unknown>>>(asks: A): Ask<Answers<A>> {
  const named = Object.entries(asks);
  return {
    values: named.flatMap(([, { values }]) => values),
    of: (found) => {
      let at = 0;
      const answers = named.map(([name, ask]) => {
        const own = found.slice(at, at + ask.values.length);
        at += own.length;
        return [name, ask.of(own)];
      });
      return Object.fromEntries(answers) as Answers<A>;
    },
  };
}

/** Reads it in one statement. @throws ZodError where the database has something that its tables say is not there */
export async function read<T>(tx: Tx, ask: Ask<T>): Promise<T> {
  if (ask.values.length === 0) return ask.of([]);
  const values = Prisma.join(ask.values);
  const [row] = await tx.$queryRaw<{ found: unknown[] }[]>`SELECT json_build_array(${values}) AS found`;
  return ask.of(row?.found ?? []);
}

/** An instant as JSON has it: the columns are without a zone and hold UTC. */
export const instant = z.string().transform((text) => new Date(`${text}Z`));
