import { afterAll, beforeAll, expect, it, onTestFinished, test } from 'vitest';
import { Prisma } from '../../src/store/client/client.ts';
import type { Store, Tx } from '../../src/store/store.ts';
import { onPostgres, openTestStore } from '../ground.ts';

/** `$queryRawUnsafe` is Prisma's own way; `$queryRaw` goes straight to the driver and must not be told apart. */
let store: Store;
beforeAll(async () => {
  store = await openTestStore();
});
afterAll(() => store?.close());

const outcome = async (asked: Promise<unknown>) =>
  asked.catch((error: Error & { code?: string }) => ({
    name: error.name,
    code: error.code,
    message: /Raw query failed.*/s.exec(error.message)?.[0] ?? error.message,
  }));

const read = (sql: string, ...values: unknown[]) => store.db.$queryRaw(Prisma.sql(sql.split('?'), ...values));
const prismaReads = (sql: string, ...values: unknown[]) => {
  let at = 0;
  return store.db.$queryRawUnsafe(
    sql.replaceAll('?', () => `$${++at}`),
    ...values,
  );
};

test.each([
  "SELECT 1 AS a, 'b' AS b, NULL AS c, true AS d",
  'SELECT 9007199254740993::int8 AS v, NULL::int8 AS n, ARRAY[1, NULL, 9007199254740993]::int8[] AS l',
  'SELECT 12.340::numeric AS v, ARRAY[1.5, NULL]::numeric[] AS l, 1.25::float8 AS f, 2::int2 AS i',
  "SELECT '2026-11-23 01:02:03.456'::timestamp AS v, NULL::timestamp AS n, '2026-11-23 09:00+09'::timestamptz AS z",
  "SELECT ARRAY['2026-11-23 01:02:03', NULL]::timestamp[] AS l, '2026-11-23'::date AS d, '01:02:03'::time AS t",
  `SELECT '{"a": [1, "가", null]}'::jsonb AS v, '[]'::json AS w, NULL::jsonb AS n, ARRAY['{"a": 1}']::jsonb[] AS l`,
  "SELECT '\\x00ff10'::bytea AS v, NULL::bytea AS n, ARRAY['\\x00ff'::bytea] AS l",
  "SELECT ARRAY['가', 'a,b', NULL]::text[] AS l, '{}'::text[] AS e, ARRAY[true, false] AS b, ARRAY[1, 2] AS i",
  `SELECT 'OFFICER'::"Role" AS v, 'b3f1c1de-0000-4000-8000-000000000001'::uuid AS u`,
  'SELECT 1 AS a WHERE false',
])('reads as Prisma does: %s', async (sql) => expect(await read(sql)).toEqual(await prismaReads(sql)));

const at = new Date('2026-11-23T01:02:03.456Z');
test.each<[string, ...unknown[]]>([
  ['SELECT ?::timestamp AS v, ?::timestamp AS n', at, null],
  ['SELECT ?::timestamp[] AS v', [at, new Date(0)]],
  ['SELECT ?::int8 AS v, ?::int AS i, ?::bool AS b', 9007199254740993n, -7, false],
  ['SELECT ?::bytea AS v', new Uint8Array([0, 255, 16])],
  ['SELECT ?::text[] AS v, ?::text[] AS e', ['가', 'a"b,{}\\', ''], []],
  ['SELECT ?::text AS v', "'; DROP TABLE x; -- \\ ?"],
  ['SELECT ?::float8 AS v', 1.5],
])('writes as Prisma does: %s', async (sql, ...values) =>
  expect(await read(sql, ...values)).toEqual(await prismaReads(sql, ...values)),
);

test.each<[string, ...unknown[]]>([
  ['SELECT nothing'],
  ['SELECT 1 / ?::int', 0],
  ['SELECT ?::int', 'x'],
  [
    `INSERT INTO "Grant" (id, "personId", role, "grantedBy", "grantedAt") VALUES ('a', 'nobody', 'OFFICER', 'x', now())`,
  ],
])('is refused as by Prisma: %s', async (sql, ...values) => {
  const refused = await outcome(read(sql, ...values));
  expect(refused).toMatchObject({ name: 'PrismaClientKnownRequestError', code: 'P2010' });
  expect(refused).toEqual(await outcome(prismaReads(sql, ...values)));
});

const count = async (tx: Tx, name: string) => {
  const [row] = await tx.$queryRaw<{ value: number }[]>`SELECT value FROM "Counter" WHERE name = ${name}`;
  return row?.value ?? null;
};
const add = (tx: Tx, name: string) => tx.$executeRaw`INSERT INTO "Counter" (name, value) VALUES (${name}, 1)`;

it('belongs to its transaction', async () => {
  const { db } = store;
  const failed = db.$transaction(async (tx) => {
    expect(await add(tx, 'rolled back')).toBe(1);
    expect(await count(tx, 'rolled back')).toBe(1);
    expect(await tx.counter.count({ where: { name: 'rolled back' } })).toBe(1); // Prisma's own statements see it
    throw new Error('the work failed');
  });
  await expect(failed).rejects.toThrow('the work failed');
  expect(await count(db, 'rolled back')).toBeNull();
  await db.$transaction((tx) => add(tx, 'kept'));
  expect(await count(db, 'kept')).toBe(1);
});

it('is refused once the transaction is over', async () => {
  const kept: Tx[] = [];
  await store.db.$transaction(async (tx) => void kept.push(tx));
  for (const tx of kept) await expect(add(tx, 'too late')).rejects.toThrow('the transaction is over');
  expect(await count(store.db, 'too late')).toBeNull();
});

it.each(['COMMIT', 'ROLLBACK'])('is refused from the moment at which %s is asked for', async (end) => {
  const asked = withResolvers();
  const answered = withResolvers();
  const slow = await openTestStore(async (sql) => {
    if (sql !== end) return;
    asked.resolve();
    await answered.promise;
  });
  onTestFinished(async () => {
    answered.resolve();
    await slow.close();
  });
  const kept: Tx[] = [];
  const work = slow.db.$transaction(async (tx) => {
    kept.push(tx);
    if (end === 'ROLLBACK') throw new Error('the work failed');
  });
  const over = work.catch(() => undefined);
  await asked.promise;
  for (const tx of kept) await expect(add(tx, 'too late')).rejects.toThrow('the transaction is over');
  answered.resolve();
  await over;
  expect(await count(slow.db, 'too late')).toBeNull();
});

test.runIf(onPostgres())('each of several transactions at once sees what it wrote itself', async () => {
  const names = Array.from({ length: 8 }, (_, index) => `at once ${index}`);
  const allWrote = whenAll(names.length);
  const allRead = whenAll(names.length); // none commits before
  const seen = await Promise.all(
    names.map((name) =>
      store.db.$transaction(async (tx) => {
        await add(tx, name);
        await allWrote();
        const rows = await tx.$queryRaw`SELECT name FROM "Counter" WHERE name LIKE 'at once%'`;
        await allRead();
        return rows;
      }),
    ),
  );
  expect(seen).toEqual(names.map((name) => [{ name }]));
  expect(await Promise.all(names.map((name) => count(store.db, name)))).toEqual(names.map(() => 1));
});

/** A function to call so many times; each call is answered when the last one comes. */
function whenAll(count: number): () => Promise<void> {
  const { promise, resolve } = withResolvers();
  let calls = 0;
  return () => {
    if (++calls === count) resolve();
    return promise;
  };
}

function withResolvers() {
  let resolve = () => {};
  const promise = new Promise<void>((done) => {
    resolve = done;
  });
  return { promise, resolve };
}
