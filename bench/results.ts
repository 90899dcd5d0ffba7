import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { join } from 'node:path';
import type { BenchRow } from './row.ts';

/** What a run found, by section. Times of a run with much load are worth little; ratios and CPU stay. */
interface Results {
  load: number[];
  found: Record<string, BenchRow[]>;
}

const folder = join(import.meta.dirname, 'results');

/** The newest that was saved; null before the first. */
export function lastResults(): Results | null {
  mkdirSync(folder, { recursive: true });
  const last = readdirSync(folder)
    .filter((name) => name.endsWith('.json'))
    .sort()
    .at(-1);
  return last ? JSON.parse(readFileSync(join(folder, last), 'utf8')) : null;
}

/** One file a day; what was saved on the same day and not measured again is kept. */
export function saveResults({ load, found }: Results): void {
  mkdirSync(folder, { recursive: true });
  const at = new Date().toISOString();
  const file = join(folder, `${at.slice(0, 10)}.json`);
  const machine = { cpu: cpus()[0]?.model ?? '', cores: cpus().length, node: process.version };
  const kept = readdirSync(folder).includes(file.slice(folder.length + 1)) ? lastResults()?.found : {};
  writeFileSync(file, `${JSON.stringify({ at, ...machine, load, found: { ...kept, ...found } }, null, 2)}\n`);
}
