import { existsSync, mkdirSync, mkdtempSync, rmSync, utimesSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { doctor } from '../../../src/app/operator/doctor.ts';
import { lookIntoFolder, openStore } from '../../../src/store/store.ts';

const now = () => new Date();

/** The line about the database, of a local start. */
async function look(dataDir: string): Promise<string> {
  const lines: string[] = [];
  await doctor({
    env: { DATA_DIR: dataDir, PORT: '0' },
    given: {},
    nodeVersion: process.versions.node,
    now,
    out: (line) => lines.push(line),
    name: 'kim',
  });
  return lines.find((line) => line.slice(2).startsWith('database: ')) ?? '';
}

test('an embedded database is looked at, and stays as it is', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'bogeup-doctor-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const dataDir = join(folder, 'data');
  const change = async (sql: string) => {
    const { db, close } = await openStore({ dataDir });
    await db.$executeRawUnsafe(sql);
    await close();
  };
  await change(`INSERT INTO "Installation" (id, purpose, since) VALUES (1, 'REAL', now())`);
  expect(await look(dataDir)).toMatch(/^✗ database: .*is in real use/);
  await change(`UPDATE "Installation" SET purpose = 'TRIAL'`);
  expect(await look(dataDir)).toMatch(/^✓ database: embedded, .*, (\d+) of \1 migrations applied$/);

  // As the version before left it; opening it to change it would bring it up to date again.
  await change(
    'DELETE FROM _prisma_migrations WHERE migration_name = (SELECT max(migration_name) FROM _prisma_migrations)',
  );
  const copy = join(dataDir, 'backup-0123456789ab'); // left by a backup that was killed long ago
  mkdirSync(copy);
  utimesSync(copy, 0, 0);
  for (const _twice of [1, 2])
    expect(await look(dataDir)).toMatch(
      /^✓ database: embedded, .*, 1 of \d+ migrations are applied at the next start: back up before$/,
    );
  expect(existsSync(copy)).toBe(true);

  const newer = `INSERT INTO _prisma_migrations (id, checksum, migration_name, finished_at, applied_steps_count)
    VALUES ('x', 'x', '99990101000000_of_tomorrow', now(), 1)`;
  await lookIntoFolder(dataDir, (_applied, db) => db.$executeRawUnsafe(newer));
  expect(await look(dataDir)).toMatch(/^✗ database: .*99990101000000_of_tomorrow/);
});
