import { createHash, randomBytes } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { getBlob, putBlob, readBlob } from '../../src/store/blobs.ts';
import type { Store } from '../../src/store/store.ts';
import { openTestStore } from '../ground.ts';

const MiB = 1024 * 1024;
const at = new Date('2026-11-23T00:00:00Z');
let store: Store;
beforeAll(async () => {
  store = await openTestStore();
});
afterAll(() => store.close());

const put = (bytes: Uint8Array) => store.db.$transaction((tx) => putBlob(tx, bytes, at));

test.each([0, 1, MiB - 1, MiB, MiB + 1, 3 * MiB + 7])('%i bytes come back as they were', async (size) => {
  const bytes = randomBytes(size);
  const sha256 = await put(bytes);
  expect(sha256).toBe(createHash('sha256').update(bytes).digest('hex'));
  expect((await getBlob(store.db, sha256)).equals(bytes)).toBe(true);
});

test('a large file is read in pieces of at most 1 MiB', async () => {
  const sha256 = await put(randomBytes(2 * MiB + 5));
  const sizes: number[] = [];
  for await (const piece of readBlob(store.db, sha256)) sizes.push(piece.length);
  expect(sizes).toEqual([MiB, MiB, 5]);
});

test('the same content is stored once, also by two at once', async () => {
  const bytes = randomBytes(MiB + 1);
  const [one, two] = await Promise.all([put(bytes), put(bytes)]);
  expect(one).toBe(two);
  expect(await store.db.blobPiece.count({ where: { sha256: one } })).toBe(2);
});

test('a view into a larger buffer stores only what it shows', async () => {
  const whole = Buffer.from('before|the part|after');
  const sha256 = await put(whole.subarray(7, 15));
  expect((await getBlob(store.db, sha256)).toString()).toBe('the part');
});

test('a file that was never stored is an error, not an empty file', async () => {
  await expect(getBlob(store.db, 'f'.repeat(64))).rejects.toThrow();
});

test('a put that is undone leaves no half of a file', async () => {
  const bytes = randomBytes(MiB + 3);
  const undone = store.db.$transaction(async (tx) => {
    await putBlob(tx, bytes, at);
    throw new Error('undone');
  });
  await expect(undone).rejects.toThrow('undone');
  const sha256 = await put(bytes);
  expect((await getBlob(store.db, sha256)).equals(bytes)).toBe(true);
});
