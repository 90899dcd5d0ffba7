import pg from 'pg';
import { expect, onTestFinished, test } from 'vitest';
import { countProcesses } from '../../src/store/processes.ts';
import { NAMED } from '../../src/store/server.ts';
import { createDatabase, onPostgres, storeAt } from '../ground.ts';

test.runIf(onPostgres())(
  'processes of one database are counted by the names that they give themselves',
  async () => {
    const { url, drop } = await createDatabase();
    const store = storeAt(url);
    const other = new pg.Client({ connectionString: url, application_name: `${NAMED}another` });
    onTestFinished(async () => {
      await store.close();
      await drop();
    });
    expect(await countProcesses(store.db)).toBe(1);
    await other.connect();
    expect(await countProcesses(store.db)).toBe(2);
    await other.end();
    await expect.poll(() => countProcesses(store.db), { timeout: 60_000 }).toBe(1);

    const named = storeAt(`${url}?application_name=ours`);
    await store.db.$disconnect();
    expect(await named.db.$queryRaw`SELECT current_setting('application_name') AS name`).toEqual([
      { name: 'ours' },
    ]);
    await expect.poll(() => countProcesses(named.db), { timeout: 60_000 }).toBeNull();
    await named.close();
  },
);
