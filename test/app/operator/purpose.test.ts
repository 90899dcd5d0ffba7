import { afterEach, beforeEach, expect, test } from 'vitest';
import { settlePurpose, WrongPurpose } from '../../../src/app/operator/purpose.ts';
import type { Store } from '../../../src/store/store.ts';
import { openTestStore, testClock } from '../../ground.ts';

let store: Store;
beforeEach(async () => {
  store = await openTestStore();
});
afterEach(() => store.close());

const { now } = testClock();
const settle = (isLocal: boolean) => settlePurpose(store.db, isLocal, now());

test('a database that was tried out on never becomes a real one', async () => {
  await Promise.all([settle(true), settle(true)]);
  await expect(settle(false)).rejects.toThrow(/^This database is for trying out/);
  await settle(true);
});

test('a real database never becomes the local workspace’s', async () => {
  await settle(false);
  await expect(settle(true)).rejects.toThrow(/^This database is in real use/);
  expect(await store.db.installation.findMany()).toMatchObject([{ id: 1, purpose: 'REAL', since: now() }]);
});

test.each([
  ['U0KIMBORAM', true],
  ['U123REAL45', false],
])('one from before there was a mark is known by its people: %s', async (slackId, isLocal) => {
  await store.db.person.create({ data: { slackId, name: '김보람', createdAt: now() } });
  await expect(settle(!isLocal)).rejects.toThrow(WrongPurpose);
  await settle(isLocal);
});
