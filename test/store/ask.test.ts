import { afterAll, beforeAll, expect, it } from 'vitest';
import { z } from 'zod';
import {
  all,
  countOf,
  instant,
  known,
  map,
  mapEach,
  pageStart,
  read,
  rowOf,
  rowsOf,
} from '../../src/store/ask.ts';
import { Prisma } from '../../src/store/client/client.ts';
import type { Store } from '../../src/store/store.ts';
import { openTestStore } from '../ground.ts';

let store: Store;
const sent: string[] = [];
const AT = new Date('2026-11-23T01:00:00.123Z');
const numbers = Prisma.sql`FROM generate_series(1, 7) n`;

beforeAll(async () => {
  store = await openTestStore((sql) => void sent.push(sql));
  await store.db.agency.create({ data: { code: '1741000', name: '행정안전부', kind: 'ADMINISTRATIVE' } });
  await store.db.boardNotice.create({
    data: {
      kind: '안내',
      title: '<점검>',
      text: '-',
      target: 'ALL',
      publishAt: AT,
      urgent: false,
      writtenBy: 'p',
      writtenAt: AT,
    },
  });
});
afterAll(() => store?.close());

it('reads many things in one statement, each in its place', async () => {
  sent.length = 0;
  const numbered = rowsOf(
    Prisma.sql`SELECT n ${numbers} ORDER BY n DESC LIMIT 2`,
    z.object({ n: z.number() }),
  );
  const found = await read(
    store.db,
    all({
      none: rowsOf(Prisma.sql`SELECT code FROM "Agency" WHERE code = ${'0'}`, z.object({ code: z.string() })),
      inner: all({ seven: countOf(numbers), constant: known('as it was') }),
      last: mapEach(numbered, ({ n }) => n),
      notice: rowOf(
        Prisma.sql`SELECT title, "publishAt", "withdrawnAt" FROM "BoardNotice"`,
        z.object({ title: z.string(), publishAt: instant, withdrawnAt: instant.nullable() }),
      ),
      nobody: map(
        rowOf(Prisma.sql`SELECT id FROM "Person"`, z.object({ id: z.string() })),
        (row) => row?.id ?? '-',
      ),
    }),
  );
  expect(found).toEqual({
    none: [],
    inner: { seven: 7, constant: 'as it was' },
    last: [7, 6],
    notice: { title: '<점검>', publishAt: AT, withdrawnAt: null },
    nobody: '-',
  });
  expect(sent).toHaveLength(1);
});

it('asks nothing where nothing has to be asked', async () => {
  sent.length = 0;
  expect(await read(store.db, all({ a: known(1), b: known(2) }))).toEqual({ a: 1, b: 2 });
  expect(sent).toEqual([]);
});

it('shows the last page instead of one that is gone', async () => {
  const page = (at: number) =>
    read(
      store.db,
      mapEach(
        rowsOf(
          Prisma.sql`SELECT n ${numbers} ORDER BY n LIMIT 3 OFFSET ${pageStart(at, 3, numbers)}`,
          z.object({ n: z.number() }),
        ),
        ({ n }) => n,
      ),
    );
  expect([await page(0), await page(1), await page(2), await page(3), await page(5000)]).toEqual([
    [1, 2, 3],
    [4, 5, 6],
    [7],
    [7],
    [7],
  ]);
  const none = Prisma.sql`FROM generate_series(1, 0) n`;
  const rows = rowsOf(
    Prisma.sql`SELECT n ${none} LIMIT 3 OFFSET ${pageStart(2, 3, none)}`,
    z.object({ n: z.number() }),
  );
  expect(await read(store.db, rows)).toEqual([]);
});

it('refuses rows that are not as they are said to be', async () => {
  const wrong = rowsOf(Prisma.sql`SELECT name AS code FROM "Agency"`, z.object({ code: z.number() }));
  await expect(read(store.db, wrong)).rejects.toThrow('expected number');
});
