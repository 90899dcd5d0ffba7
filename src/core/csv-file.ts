import { stringify } from 'csv-stringify/sync';

export type Cell = string | number | null;

/**
 * A table that Korean Excel opens with a double click: UTF-8 with a byte order mark, CRLF. A cell that begins like a
 * formula (= + - @ tab CR, also full-width) gets an apostrophe in front, so that Excel never computes what somebody
 * typed. A table that is written in pieces has the mark in the first piece only (`bom`).
 */
export function csvText(rows: readonly (readonly Cell[])[], { bom = true } = {}): string {
  return stringify(
    rows.map((row) => [...row]),
    // Without this option the library quotes a line end only where it is the whole delimiter.
    { bom, record_delimiter: 'windows', escape_formulas: true, quoted_match: /[\r\n]/ },
  );
}

export function csvFile(name: string, rows: readonly (readonly Cell[])[]): { name: string; bytes: Buffer } {
  return { name, bytes: Buffer.from(csvText(rows)) };
}
