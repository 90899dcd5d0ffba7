import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Store } from '../../src/store/store.ts';
import { openTestStore } from '../ground.ts';

let store: Store;
beforeAll(async () => {
  store = await openTestStore();
});
afterAll(() => store?.close());

/** How often the event loop turned meanwhile. */
async function turnsDuring(work: () => Promise<unknown>): Promise<number> {
  let turns = 0;
  let over = false;
  const turn = () => {
    turns++;
    if (!over) setImmediate(turn);
  };
  setImmediate(turn);
  await work();
  over = true;
  return turns;
}

const HOW_MANY = 20;

it('other events are seen to between the statements of a chain', async () => {
  const chain = async () => {
    for (let at = 0; at < HOW_MANY; at++) await store.db.$queryRaw`SELECT 1`;
  };
  expect(await turnsDuring(chain)).toBeGreaterThanOrEqual(HOW_MANY);
});

it('and between those of a transaction', async () => {
  const act = () =>
    store.db.$transaction(async (tx) => {
      for (let at = 0; at < HOW_MANY; at++) await tx.$queryRaw`SELECT 1`;
    });
  expect(await turnsDuring(act)).toBeGreaterThanOrEqual(HOW_MANY);
});
