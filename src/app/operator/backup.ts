import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, renameSync, rmSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { checkArchive, unpackArchive, writeArchive } from '../../store/archive.ts';
import { lockFolder } from '../../store/process-lock.ts';
import type { Config } from '../config.ts';
import type { Operator } from './command.ts';
import { OperatorMistake } from './mistake.ts';
import { runCommand } from './run.ts';

type Terminal = Pick<Operator, 'now' | 'out' | 'name'> & { version: string };

/**
 * `backup FILE`: saves the whole database as it is at one moment, while the bot runs. The process that has the embedded
 * database open copies it in one step, in which nothing else runs; on a server pg_dump takes a snapshot. The backup
 * never holds keys.
 */
export async function backup(config: Config, file: string, terminal: Terminal): Promise<number> {
  const path = resolve(file);
  if (existsSync(path))
    throw new OperatorMistake(`${path} is there already. Name another file, or move it away.`);
  if (!existsSync(dirname(path)))
    throw new OperatorMistake(`There is no folder ${dirname(path)}. Make it first.`);
  const name = `backup-${randomBytes(6).toString('hex')}`;
  const draft = config.databaseUrl ? `${path}.${name}` : join(config.dataDir, name);
  try {
    if (config.databaseUrl) {
      mkdirSync(draft, { mode: 0o700 });
      await postgres('pg_dump', config.databaseUrl, ['--format=custom', `--file=${join(draft, 'dump')}`]);
    } else {
      const code = await runCommand(config, 'backup.copy', { name }, terminal);
      if (code !== 0) return code;
    }
    const kind = config.databaseUrl ? 'postgresql' : 'embedded';
    const { version } = terminal;
    await writeArchive(path, { kind, made: terminal.now().toISOString(), version }, draft);
  } finally {
    rmSync(draft, { recursive: true, force: true });
  }
  await checkArchive(path);
  terminal.out(
    `${path} was written and read again. It holds no keys: keep LICENCE_KEY and SECRET_KEY apart.`,
  );
  return 0;
}

/** `restore FILE`: restores into an empty database or folder only; the whole file is checked before the first write. */
export async function restore(config: Config, file: string, terminal: Terminal): Promise<number> {
  const path = resolve(file);
  if (!existsSync(path)) throw new OperatorMistake(`There is no file ${path}.`);
  const { kind, made, version } = await checkArchive(path);
  if ((kind === 'postgresql') !== Boolean(config.databaseUrl))
    throw new OperatorMistake(
      kind === 'postgresql'
        ? 'This backup is of a PostgreSQL server. Set DATABASE_URL to an empty database.'
        : 'This backup is of an embedded database. Unset DATABASE_URL, and set DATA_DIR to an empty folder.',
    );
  terminal.out(`Backup of ${made}, by version ${version}.`);
  if (config.databaseUrl) await restoreServer(config.databaseUrl, path, config.dataDir);
  else await restoreFolder(config.dataDir, path);
  const verified = await runCommand(config, 'audit.verify', {}, terminal);
  const counted = await runCommand(config, 'backup.holds', {}, terminal);
  return verified || counted;
}

async function restoreFolder(dataDir: string, path: string): Promise<void> {
  if (existsSync(join(dataDir, 'db')))
    throw new OperatorMistake(`There is a database in ${dataDir} already. Set DATA_DIR to an empty folder.`);
  const unlock = await lockFolder(dataDir);
  const draft = join(dataDir, 'db.new');
  try {
    rmSync(draft, { recursive: true, force: true });
    await unpackArchive(path, draft);
    renameSync(draft, join(dataDir, 'db'));
  } finally {
    rmSync(draft, { recursive: true, force: true });
    await unlock();
  }
}

async function restoreServer(databaseUrl: string, path: string, dataDir: string): Promise<void> {
  const { isEmptyServer } = await import('../../store/store.ts');
  if (!(await isEmptyServer(databaseUrl)))
    throw new OperatorMistake('The database of DATABASE_URL holds tables already. Name an empty one.');
  mkdirSync(dataDir, { recursive: true, mode: 0o700 });
  const draft = join(dataDir, `restore-${randomBytes(6).toString('hex')}`);
  try {
    await unpackArchive(path, draft);
    await postgres('pg_restore', databaseUrl, [
      ...['--no-owner', '--no-privileges', '--single-transaction', '--exit-on-error'],
      join(draft, 'dump'),
    ]);
  } finally {
    rmSync(draft, { recursive: true, force: true });
  }
}

/** Runs a tool of PostgreSQL. It gets the address in its environment: every account can read arguments. */
async function postgres(tool: 'pg_dump' | 'pg_restore', databaseUrl: string, args: string[]): Promise<void> {
  const { username, password, hostname, port, pathname, searchParams } = new URL(databaseUrl);
  const env = {
    PATH: pathOfTools(),
    PGUSER: decodeURIComponent(username),
    PGPASSWORD: decodeURIComponent(password),
    PGHOST: decodeURIComponent(searchParams.get('host') ?? hostname),
    PGPORT: port || '5432',
    PGDATABASE: decodeURIComponent(pathname.slice(1)),
    ...(searchParams.has('sslmode') ? { PGSSLMODE: searchParams.get('sslmode') ?? '' } : {}),
  };
  const target = tool === 'pg_restore' ? [`--dbname=${env.PGDATABASE}`] : [];
  const child = spawn(tool, [...target, ...args], { env, stdio: ['ignore', 'ignore', 'pipe'] });
  let complaint = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => (complaint += text));
  const code = await new Promise<number | null>((done, failed) => {
    child.on('error', failed).on('close', done);
  }).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'ENOENT') throw error;
    throw new OperatorMistake(
      `${tool} was not found. Install PostgreSQL’s client programs (postgresql-client).`,
    );
  });
  if (code !== 0) throw new OperatorMistake(`${tool} failed: ${complaint.trim().split('\n')[0]}`);
}

/** The folders in which the tools of PostgreSQL are looked for. */
function pathOfTools(): string {
  return ['/usr/local/bin', '/usr/bin', '/bin', dirname(process.execPath)].join(':');
}
