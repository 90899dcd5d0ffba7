import { seoulDay } from '../../core/calendar.ts';
import type { Cell } from '../../core/csv-file.ts';
import type { Tx } from '../../store/store.ts';

/** Rows of one query, so that no query returns hundreds of thousands of rows. */
const BATCH = 5000;

/** Rows that follow an id, in the order of ids, and the id of the last row. */
export interface Batch {
  rows: Cell[][];
  last: string | null;
}

export interface List {
  head: string[];
  after(tx: Tx, last: string | null): Promise<Batch>;
}

/** A column: its title, and the cell of a row. */
export type Column<Row> = readonly [title: string, cell: (row: Row) => Cell];

export function listBy<Row extends { id: string }>(
  find: (tx: Tx, last: string | null) => Promise<Row[]>,
  columns: readonly Column<Row>[],
): List {
  return {
    head: columns.map(([title]) => title),
    async after(tx, last) {
      const found = await find(tx, last);
      return {
        rows: found.map((row) => columns.map(([, cell]) => cell(row))),
        last: found.at(-1)?.id ?? null,
      };
    },
  };
}

export const from = (last: string | null) => (last === null ? {} : { id: { gt: last } });
export const page = { orderBy: { id: 'asc' as const }, take: BATCH };
export const day = (at: Date | null) => (at ? seoulDay(at) : null);
