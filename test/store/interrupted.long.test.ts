import { PGlite } from '@electric-sql/pglite';
import { expect, onTestFinished, test } from 'vitest';
import { embeddedAdapter } from '../../src/store/embedded.ts';
import { migrate } from '../../src/store/migrate.ts';
import { wholeScripts } from '../../src/store/store.ts';

const scripts = (pglite: PGlite) => wholeScripts(embeddedAdapter(pglite), (script) => pglite.exec(script));

async function begun(): Promise<{ pglite: PGlite; names: string[] }> {
  const pglite = await PGlite.create();
  onTestFinished(() => pglite.close());
  return { pglite, names: await migrate(scripts(pglite)) };
}

test('a migration that a killed process had begun and not done is done again', async () => {
  const { pglite, names } = await begun();
  // As the row stands while the first script runs, whose transaction then never ended.
  await pglite.exec(`
    CREATE TABLE first AS SELECT id, checksum, migration_name FROM _prisma_migrations ORDER BY migration_name LIMIT 1;
    CREATE SCHEMA kept;
    ALTER TABLE first SET SCHEMA kept;
    ALTER TABLE _prisma_migrations SET SCHEMA kept;
    DROP SCHEMA public CASCADE;
    CREATE SCHEMA public;
    ALTER TABLE kept._prisma_migrations SET SCHEMA public;
    DELETE FROM _prisma_migrations;
    INSERT INTO _prisma_migrations (id, checksum, migration_name) SELECT * FROM kept.first`);
  expect(await migrate(scripts(pglite))).toEqual(names);
});

test('one whose script was done and only not ticked off is not done twice', async () => {
  const { pglite } = await begun();
  await pglite.exec('UPDATE _prisma_migrations SET finished_at = NULL');
  expect(await migrate(scripts(pglite))).toEqual([]);
});

test('one that failed by itself still stops the start', async () => {
  const { pglite } = await begun();
  await pglite.exec(
    `UPDATE _prisma_migrations SET finished_at = NULL, applied_steps_count = 0, logs = 'syntax error'`,
  );
  await expect(migrate(scripts(pglite))).rejects.toThrow(/failed migrations/);
});

test('a script is one transaction', async () => {
  const { pglite } = await begun();
  const connection = await scripts(pglite).connect();
  await expect(connection.executeScript('CREATE TABLE half (); SELECT 1 / 0')).rejects.toThrow(
    /division by zero/,
  );
  const { rows } = await pglite.query(`SELECT to_regclass('half') AS half`);
  expect(rows).toEqual([{ half: null }]);
});
