import { stringify } from 'csv-stringify/sync';

export type Cell = string | number | null;

/**
 * A table that Korean Excel opens with a double click: UTF-8 with its mark, CRLF. A cell that begins like a formula
 * (= + - @ tab CR, also full-width) gets an apostrophe before it, so that nothing typed into a form is ever computed.
 * A table that is written in pieces has the mark before the first only.
 */
export function csvText(rows: readonly (readonly Cell[])[], { bom = true } = {}): string {
  return stringify(
    rows.map((row) => [...row]),
    // The library quotes a line end only where it is the whole delimiter.
    { bom, record_delimiter: 'windows', escape_formulas: true, quoted_match: /[\r\n]/ },
  );
}

export function csvFile(name: string, rows: readonly (readonly Cell[])[]): { name: string; bytes: Buffer } {
  return { name, bytes: Buffer.from(csvText(rows)) };
}
