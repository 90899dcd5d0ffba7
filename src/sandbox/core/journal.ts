import {
  closeSync,
  existsSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { join } from 'node:path';

/** What outlives a restart: tables of JSON values with keys. */
export interface Journal {
  /** The content of a table when the journal was opened. It is handed over once and then freed. */
  load(table: string): Map<string, unknown>;
  put(table: string, key: string, value: unknown): void;
  remove(table: string, key: string): void;
  close(): void;
}

type Line = [table: string, key: string, value?: unknown];

const FILE = 'workspace.jsonl';

function parseLine(line: string): Line | null {
  try {
    const parsed: unknown = JSON.parse(line);
    if (!Array.isArray(parsed) || typeof parsed[0] !== 'string' || typeof parsed[1] !== 'string') return null;
    return parsed.length > 2 ? [parsed[0], parsed[1], parsed[2]] : [parsed[0], parsed[1]];
  } catch {
    // The process was killed while it wrote its last line.
    return null;
  }
}

function readTables(file: string): Map<string, Map<string, unknown>> {
  const tables = new Map<string, Map<string, unknown>>();
  if (!existsSync(file)) return tables;
  for (const text of readFileSync(file, 'utf8').split('\n')) {
    const line = text ? parseLine(text) : null;
    if (!line) continue;
    const [table, key] = line;
    const rows = tables.get(table) ?? new Map<string, unknown>();
    if (line.length > 2) rows.set(key, line[2]);
    else rows.delete(key);
    tables.set(table, rows);
  }
  return tables;
}

/**
 * Opens the append-only journal of a directory, compacting it first.
 * Every change is handed to the operating system before the call returns, so it outlives kill -9.
 */
export function openJournal(dir: string | undefined): Journal {
  if (dir === undefined) {
    return { load: () => new Map(), put: () => undefined, remove: () => undefined, close: () => undefined };
  }
  mkdirSync(dir, { recursive: true, mode: 0o700 });
  const file = join(dir, FILE);
  const tables = readTables(file);
  const lines: string[] = [];
  for (const [table, rows] of tables) {
    for (const [key, value] of rows) lines.push(`${JSON.stringify([table, key, value])}\n`);
  }
  writeFileSync(`${file}.new`, lines.join(''), { mode: 0o600 });
  renameSync(`${file}.new`, file);
  const handle = openSync(file, 'a', 0o600);
  let open = true;
  const append = (line: Line) => {
    if (open) writeSync(handle, `${JSON.stringify(line)}\n`);
  };
  return {
    load(table) {
      const rows = tables.get(table) ?? new Map<string, unknown>();
      tables.delete(table);
      return rows;
    },
    put: (table, key, value) => append([table, key, value]),
    remove: (table, key) => append([table, key]),
    close() {
      if (open) closeSync(handle);
      open = false;
    },
  };
}
