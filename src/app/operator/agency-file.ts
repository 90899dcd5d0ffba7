import { isAgencyCode } from '../../records/people/agencies.ts';
import { type CsvRow, decodeText, readCsv } from './csv.ts';

/**
 * Column names of agency files: ours, those of the public file data (data.go.kr 15147664 행정표준코드_기관코드) and
 * those of the public API (15077870).
 */
const columns = {
  code: ['code', '기관코드', '행정기관코드', 'org_cd'],
  name: ['name', '전체기관명', '기관전체명', '기관명', 'full_nm'],
  lowest: ['최하위기관명', 'low_nm'],
  abolished: ['abolished', '폐지구분', '폐지여부', '존폐여부', '존폐구분', 'stop_selt'],
  abolishedOn: ['폐지일자', '폐지일'],
  successor: ['successor', '후속기관코드'],
  /** The former code of this agency, or the code of the agency whose work it took over. */
  previous: ['이전기관코드'],
  source: ['source'],
} as const;
type Column = keyof typeof columns;

const ABOLISHED = /^(1|폐지|폐지됨)$/;
const IN_USE = /^(0|존속|현존|사용|사용중|존재)?$/;
const YES = /^(y|yes|true|o)$/i;
const NO = /^(n|no|false|x)$/i;

/** One agency as read from the file. A field whose column is missing is left out and will not be changed. */
interface AgencyRow {
  code: string;
  name: string;
  abolished?: boolean;
  successorCode?: string | null;
  source?: string | null;
}

interface AgencyFile {
  agencies: AgencyRow[];
  /** Pairs `[code before, code after]` of agencies whose work another one took over, in the order of the file. */
  takenOver: [string, string][];
  /** What is wrong, by line; when there is anything, the file must not be imported. */
  faults: string[];
}

export function readAgencyFile(bytes: Uint8Array): AgencyFile {
  const none = (fault: string): AgencyFile => ({ agencies: [], takenOver: [], faults: [fault] });
  let text: string;
  try {
    text = decodeText(bytes);
  } catch {
    return none('The file is neither UTF-8 nor CP949 text. Save it as CSV.');
  }
  const rows = readCsv(text);
  const [first] = rows;
  if (!first) return none('The file must begin with a line of column names, with agencies below it.');
  const names = Object.keys(first.cells);
  const missing = missingColumn(names);
  if (missing) return none(`${missing} The columns of the file are: ${names.join(', ')}`);
  return readRows(rows, (column) => {
    const own: readonly string[] = columns[column];
    return names.find((name) => own.includes(plainName(name))) ?? null;
  });
}

/** `기관 코드`, `기관코드 ` and `﻿기관코드` are one name. */
function plainName(name: string): string {
  return name
    .replace(/[\s\ufeff]/g, '')
    .normalize('NFC')
    .toLowerCase();
}

function missingColumn(names: readonly string[]): string | null {
  const plain = names.map(plainName);
  const has = (column: Column) => columns[column].some((name) => plain.includes(name));
  if (!has('code')) return `A column is missing: the code (${columns.code.join(', ')}).`;
  if (!has('name') && !has('lowest'))
    return `A column is missing: the name (${[...columns.name, ...columns.lowest].join(', ')}).`;
  return null;
}

function readRows(rows: readonly CsvRow[], columnOf: (column: Column) => string | null): AgencyFile {
  const agencies = new Map<string, AgencyRow>();
  const takenOver: [string, string][] = [];
  const faults: string[] = [];
  const at = Object.fromEntries(
    (Object.keys(columns) as Column[]).map((column) => [column, columnOf(column)]),
  ) as Record<Column, string | null>;
  for (const { line, cells } of rows) {
    const cell = (column: Column): string => (at[column] === null ? '' : (cells[at[column]] ?? ''));
    const code = cell('code').toUpperCase();
    const name = (cell('name') || cell('lowest')).normalize('NFC').replace(/\s+/g, ' ');
    const successor = cell('successor').toUpperCase();
    const previous = cell('previous').toUpperCase();
    const abolished = readAbolished(cell('abolished'), cell('abolishedOn'), at.abolished);
    const row: AgencyRow = {
      code,
      name,
      ...(at.abolished || at.abolishedOn ? { abolished: abolished === true } : {}),
      ...(at.successor ? { successorCode: successor || null } : {}),
      ...(at.source ? { source: cell('source') || null } : {}),
    };
    const twin = agencies.get(code);
    if (!isAgencyCode(code)) faults.push(`line ${line}: code must be 7 of 0-9 and A-Z`);
    else if (name === '') faults.push(`line ${line}: name is empty`);
    // An agency that took over several others has a line for each of them.
    else if (twin && JSON.stringify(twin) !== JSON.stringify(row))
      faults.push(`line ${line}: code ${code} stands in the file twice`);
    else if (successor && !isAgencyCode(successor)) faults.push(`line ${line}: successor is not a code`);
    else if (abolished === null)
      faults.push(`line ${line}: ${at.abolished} is ‘${cell('abolished')}’; write 폐지 or 존속, or 1 or 0`);
    if (isAgencyCode(previous) && previous !== code) takenOver.push([previous, code]);
    agencies.set(code, row);
  }
  return { agencies: [...agencies.values()], takenOver, faults };
}

/** Whether the agency is abolished; null when the cell does not say: a Y under 존폐여부 may mean either. */
function readAbolished(cell: string, abolishedOn: string, column: string | null): boolean | null {
  const isClosed = /[1-9]/.test(abolishedOn); // a date is filled in; 00000000 means none
  const value = cell.replace(/\s/g, '');
  if (value === '') return isClosed;
  if (ABOLISHED.test(value)) return true;
  if (IN_USE.test(value)) return false;
  if (column && plainName(column).startsWith('존폐')) return null;
  return YES.test(value) ? true : NO.test(value) ? false : null;
}
