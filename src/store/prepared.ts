import { createHash } from 'node:crypto';
import {
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { PGlite } from '@electric-sql/pglite';
import { embeddedAdapter } from './embedded.ts';
import { migrate } from './migrate.ts';
import { wholeScripts } from './store.ts';

/**
 * An empty database with all migrations, made once after an install and copied at a first start: making one takes
 * ten seconds and 800 MB, a copy a fraction of a second.
 */
const places = join(import.meta.dirname, '../../dist');
const migrations = join(import.meta.dirname, '../../prisma/migrations');
/** A file that holds how many files the folder has; it is written last, so a folder without it is incomplete. */
const MANIFEST = 'prepared.json';

/** A hash of the migrations and of the version of the embedded database. */
function preparedKey(): string {
  const pglite = join(
    dirname(createRequire(import.meta.url).resolve('@electric-sql/pglite')),
    '../package.json',
  );
  const { version } = JSON.parse(readFileSync(pglite, 'utf8')) as { version: string };
  const hash = createHash('sha256').update(version);
  for (const name of readdirSync(migrations).sort()) {
    const file = join(migrations, name, 'migration.sql');
    if (existsSync(file)) hash.update(name).update(readFileSync(file));
  }
  return hash.digest('hex').slice(0, 12);
}

/** The folder for the prepared database of this version, whether it exists or not. */
function preparedFolder(): string {
  return join(places, `database-${preparedKey()}`);
}

/** Makes the prepared database if it is missing or damaged, and deletes those of other versions. @returns its folder */
export async function prepareDatabase(): Promise<string> {
  const folder = preparedFolder();
  if (isWhole(folder)) return folder;
  for (const name of existsSync(places) ? readdirSync(places) : []) {
    if (name.startsWith('database-')) rmSync(join(places, name), { recursive: true, force: true });
  }
  const draft = `${folder}.${process.pid}`;
  mkdirSync(draft, { recursive: true });
  const pglite = await PGlite.create({ dataDir: join(draft, 'db') });
  await migrate(wholeScripts(embeddedAdapter(pglite), (script) => pglite.exec(script)));
  await pglite.close();
  writeFileSync(join(draft, MANIFEST), JSON.stringify({ files: countFiles(join(draft, 'db')) }));
  renameSync(draft, folder);
  return folder;
}

/** Copies the prepared database to `place`. @returns false when it is missing or damaged; then `place` stays empty */
export function copyPrepared(place: string, folder = preparedFolder()): boolean {
  if (!isWhole(folder)) return false;
  try {
    cpSync(join(folder, 'db'), place, { recursive: true });
    return true;
  } catch {
    rmSync(place, { recursive: true, force: true });
    return false;
  }
}

function isWhole(folder: string): boolean {
  try {
    const { files } = JSON.parse(readFileSync(join(folder, MANIFEST), 'utf8')) as { files: number };
    return files === countFiles(join(folder, 'db'));
  } catch {
    return false;
  }
}

function countFiles(folder: string): number {
  return readdirSync(folder, { recursive: true }).length;
}
