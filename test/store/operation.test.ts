import { afterEach, beforeEach, expect, test } from 'vitest';
import { verifyAudit } from '../../src/store/audit.ts';
import { nextNumber } from '../../src/store/counter.ts';
import { type Ground, type Operation, operate } from '../../src/store/operation.ts';
import type { Store } from '../../src/store/store.ts';
import { onPostgres, openTestStore, testClock } from '../ground.ts';

const author = { actor: 'person', place: 'home' };
let store: Store;
let woken = 0;
let ground: Ground;

beforeEach(async () => {
  store = await openTestStore();
  woken = 0;
  ground = { db: store.db, now: testClock().now, wakeOutbox: () => woken++ };
});
afterEach(() => store.close());

async function act(op: Operation): Promise<number> {
  await op.tx.agency.create({ data: { code: '1741000', name: '행정안전부', kind: 'ADMINISTRATIVE' } });
  op.audit({ action: 'a.b', subject: 'agency:1741000' });
  op.tell({ key: 'a', notice: 'test', to: 'desk', facts: {} });
  return nextNumber(op.tx, 'filing', '2026');
}

async function counts(): Promise<number[]> {
  const { agency, audit, outbox, counter } = store.db;
  return [await agency.count(), await audit.count(), await outbox.count(), await counter.count()];
}

test('the change, its audit row and its message commit together, and then the sender is woken', async () => {
  expect(await operate(ground, author, act)).toBe(1);
  expect(await counts()).toEqual([1, 1, 1, 1]);
  expect(woken).toBe(1);
});

test('whatever throws, and wherever, nothing of it happened', async () => {
  const failing = operate(ground, author, async (op) => {
    await act(op);
    throw new Error('at the very end');
  });
  await expect(failing).rejects.toThrow('at the very end');
  expect(await counts()).toEqual([0, 0, 0, 0]);
  expect(woken).toBe(0);
});

test('an audit row that cannot be written undoes the change', async () => {
  const failing = operate(ground, author, async (op) => {
    await act(op);
    op.audit({ action: 'a.b', subject: 'lone surrogate \ud800' });
  });
  await expect(failing).rejects.toThrow();
  expect(await counts()).toEqual([0, 0, 0, 0]);
});

test('nothing to say wakes nobody', async () => {
  await operate(ground, author, async (op) => op.audit({ action: 'a.b', subject: 's' }));
  expect(woken).toBe(0);
});

test('many at once: one chain, and a series without gaps or doubles', async () => {
  const numbers = await Promise.all(
    Array.from({ length: 20 }, () =>
      operate(ground, author, async (op) => {
        op.audit({ action: 'a.b', subject: 's' });
        return nextNumber(op.tx, 'filing', '2026');
      }),
    ),
  );
  expect(numbers.sort((a, b) => a - b)).toEqual(Array.from({ length: 20 }, (_, n) => n + 1));
  expect(await verifyAudit(store.db)).toEqual({ ok: true, rows: 20 });
});

test.runIf(onPostgres())('two that wait for each other both come to an end', async () => {
  const { db } = store;
  for (const code of ['1', '2'])
    await db.agency.create({ data: { code, name: code, kind: 'ADMINISTRATIVE' } });
  let runs = 0;
  let holding = 0;
  let go = () => {};
  const bothHold = new Promise<void>((resolve) => {
    go = resolve;
  });
  const inOrder = (first: string, second: string) =>
    operate(ground, author, async ({ tx }) => {
      runs++;
      await tx.agency.update({ where: { code: first }, data: { source: first } });
      if (++holding === 2) go(); // one that is begun again finds it open
      await bothHold;
      await tx.agency.update({ where: { code: second }, data: { source: first } });
    });
  await Promise.all([inOrder('1', '2'), inOrder('2', '1')]);
  expect(runs).toBe(3); // one of them was begun again
});
