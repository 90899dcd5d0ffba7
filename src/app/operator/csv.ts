import { parse } from 'csv-parse/sync';
import { decode } from 'iconv-lite';

/**
 * The text of a spreadsheet's file: UTF-8, with or without a byte order mark, else CP949 as Korean Excel writes it.
 * @throws TypeError when the bytes are neither
 */
export function decodeText(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    const text = decode(Buffer.from(bytes), 'cp949'); // Node's own `euc-kr` lacks 8,822 syllables (똠, 펲, …)
    if (text.includes('\ufffd')) throw new TypeError('neither UTF-8 nor CP949');
    return text;
  }
}

/** One data row: its cells by the names in the header, and the line on which it begins. */
export interface CsvRow {
  line: number;
  cells: Record<string, string>;
}

/** Reads CSV (RFC 4180: quoted cells may hold commas, quotes and line ends). Header names are lower-cased. */
export function readCsv(text: string): CsvRow[] {
  // With `info` each record comes with the line on which it ends; the library's types leave this out.
  const records = parse(text, {
    info: true,
    record_delimiter: ['\r\n', '\n', '\r'],
    relax_column_count: true,
    relax_quotes: true,
  }) as unknown as { record: string[]; info: { lines: number } }[];
  const names = records[0]?.record.map((name) => name.trim().toLowerCase()) ?? [];
  return records.slice(1).flatMap(({ record }, at) => {
    if (record.every((value) => value.trim() === '')) return [];
    const cells = Object.fromEntries(names.map((name, column) => [name, record[column]?.trim() ?? '']));
    return [{ line: (records[at]?.info.lines ?? 0) + 1, cells }];
  });
}
