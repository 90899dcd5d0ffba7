import { z } from 'zod';
import { Prisma } from './client/client.ts';
import type { Tx } from './store.ts';

/**
 * Something to read from the database: SQL expressions that each give one JSON value, and a function (`of`) that turns
 * those values into the result. A screen that shows many things joins its asks and reads them in one statement.
 */
export interface Ask<T> {
  readonly values: readonly Prisma.Sql[];
  of(found: readonly unknown[]): T;
}

/** All rows of a query, each parsed by the schema `row`. */
export function rowsOf<T>(query: Prisma.Sql, row: z.ZodType<T>): Ask<T[]> {
  const rows = z.array(row);
  return {
    values: [Prisma.sql`(SELECT COALESCE(json_agg(r), '[]') FROM (${query}) r)`],
    of: ([found]) => rows.parse(found),
  };
}

/** The first row of a query; null when it has none. */
export function rowOf<T>(query: Prisma.Sql, row: z.ZodType<T>): Ask<T | null> {
  return map(rowsOf(query, row), ([first]) => first ?? null);
}

/** A payload may ask for any page number; a huge one would overflow an SQL integer. */
const MOST_PAGES = 1_000_000;

/**
 * The OFFSET at which a page begins. A page past the end of the list gives the last page.
 * @param from the query, from FROM on, whose rows are counted to find the last page
 */
export function pageStart(page: number, size: number, from: Prisma.Sql): Prisma.Sql {
  if (page === 0) return Prisma.sql`0`;
  const index = Math.min(page, MOST_PAGES);
  return Prisma.sql`(SELECT LEAST(${index}::int, GREATEST(0, (count(*) - 1) / ${size}::int)) * ${size}::int ${from})`;
}

/** How many rows a query has. @param from the query, from FROM on */
export function countOf(from: Prisma.Sql): Ask<number> {
  return { values: [Prisma.sql`(SELECT count(*) ${from})`], of: ([found]) => z.number().parse(found) };
}

/** A value that is known already, as an ask: it reads nothing. */
export const known = <T>(value: T): Ask<T> => ({ values: [], of: () => value });

export function map<T, U>(ask: Ask<T>, into: (value: T) => U): Ask<U> {
  return { values: ask.values, of: (found) => into(ask.of(found)) };
}

export const mapEach = <T, U>(ask: Ask<T[]>, into: (row: T) => U): Ask<U[]> =>
  map(ask, (rows) => rows.map((row) => into(row)));

type Answers<A> = { [K in keyof A]: A[K] extends Ask<infer T> ? T : never };

/** Joins several asks into one; the result holds each one's value under its name. */
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

/** Reads an ask in one statement. @throws ZodError when a row does not match the schema that the ask gives for it */
export async function read<T>(tx: Tx, ask: Ask<T>): Promise<T> {
  if (ask.values.length === 0) return ask.of([]);
  const values = Prisma.join(ask.values);
  const [row] = await tx.$queryRaw<{ found: unknown[] }[]>`SELECT json_build_array(${values}) AS found`;
  return ask.of(row?.found ?? []);
}

/** A point in time as JSON writes it: the columns have no time zone and hold UTC. */
export const instant = z.string().transform((text) => new Date(`${text}Z`));
