import { expect, test } from 'vitest';
import { openStore } from '../../src/store/store.ts';

// After some 540 MB the embedded PostgreSQL would begin a checkpoint by itself, and never come back from it.
test('however much is written, the embedded database answers, and keeps a limited log of it', async () => {
  const store = await openStore({});
  const { db } = store;
  const [own] = await db.$queryRaw<{ max_wal_size: string }[]>`SHOW max_wal_size`;
  expect(own?.max_wal_size).toBe('2097151MB'); // otherwise what follows would not end
  const logged = async () => {
    const [found] = await db.$queryRaw<{ kept: number; ever: number }[]>`
      SELECT ((pg_current_wal_insert_lsn() - redo_lsn) / 1048576)::int AS kept,
        ((pg_current_wal_insert_lsn() - '0/0') / 1048576)::int AS ever
      FROM pg_control_checkpoint()`;
    if (!found) throw new Error('nothing found');
    return found;
  };
  const before = await logged();
  for (let round = 0; round < 5; round++) {
    for (let segment = 0; segment < 9; segment++) {
      await db.counter.create({ data: { name: `${round}.${segment}`, value: 1 } });
      await db.$queryRaw`SELECT pg_switch_wal()::text`; // the log goes on in the next 16 MB
    }
    expect((await logged()).kept).toBeGreaterThan(128);
    for (let at = 0; at < 500; at++) await db.$queryRaw`SELECT 1`;
    expect((await logged()).kept).toBeLessThan(16);
  }
  expect((await logged()).ever - before.ever).toBeGreaterThan(600);
  expect(await db.counter.count({ where: { value: 1 } })).toBe(45);
  await store.close();
});
