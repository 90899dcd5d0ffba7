import { expect, test } from 'vitest';
import { vacuum } from '../../src/store/vacuum.ts';
import { openTestStore } from '../ground.ts';

test('the planner knows every table afterwards, and room of old rows is given back', async () => {
  const store = await openTestStore();
  const { db } = store;
  await db.$executeRaw`INSERT INTO "Counter" (name, value) SELECT 'c' || n, n FROM generate_series(1, 5000) n`;
  await db.counter.deleteMany({ where: { value: { gt: 10 } } });
  const look = async () => {
    const [found] = await db.$queryRaw<{ rows: number; pages: number }[]>`
      SELECT reltuples::int AS rows, (pg_relation_size(oid) / 8192)::int AS pages FROM pg_class WHERE relname = 'Counter'`;
    return found;
  };
  expect((await look())?.pages).toBeGreaterThan(10);
  await vacuum(db);
  expect(await look()).toEqual({ rows: 10, pages: 1 });
  await store.close();
});
