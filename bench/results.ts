import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { join } from 'node:path';
import type { BenchRow } from './row.ts';

/** The results of a run, by section. Under much load the times mean little; ratios and CPU times stay valid. */
interface Results {
  load: number[];
  found: Record<string, BenchRow[]>;
}

const folder = join(import.meta.dirname, 'results');

/** The newest saved results; null when there are none. */
export function lastResults(): Results | null {
  mkdirSync(folder, { recursive: true });
  const last = readdirSync(folder)
    .filter((name) => name.endsWith('.json'))
    .sort()
    .at(-1);
  return last ? JSON.parse(readFileSync(join(folder, last), 'utf8')) : null;
}

/** Saves to one file per day; sections saved earlier on that day and not measured again are kept. */
export function saveResults({ load, found }: Results): void {
  mkdirSync(folder, { recursive: true });
  const at = new Date().toISOString();
  const file = join(folder, `${at.slice(0, 10)}.json`);
  const machine = { cpu: cpus()[0]?.model ?? '', cores: cpus().length, node: process.version };
  const kept = readdirSync(folder).includes(file.slice(folder.length + 1)) ? lastResults()?.found : {};
  writeFileSync(file, `${JSON.stringify({ at, ...machine, load, found: { ...kept, ...found } }, null, 2)}\n`);
}
