import { connect, createServer, type Socket } from 'node:net';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openHealth } from '../../src/app/health.ts';
import { inTime } from '../../src/app/in-time.ts';
import { Refusal } from '../../src/core/refusal.ts';
import { openStore, type Store } from '../../src/store/store.ts';
import { createDatabase, onPostgres } from '../ground.ts';

/** Stands between the bot and its database, and can swallow what comes, as a broken network does. */
async function standBetween(databaseUrl: string) {
  const { hostname, port } = new URL(databaseUrl);
  const pairs = new Set<Socket>();
  let silent = false;
  const server = createServer((client) => {
    const upstream = connect(Number(port || 5432), hostname);
    for (const [from, to] of [
      [client, upstream],
      [upstream, client],
    ] as const) {
      pairs.add(from);
      from.on('data', (bytes) => void (silent || to.write(bytes)));
      from.on('error', () => undefined);
      from.on('close', () => {
        pairs.delete(from);
        to.destroy();
      });
    }
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const url = new URL(databaseUrl);
  url.host = `127.0.0.1:${typeof address === 'object' ? address?.port : 0}`;
  return {
    url: url.href,
    silence: (to: boolean) => {
      silent = to;
    },
    close: () => {
      server.close();
      for (const socket of pairs) socket.destroy();
    },
  };
}

let between: Awaited<ReturnType<typeof standBetween>>;
let store: Store;
let drop: () => Promise<void>;
beforeAll(async () => {
  if (!onPostgres()) return;
  const database = await createDatabase();
  drop = database.drop;
  await (await openStore({ databaseUrl: database.url })).close(); // makes the tables in its own time
  between = await standBetween(database.url);
  store = await openStore({ databaseUrl: between.url, silenceMs: 3000 });
});
afterAll(async () => {
  await store?.close();
  between?.close();
  await drop?.();
});

test.runIf(onPostgres())(
  'a silent database is told, gives every statement up, and is there again',
  async () => {
    const { db } = store;
    const signs = { db, now: () => new Date(), sweptAt: () => null, signerUntil: new Date() };
    const health = openHealth({ ...signs, patienceMs: 100 });
    const patient = openHealth({ ...signs, patienceMs: 60_000 });
    expect((await patient.ready()).status).toBe(200);

    between.silence(true);
    expect(await health.ready()).toMatchObject({
      status: 503,
      body: 'not ready: the database does not answer\n',
    });
    expect(String((await health.metrics()).body)).toContain('bogeup_database_up 0');
    await expect(inTime(db.person.count(), 100)).rejects.toThrow(Refusal);
    const statements = Array.from({ length: 30 }, () => db.person.count()); // more than there are connections
    const change = db.$transaction(async (tx) => tx.person.count());
    const ended = await Promise.allSettled([...statements, change]);
    expect(ended.map(({ status }) => status)).toEqual(ended.map(() => 'rejected'));

    between.silence(false);
    expect(await db.person.count()).toBe(0);
    expect(await db.$transaction(async (tx) => tx.person.count())).toBe(0);
    expect((await patient.ready()).status).toBe(200);
  },
);

test('who is answered in time reads nothing of it', async () => {
  expect(await inTime(Promise.resolve('answer'), 60_000)).toBe('answer');
  await expect(inTime(Promise.reject(new Error('its own')), 60_000)).rejects.toThrow('its own');
});
