import { mkdtempSync, openAsBlob, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PGlite } from '@electric-sql/pglite';
import pg from 'pg';
import { PrismaPGlite } from 'pglite-prisma-adapter';
import { describe, expect, inject, onTestFinished, test } from 'vitest';
import { openDatabase } from '../../src/app/operator/open-database.ts';
import { embeddedAdapter } from '../../src/store/embedded.ts';
import { appliedMigrations, changeToSchema } from '../../src/store/migrate.ts';
import { FolderInUse } from '../../src/store/process-lock.ts';
import { openStore, type Store } from '../../src/store/store.ts';
import { createDatabase, onPostgres } from '../ground.ts';

const names = readdirSync(join(import.meta.dirname, '../../prisma/migrations'), { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map((entry) => entry.name)
  .sort();

async function applied(store: Store): Promise<string[]> {
  const rows = await store.db.$queryRaw<{ migration_name: string }[]>`
    SELECT migration_name FROM _prisma_migrations WHERE finished_at IS NOT NULL ORDER BY migration_name`;
  return rows.map((row) => row.migration_name);
}

describe.skipIf(onPostgres())('embedded', () => {
  /** A migrated database on disk. */
  async function dataDir(): Promise<string> {
    const template = inject('template');
    if (template.kind !== 'embedded') throw new Error('not embedded');
    const folder = mkdtempSync(join(tmpdir(), 'bogeup-store-'));
    onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
    const pglite = await PGlite.create({
      dataDir: join(folder, 'db'),
      loadDataDir: await openAsBlob(template.dump),
    });
    await pglite.close();
    return folder;
  }

  test('from nothing every migration is applied, in order', async () => {
    const store = await openStore({});
    onTestFinished(() => store.close());
    expect(store.migrated).toEqual(names);
    expect(await applied(store)).toEqual(names);
  });

  test('the migrations lead to schema.prisma, and a change to it would be seen', async () => {
    const template = inject('template');
    if (template.kind !== 'embedded') throw new Error('not embedded');
    const pglite = await PGlite.create({ loadDataDir: await openAsBlob(template.dump) });
    onTestFinished(() => pglite.close());
    expect(await changeToSchema(new PrismaPGlite(pglite))).toBe('');
    await pglite.exec('DROP INDEX "Outbox_key_key"');
    expect(await changeToSchema(new PrismaPGlite(pglite))).toContain('Outbox_key_key');
  });

  test('a second start applies nothing and finds what was written', async () => {
    const folder = await dataDir();
    const first = await openStore({ dataDir: folder });
    await first.db.counter.create({ data: { name: 'kept', value: 7 } });
    await first.close();
    const second = await openStore({ dataDir: folder });
    onTestFinished(() => second.close());
    expect(second.migrated).toEqual([]);
    expect(await second.db.counter.findMany()).toEqual([{ name: 'kept', value: 7 }]);
  });

  test('an older program refuses what a newer one has changed, and lets go of the folder', async () => {
    const folder = await dataDir();
    const first = await openStore({ dataDir: folder });
    await first.db.$executeRaw`
      INSERT INTO _prisma_migrations (id, checksum, migration_name, finished_at, applied_steps_count)
      VALUES ('new', 'x', '29990101000000_later', now(), 1)`;
    await first.close();
    const refusal = openStore({ dataDir: folder });
    await expect(refusal).rejects.toThrow(
      `it stands at 29990101000000_later, this version knows it to ${names.at(-1)}`,
    );
    await expect(openStore({ dataDir: folder })).rejects.toThrow(/newer version of Bogeup/);
  });

  test('connections that were opened to look at migrations are closed again', async () => {
    const pglite = await PGlite.create();
    onTestFinished(() => pglite.close());
    const adapter = embeddedAdapter(pglite);
    const open = new Set<unknown>();
    const watched: typeof adapter = {
      ...adapter,
      connectToShadowDb: () => adapter.connectToShadowDb(),
      connect: async () => {
        const connection = await adapter.connect();
        const dispose = connection.dispose.bind(connection);
        open.add(connection);
        connection.dispose = () => {
          open.delete(connection);
          return dispose();
        };
        return connection;
      },
    };
    expect([...(await appliedMigrations(watched))]).toEqual([]);
    expect(open.size).toBe(0);
    expect([...(await appliedMigrations(watched))]).toEqual([]); // the database itself is still open
  });

  test('the data folder has one owner at a time', async () => {
    const folder = await dataDir();
    const first = await openStore({ dataDir: folder });
    await expect(openStore({ dataDir: folder })).rejects.toThrow(FolderInUse);
    await first.close();
    await (await openStore({ dataDir: folder })).close();
  });
});

// Against schema.prisma it is compared when embedded: over the pg adapter Prisma's engine cannot describe a database
// (7.10: column type 'char').
describe.runIf(onPostgres())('PostgreSQL', () => {
  async function database(): Promise<string> {
    const { url, drop } = await createDatabase();
    onTestFinished(drop);
    return url;
  }

  test('several starts at once: the migrations are applied once, and everybody gets in', async () => {
    const databaseUrl = await database();
    const stores = await Promise.all(Array.from({ length: 3 }, () => openStore({ databaseUrl })));
    onTestFinished(async () => {
      for (const store of stores) await store.close();
    });
    expect(stores.flatMap((store) => store.migrated).sort()).toEqual(names);
    for (const store of stores) expect(await applied(store)).toEqual(names);
  });

  test('where there has to be a database none is made', async () => {
    const databaseUrl = await database();
    await expect(openStore({ databaseUrl, existing: true })).rejects.toThrow(/no tables of Bogeup/);
    await expect(openStore({ databaseUrl, existing: true })).rejects.toThrow(/no tables of Bogeup/);
    await (await openStore({ databaseUrl })).close();
    await (await openStore({ databaseUrl, existing: true })).close();
  });

  test('an older program refuses what a newer one has changed', async () => {
    const databaseUrl = await database();
    const first = await openStore({ databaseUrl });
    await first.db.$executeRaw`
      INSERT INTO _prisma_migrations (id, checksum, migration_name, finished_at, applied_steps_count)
      VALUES ('new', 'x', '29990101000000_later', now(), 1)`;
    await first.close();
    await expect(openStore({ databaseUrl })).rejects.toThrow(/it stands at 29990101000000_later/);
  });

  test('a second start applies nothing', async () => {
    const databaseUrl = await database();
    await (await openStore({ databaseUrl })).close();
    const second = await openStore({ databaseUrl });
    onTestFinished(() => second.close());
    expect(second.migrated).toEqual([]);
  });

  test('an account that may not make tables is told what to grant, in one line', async () => {
    const url = new URL(await database());
    const account = `weak_${url.pathname.slice(1)}`;
    const owner = new pg.Client({ connectionString: url.href });
    await owner.connect();
    onTestFinished(async () => {
      await owner.query(`DROP ROLE ${account}`);
      await owner.end();
    });
    await owner.query(`CREATE ROLE ${account} LOGIN`);
    url.username = account;
    const refusal = await openDatabase({ databaseUrl: url.href, dataDir: '' }).catch(
      (error: Error) => error.message,
    );
    expect(refusal).toMatch(/^The account of DATABASE_URL may not make tables .*GRANT CREATE[^\n]*$/);
  });

  test('a database that is not there is an error at once', async () => {
    const url = new URL(await database());
    url.pathname = '/bogeup_not_there';
    await expect(openStore({ databaseUrl: url.href })).rejects.toThrow(/does not exist/);
  });
});
