import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { doctor } from '../../../src/app/operator/doctor.ts';
import { openStore } from '../../../src/store/store.ts';
import { createDatabase, onPostgres } from '../../ground.ts';
import { withServer } from '../../template.ts';

const now = () => new Date();

/** The line about the database. */
async function look(databaseUrl: string): Promise<string> {
  const lines: string[] = [];
  await doctor({
    env: { DATA_DIR: join(tmpdir(), 'bogeup-nowhere'), DATABASE_URL: databaseUrl, LOCAL: 'on', PORT: '0' },
    given: {},
    nodeVersion: process.versions.node,
    now,
    out: (line) => lines.push(line),
    name: 'kim',
  });
  return lines.find((line) => line.slice(2).startsWith('database: ')) ?? '';
}

const tablesOf = (url: string) =>
  withServer(url, async (server) => {
    const { rows } = await server.query(`SELECT tablename FROM pg_tables WHERE schemaname = 'public'`);
    return rows.length;
  });

async function database() {
  const made = await createDatabase();
  onTestFinished(made.drop);
  return made.url;
}

describe.runIf(onPostgres())('a server', () => {
  test('that is empty is looked at, and stays empty', async () => {
    const url = await database();
    expect(await look(url)).toBe('✓ database: PostgreSQL, empty: its tables are made at the first start');
    expect(await tablesOf(url)).toBe(0);
  });

  test('of the version before is told what a start would do, and is left to it', async () => {
    const url = await database();
    await (await openStore({ databaseUrl: url })).close();
    expect(await look(url)).toMatch(/^✓ database: PostgreSQL, (\d+) of \1 migrations applied$/);
    const last = `SELECT max(migration_name) FROM _prisma_migrations`;
    await withServer(url, (server) =>
      server.query(`DELETE FROM _prisma_migrations WHERE migration_name = (${last})`),
    );
    expect(await look(url)).toMatch(
      /^✓ database: PostgreSQL, 1 of \d+ migrations are applied at the next start/,
    );
  });

  test('whose account may make nothing is told what to grant', async () => {
    const url = await database();
    const role = `doctor_${process.pid}`;
    await withServer(url, (server) => server.query(`CREATE ROLE ${role} LOGIN PASSWORD 'x'`));
    onTestFinished(() =>
      withServer(url, (server) => server.query(`DROP ROLE ${role}`)).then(() => undefined),
    );
    const asked = new URL(url);
    asked.username = role;
    asked.password = 'x';
    expect(await look(asked.href)).toMatch(
      /^✗ database: The account of DATABASE_URL may not make tables.*GRANT CREATE/,
    );
  });
});

test.runIf(!onPostgres())('that is away is told', async () => {
  expect(await look('postgresql://kim@127.0.0.1:9/x')).toContain('cannot be used');
});
