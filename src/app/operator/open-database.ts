import { existsSync, mkdirSync, readdirSync, renameSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { CHECKPOINT_FILE } from '../../features/privacy/checkpoint-file.ts';
import { lockFolder } from '../../store/process-lock.ts';
import type { Pending, Store } from '../../store/store.ts';
import type { Config } from '../config.ts';
import { placeOf } from './place.ts';

/** The database cannot be reached. The message says which one and what to do, without the password. */
export class DatabaseAway extends Error {}

/**
 * Opens the database that the settings name and, unless `pending` says otherwise, applies pending migrations. Makes a new
 * one, unless `existing`.
 * @throws DatabaseAway, NewerDatabase, MigrationsWait, or FolderInUse when another process has the embedded one
 */
export async function openDatabase(
  where: { databaseUrl: string | null; dataDir: string },
  { existing = false, pending = 'apply' }: { existing?: boolean; pending?: Pending } = {},
): Promise<Store> {
  const { databaseUrl, dataDir } = where;
  if (existing && !databaseUrl && !existsSync(join(dataDir, 'db')))
    throw new DatabaseAway(
      `There is no database in ${dataDir}. Name the right folder with --data-dir or DATA_DIR, or start the bot once to make one.`,
    );
  const [{ openStore }, unlock] = await Promise.all([
    import('../../store/store.ts'), // loaded late: it is slow, and the local page should answer first
    databaseUrl ? undefined : takeFolder(dataDir),
  ]);
  if (!databaseUrl) return openStore({ dataDir, pending, ...(unlock ? { unlock } : {}) });
  try {
    return await openStore({ databaseUrl, existing, pending });
  } catch (error) {
    throw explained(databaseUrl, error);
  }
}

/** Reads the state of the database at DATABASE_URL without changing it. @throws DatabaseAway */
export async function lookAtDatabase(
  databaseUrl: string,
): Promise<{ mayCreate: boolean; applied: string[] | null }> {
  const { lookAtServer } = await import('../../store/look-at-server.ts');
  try {
    return await lookAtServer(databaseUrl);
  } catch (error) {
    throw explained(databaseUrl, error);
  }
}

/**
 * A folder that a bot with real Slack has used, and no database: it was moved away or is another one. Nobody wants to begin
 * with an empty one unasked. @throws DatabaseAway
 */
export async function refuseLostDatabase(
  config: Pick<Config, 'databaseUrl' | 'dataDir' | 'slack'>,
): Promise<void> {
  const { databaseUrl, dataDir, slack } = config;
  const left = ['keys', CHECKPOINT_FILE].filter((name) => existsSync(join(dataDir, name)));
  if (!slack || left.length === 0) return;
  const isThere = databaseUrl
    ? (await lookAtDatabase(databaseUrl)).applied !== null
    : existsSync(join(dataDir, 'db'));
  if (isThere) return;
  throw new DatabaseAway(
    `There is no database (${placeOf(config)}), but a bot has worked with this DATA_DIR: ${left.join(' and ')} are in it. Restore a backup with: bogeup restore FILE. Or begin with an empty database: bogeup migrate.`,
  );
}

export const MAY_NOT_CREATE =
  'Let it: GRANT CREATE, USAGE ON SCHEMA public TO the account, or make it the owner of the database.';

/** Errors of migrate.ts that explain themselves, by name: importing the classes loads the database. */
export const OF_THE_VERSION: ReadonlySet<string> = new Set(['NewerDatabase', 'MigrationsWait']);

function explained(databaseUrl: string, error: unknown): unknown {
  if (error instanceof Error && OF_THE_VERSION.has(error.name)) return error;
  const { host, pathname } = new URL(databaseUrl);
  const why = reason(error);
  if (/permission denied for (schema|database)/.test(why))
    return new DatabaseAway(`The account of DATABASE_URL may not make tables (${why}). ${MAY_NOT_CREATE}`);
  return new DatabaseAway(
    `The database${pathname} at ${host} cannot be used (${why}). Check DATABASE_URL and that the server runs and lets this account in.`,
  );
}

function reason(error: unknown): string {
  const { code, message } = error as { code?: unknown; message?: unknown };
  const [line = ''] = String(message ?? '').split('\n'); // Prisma's engine adds the place in its source
  return (
    [code, line].filter((part) => typeof part === 'string' && part !== '').join(': ') || 'no reason given'
  );
}

/** Locks the data folder and makes a database in it if there is none. @returns a function that unlocks it */
async function takeFolder(dataDir: string): Promise<() => Promise<void>> {
  const unlock = await lockFolder(dataDir);
  try {
    clearCopies(dataDir);
    await makeEmbedded(dataDir);
    return unlock;
  } catch (error) {
    await unlock();
    throw error;
  }
}

const DAY_MS = 86_400_000;

/** Deletes copies that a killed backup or restore left: those older than a day, as none takes longer. */
export function clearCopies(dataDir: string): void {
  if (!existsSync(dataDir)) return;
  for (const name of readdirSync(dataDir)) {
    const path = join(dataDir, name);
    if (/^(backup|restore)-[0-9a-f]{12}$/.test(name) && Date.now() - statSync(path).mtimeMs > DAY_MS)
      rmSync(path, { recursive: true, force: true });
  }
}

/**
 * Makes the embedded database under another name and then renames it, so that a process killed halfway leaves nothing
 * that looks like a database. The caller holds the folder's lock: unfinished ones were left by processes that died.
 */
export async function makeEmbedded(
  dataDir: string,
  say: (line: string) => void = (line) => process.stderr.write(`${line}\n`),
  prepared?: string,
): Promise<void> {
  const place = join(dataDir, 'db');
  if (existsSync(place)) return;
  mkdirSync(dataDir, { recursive: true, mode: 0o700 });
  for (const name of readdirSync(dataDir))
    if (name.startsWith('db.new')) rmSync(join(dataDir, name), { recursive: true, force: true });
  const draft = join(dataDir, 'db.new');
  try {
    const { copyPrepared } = await import('../../store/prepared.ts');
    if (!copyPrepared(draft, prepared)) {
      say('The prepared database is missing or damaged; one is made now, which takes some seconds more.');
      await makeInThread(draft);
    }
    renameSync(draft, place);
  } catch (error) {
    rmSync(draft, { recursive: true, force: true });
    throw error;
  }
}

function makeInThread(folder: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(new URL('./make-database.js', import.meta.url), { workerData: folder });
    worker.once('error', reject);
    worker.once('exit', (code) =>
      code === 0 ? resolve() : reject(new Error('the embedded database could not be made')),
    );
  });
}
