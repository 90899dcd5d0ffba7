import { afterEach, beforeEach, expect, test } from 'vitest';
import { operate } from '../../src/store/operation.ts';
import { claimDue, renewClaim, settle } from '../../src/store/outbox.ts';
import type { Store } from '../../src/store/store.ts';
import { openTestStore, testClock } from '../ground.ts';

const LEASE = 60_000;
let store: Store;
let clock = testClock();

beforeEach(async () => {
  store = await openTestStore();
  clock = testClock();
});
afterEach(() => store.close());

/** Each to a recipient of its own, unless told otherwise. */
async function say(keys: string[], to?: string): Promise<void> {
  const ground = { db: store.db, now: clock.now, wakeOutbox: () => undefined };
  await operate(ground, { actor: 'bot', place: 'test' }, async (op) => {
    for (const key of keys) op.tell({ key, notice: 'test', to: to ?? key, facts: { key } });
  });
}

async function claim(claimer: string, limit = 10) {
  return claimDue(store.db, { now: clock.now(), claimer, leaseMs: LEASE, limit });
}

const keysOf = (rows: { key: string }[]) => rows.map(({ key }) => key).sort();

test('one key is said once', async () => {
  await say(['a', 'a']);
  await say(['a', 'b']);
  expect(keysOf(await claim('one'))).toEqual(['a', 'b']);
});

test('two claimers at once share the rows, and no row goes to both', async () => {
  await say(Array.from({ length: 20 }, (_, n) => `key-${n}`));
  const batches = await Promise.all([claim('one', 6), claim('two', 6), claim('one', 6), claim('two', 6)]);
  const ids = batches.flat().map(({ id }) => id);
  expect(ids).toHaveLength(20);
  expect(new Set(ids).size).toBe(20);
});

test('no more is claimed than was asked for, also while the database takes the table for a small one', async () => {
  await say(['first']);
  await store.db.$executeRaw`ANALYZE "Outbox"`;
  await say(Array.from({ length: 20 }, (_, n) => `key-${n}`));
  expect(await claim('one', 3)).toHaveLength(3);
  expect(await store.db.outbox.count({ where: { state: 'CLAIMED' } })).toBe(3);
});

test('a claimed row comes back when its lease ran out, marked as tried before', async () => {
  await say(['a']);
  const [first] = await claim('one');
  expect(first).toMatchObject({ claimedBy: 'one', attempts: 1, state: 'CLAIMED' });
  clock.advance(LEASE - 1);
  expect(await claim('two')).toEqual([]);
  clock.advance(1);
  expect(await claim('two')).toMatchObject([{ claimedBy: 'two', attempts: 2 }]);
});

test('whoever lost the claim cannot settle it', async () => {
  await say(['a']);
  const [lost] = await claim('one');
  clock.advance(LEASE);
  const [held] = await claim('two');
  if (!lost || !held) throw new Error('nothing was claimed');
  const sent = { sentAt: clock.now(), channel: 'C1', ts: '1.1' };
  expect(await settle(store.db, lost, sent)).toBe(false);
  expect(await settle(store.db, held, sent)).toBe(true);
  expect(await settle(store.db, held, { failed: 'late' })).toBe(false);
  expect(await store.db.outbox.findFirst()).toMatchObject({
    state: 'SENT',
    channel: 'C1',
    ts: '1.1',
    error: null,
  });
});

test('a row to be tried again waits until then', async () => {
  await say(['a']);
  const [row] = await claim('one');
  if (!row) throw new Error('nothing was claimed');
  await settle(store.db, row, { retryAt: new Date(clock.now().getTime() + 5000), error: 'ratelimited' });
  expect(await claim('one')).toEqual([]);
  clock.advance(5000);
  expect(await claim('one')).toMatchObject([{ attempts: 2, error: 'ratelimited' }]);
});

test('what was sent or has failed is never claimed again', async () => {
  await say(['a', 'b']);
  const [one, two] = await claim('one');
  if (!one || !two) throw new Error('nothing was claimed');
  await settle(store.db, one, { sentAt: clock.now(), channel: 'C1', ts: null });
  await settle(store.db, two, { failed: 'channel_not_found' });
  clock.advance(10 * LEASE);
  expect(await claim('one')).toEqual([]);
});

test('the oldest are claimed first', async () => {
  await say(['old']);
  clock.advance(1000);
  await say(['new']);
  expect(keysOf(await claim('one', 1))).toEqual(['old']);
});

test('one recipient is told one thing at a time, in the order of the acts', async () => {
  const keys = Array.from({ length: 8 }, (_, n) => `key-${n}`);
  for (const key of keys) {
    await say([key], 'somebody');
    clock.advance(1000);
  }
  const told: string[] = [];
  for (;;) {
    const [one, two] = [await claim('one'), await claim('two')];
    expect(two).toEqual([]);
    const row = one[0];
    if (!row) break;
    expect(one).toHaveLength(1);
    told.push(row.key);
    await settle(store.db, row, { sentAt: clock.now(), channel: 'D1', ts: null });
  }
  expect(told).toEqual(keys);
});

test('a renewed claim lasts until then, and a lost one cannot be renewed', async () => {
  await say(['a']);
  const [row] = await claim('one');
  if (!row) throw new Error('nothing was claimed');
  expect(await renewClaim(store.db, row, new Date(clock.now().getTime() + 2 * LEASE))).toBe(true);
  clock.advance(LEASE);
  expect(await claim('two')).toEqual([]);
  clock.advance(LEASE);
  expect(await claim('two')).toHaveLength(1);
  expect(await renewClaim(store.db, row, new Date(clock.now().getTime() + LEASE))).toBe(false);
});

test('what waits for its time holds nothing back, and comes then', async () => {
  const ground = { db: store.db, now: clock.now, wakeOutbox: () => undefined };
  const notBefore = new Date(clock.now().getTime() + 3_600_000);
  await operate(ground, { actor: 'bot', place: 'test' }, async (op) => {
    op.tell({ key: 'later', notice: 'test', to: 'kim', facts: {}, notBefore });
    op.tell({ key: 'now', notice: 'test', to: 'kim', facts: {} });
  });
  const [first] = await claim('one');
  expect(first?.key).toBe('now');
  if (first) await settle(store.db, first, { sentAt: clock.now(), channel: 'D1', ts: '1' });
  clock.advance(3_599_999);
  expect(await claim('one')).toEqual([]);
  clock.advance(1);
  expect(keysOf(await claim('one'))).toEqual(['later']);
});

test('what people wait for is claimed first, and of what nobody asked for no more than is allowed', async () => {
  const ground = { db: store.db, now: clock.now, wakeOutbox: () => undefined };
  await operate(ground, { actor: 'bot', place: 'test' }, async (op) => {
    for (const to of ['kim', 'lee', 'park'])
      op.tell({ key: `survey ${to}`, notice: 'test', to, facts: {}, notBefore: clock.now() });
    for (const to of ['choi', 'kang']) op.tell({ key: `decision ${to}`, notice: 'test', to, facts: {} });
  });
  const claimed = async (limit: number, unasked: number) =>
    keysOf(await claimDue(store.db, { now: clock.now(), claimer: 'one', leaseMs: LEASE, limit, unasked }));
  expect(await claimed(1, 10)).toEqual(['decision choi']);
  expect(await claimed(2, 10)).toEqual(['decision kang', 'survey kim']);
  expect(await claimed(10, 0)).toEqual([]);
  expect(await claimed(10, 1)).toEqual(['survey lee']);
  expect(await claimed(10, 10)).toEqual(['survey park']);
});
