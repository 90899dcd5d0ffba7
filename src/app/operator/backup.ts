import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, rmSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { checkArchive, writeArchive } from '../../store/archive.ts';
import type { Config } from '../config.ts';
import type { Operator } from './command.ts';
import { OperatorMistake } from './mistake.ts';
import { runPostgres } from './postgres-tools.ts';
import { runCommand } from './run.ts';

export type Terminal = Pick<Operator, 'now' | 'out' | 'name'> & { version: string };

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
  const made = terminal.now().toISOString(); // before it is copied: nothing that is in it came later
  try {
    if (config.databaseUrl) {
      mkdirSync(draft, { mode: 0o700 });
      await runPostgres('pg_dump', config.databaseUrl, ['--format=custom', `--file=${join(draft, 'dump')}`]);
    } else {
      const code = await runCommand(config, 'backup.copy', { name }, terminal);
      if (code !== 0) return code;
    }
    const kind = config.databaseUrl ? 'postgresql' : 'embedded';
    const { version } = terminal;
    await writeArchive(path, { kind, made, version }, draft);
  } finally {
    rmSync(draft, { recursive: true, force: true });
  }
  await checkArchive(path);
  terminal.out(
    `${path} was written and read again. It holds no keys: keep LICENCE_KEY and SECRET_KEY apart.`,
  );
  return 0;
}
