import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, renameSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { CHECKPOINT_FILE, earlierName } from '../../features/privacy/checkpoint-file.ts';
import { checkArchive, unpackArchive } from '../../store/archive.ts';
import { lockFolder } from '../../store/process-lock.ts';
import type { Config } from '../config.ts';
import type { Terminal } from './backup.ts';
import { requireFile } from './given-file.ts';
import { OperatorMistake } from './mistake.ts';
import { runPostgres } from './postgres-tools.ts';
import { runCommand } from './run.ts';

/** A backup that is being restored. */
interface Restoring {
  path: string;
  made: Date;
  signer: Config['signer'];
  terminal: Terminal;
}

/**
 * `restore FILE`: restores into an empty database or folder only; the whole file is checked before the first write. The
 * embedded database gets its place when it is ready for a start.
 */
export async function restore(config: Config, file: string, terminal: Terminal): Promise<number> {
  const path = resolve(file);
  requireFile(path);
  const { kind, made, version } = await checkArchive(path);
  if ((kind === 'postgresql') !== Boolean(config.databaseUrl))
    throw new OperatorMistake(
      kind === 'postgresql'
        ? 'This backup is of a PostgreSQL server. Set DATABASE_URL to an empty database.'
        : 'This backup is of an embedded database. Unset DATABASE_URL, and set DATA_DIR to an empty folder.',
    );
  terminal.out(`Backup of ${made}, by version ${version}.`);
  const restoring = { path, made: new Date(made), signer: config.signer, terminal };
  if (config.databaseUrl) await restoreServer(config.databaseUrl, config.dataDir, restoring);
  else await restoreFolder(config.dataDir, restoring);
  setCheckpointsAside(config.dataDir, terminal);
  const verified = await runCommand(config, 'audit.verify', {}, terminal);
  const counted = await runCommand(config, 'backup.holds', {}, terminal);
  return verified || counted;
}

async function restoreFolder(dataDir: string, restoring: Restoring): Promise<void> {
  if (existsSync(join(dataDir, 'db')))
    throw new OperatorMistake(`There is a database in ${dataDir} already. Set DATA_DIR to an empty folder.`);
  const unlock = await lockFolder(dataDir);
  const draft = newFolder(dataDir);
  try {
    await unpackArchive(restoring.path, join(draft, 'db'));
    await settle({ dataDir: draft }, restoring);
    renameSync(join(draft, 'db'), join(dataDir, 'db'));
  } finally {
    rmSync(draft, { recursive: true, force: true });
    await unlock();
  }
}

async function restoreServer(databaseUrl: string, dataDir: string, restoring: Restoring): Promise<void> {
  const { isEmptyServer } = await import('../../store/look-at-server.ts');
  if (!(await isEmptyServer(databaseUrl)))
    throw new OperatorMistake('The database of DATABASE_URL holds tables already. Name an empty one.');
  const draft = newFolder(dataDir);
  try {
    await unpackArchive(restoring.path, join(draft, 'content'));
    await runPostgres('pg_restore', databaseUrl, [
      ...['--no-owner', '--no-privileges', '--single-transaction', '--exit-on-error'],
      join(draft, 'content', 'dump'),
    ]);
  } finally {
    rmSync(draft, { recursive: true, force: true });
  }
  await settle({ databaseUrl }, restoring);
}

/** A folder for what is unpacked; one that a killed process leaves is deleted by a later start. */
function newFolder(dataDir: string): string {
  const draft = join(dataDir, `restore-${randomBytes(6).toString('hex')}`);
  mkdirSync(draft, { recursive: true, mode: 0o700 });
  return draft;
}

async function settle(
  where: { dataDir: string } | { databaseUrl: string },
  { made, signer, terminal: { now, out } }: Restoring,
): Promise<void> {
  const [{ openStore }, { settleRestored }] = await Promise.all([
    import('../../store/store.ts'),
    import('./settle-restored.ts'),
  ]);
  const store = await openStore(where);
  try {
    await settleRestored(store.db, { made, now: now(), out, signer });
  } finally {
    await store.close();
  }
}

/** The checkpoints in the folder are of the database that was there before: the restored one does not hold all of them. */
function setCheckpointsAside(dataDir: string, { now, out }: Terminal): void {
  const file = join(dataDir, CHECKPOINT_FILE);
  if (!existsSync(file)) return;
  const aside = join(dataDir, earlierName(now()));
  renameSync(file, aside);
  out(`The checkpoints of the database that was here before are now ${aside}.`);
}
