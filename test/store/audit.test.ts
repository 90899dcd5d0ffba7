import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { verifyAudit } from '../../src/store/audit.ts';
import { operate } from '../../src/store/operation.ts';
import type { Store } from '../../src/store/store.ts';
import { openTestStore, testClock } from '../ground.ts';

const ROWS = 7;
let store: Store;

beforeEach(async () => {
  store = await openTestStore();
  const clock = testClock();
  for (let n = 1; n <= ROWS; n++) {
    clock.advance(1000);
    await operate(
      { db: store.db, now: clock.now, wakeOutbox: () => undefined },
      { actor: 'person', place: 'home' },
      async (op) =>
        op.audit({ action: 'filing.review', subject: `filing:${n}`, person: 'p1', data: { n, 이름: '가' } }),
    );
  }
});
afterEach(() => store.close());

/** As somebody with the keys of the database would do it. */
async function tamper(...statements: string[]): Promise<void> {
  await store.db.$executeRawUnsafe('ALTER TABLE "Audit" DISABLE TRIGGER USER');
  for (const statement of statements) await store.db.$executeRawUnsafe(statement);
}

test('a chain that nobody touched is whole, in pages of any size', async () => {
  for (const pageSize of [1, 3, ROWS, 1000])
    expect(await verifyAudit(store.db, pageSize)).toEqual({ ok: true, rows: ROWS });
});

test('a row appended between the last page and the head is walked, not taken for a cut', async () => {
  const ground = { db: store.db, now: testClock().now, wakeOutbox: () => undefined };
  let appended = false;
  const meanwhile = store.db.$extends({
    query: {
      auditHead: {
        async findUniqueOrThrow({ args, query }) {
          if (!appended) {
            appended = true;
            await operate(ground, { actor: 'person', place: 'home' }, async (op) =>
              op.audit({ action: 'filing.review', subject: 'filing:late', data: {} }),
            );
          }
          return query(args);
        },
      },
    },
  });
  expect(await verifyAudit(meanwhile as unknown as Store['db'])).toEqual({ ok: true, rows: ROWS + 1 });
});

describe('what was done to the rows is found, and where', () => {
  test.each<[string, string[], object]>([
    ['altered text', [`UPDATE "Audit" SET actor = 'other' WHERE seq = 3`], { seq: 3, fault: 'altered' }],
    ['altered data', [`UPDATE "Audit" SET data = '{"n": 4}' WHERE seq = 3`], { seq: 3, fault: 'altered' }],
    [
      'altered time',
      [`UPDATE "Audit" SET at = at + interval '1 ms' WHERE seq = 7`],
      { seq: 7, fault: 'altered' },
    ],
    ['first removed', ['DELETE FROM "Audit" WHERE seq = 1'], { seq: 1, fault: 'missing' }],
    ['middle removed', ['DELETE FROM "Audit" WHERE seq = 4'], { seq: 4, fault: 'missing' }],
    ['tail cut', ['DELETE FROM "Audit" WHERE seq > 5'], { seq: 6, fault: 'cut' }],
    ['all cut', ['DELETE FROM "Audit"'], { seq: 1, fault: 'cut' }],
    [
      'rows exchanged',
      [
        'UPDATE "Audit" SET seq = 100 WHERE seq = 3',
        'UPDATE "Audit" SET seq = 3 WHERE seq = 4',
        'UPDATE "Audit" SET seq = 4 WHERE seq = 100',
      ],
      { seq: 3, fault: 'altered' },
    ],
    [
      'removed and closed up',
      [
        'DELETE FROM "Audit" WHERE seq = 4',
        'UPDATE "Audit" SET seq = seq - 1 WHERE seq = 5',
        'UPDATE "Audit" SET seq = seq - 1 WHERE seq = 6',
        'UPDATE "Audit" SET seq = seq - 1 WHERE seq = 7',
      ],
      { seq: 4, fault: 'altered' },
    ],
  ])('%s', async (_, statements, fault) => {
    await tamper(...statements);
    for (const pageSize of [2, 1000])
      expect(await verifyAudit(store.db, pageSize)).toEqual({ ok: false, ...fault });
  });

  test('a row with a true hash of its own that follows another row', async () => {
    // A second chain, made honestly elsewhere from another beginning, gives rows whose own hash is right.
    const other = await openTestStore();
    const ground = { db: other.db, now: testClock('2026-01-01').now, wakeOutbox: () => undefined };
    for (let n = 1; n <= 3; n++)
      await operate(ground, { actor: 'x', place: 'cli' }, async (op) =>
        op.audit({ action: 'a.b', subject: 's' }),
      );
    const foreign = await other.db.audit.findUniqueOrThrow({ where: { seq: 3 } });
    await other.close();
    await tamper('DELETE FROM "Audit" WHERE seq = 3');
    await store.db.audit.create({ data: { ...foreign, data: {} } });
    expect(await verifyAudit(store.db)).toEqual({ ok: false, seq: 3, fault: 'reordered' });
  });
});

describe('the database itself refuses', () => {
  test.each([
    `UPDATE "Audit" SET actor = 'other' WHERE seq = 1`,
    'DELETE FROM "Audit" WHERE seq = 1',
    'TRUNCATE "Audit"',
  ])('%s', async (statement) => {
    await expect(store.db.$executeRawUnsafe(statement)).rejects.toThrow(/append-only/);
    expect(await verifyAudit(store.db)).toEqual({ ok: true, rows: ROWS });
  });
});
