import { decodeCp949 } from './cp949.ts';

/** Text of a file from a spreadsheet: UTF-8, with or without a mark, else CP949 as Korean Excel writes it. */
export function decodeText(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return decodeCp949(bytes);
  }
}

/** One data row by the names of the header, and the line it begins on. */
export interface CsvRow {
  line: number;
  cells: Record<string, string>;
}

/** Reads CSV (RFC 4180: quoted cells may hold commas, quotes and line ends). Header names are lower-cased. */
export function readCsv(text: string): CsvRow[] {
  const [header, ...rows] = splitRows(text);
  const names = header?.values.map((name) => name.trim().toLowerCase()) ?? [];
  return rows
    .filter(({ values }) => values.some((value) => value.trim() !== ''))
    .map(({ line, values }) => ({
      line,
      cells: Object.fromEntries(names.map((name, at) => [name, values[at]?.trim() ?? ''])),
    }));
}

function splitRows(text: string): { line: number; values: string[] }[] {
  const rows: { line: number; values: string[] }[] = [];
  let line = 1;
  let row = { line, values: [] as string[] };
  // A cell, quoted or bare, and what ends it.
  for (const [whole, quoted, bare, end] of text.matchAll(
    /(?:"((?:[^"]|"")*)"|([^,\r\n]*))(,|\r\n|\r|\n|$)/g,
  )) {
    row.values.push(quoted === undefined ? (bare ?? '') : quoted.replaceAll('""', '"'));
    line += whole.match(/\r\n|\r|\n/g)?.length ?? 0;
    if (end === ',') continue;
    rows.push(row);
    if (end === '') break;
    row = { line, values: [] };
  }
  return rows;
}
