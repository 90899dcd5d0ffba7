import { createHash, randomBytes } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { keepBlob, putBlob, putBlobStream, readBlob, TooManyBytes } from '../../src/store/blobs.ts';
import type { Store } from '../../src/store/store.ts';
import { openTestStore } from '../ground.ts';
import { runs } from '../runs.ts';
import { wholeBlob } from '../whole-blob.ts';

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
  expect((await wholeBlob(store.db, sha256)).equals(bytes)).toBe(true);
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
  expect((await wholeBlob(store.db, sha256)).toString()).toBe('the part');
});

test('a file that was never stored is an error, not an empty file', async () => {
  await expect(wholeBlob(store.db, 'f'.repeat(64))).rejects.toThrow();
});

test('a put that is undone leaves no half of a file', async () => {
  const bytes = randomBytes(MiB + 3);
  const undone = store.db.$transaction(async (tx) => {
    await putBlob(tx, bytes, at);
    throw new Error('undone');
  });
  await expect(undone).rejects.toThrow('undone');
  const sha256 = await put(bytes);
  expect((await wholeBlob(store.db, sha256)).equals(bytes)).toBe(true);
});

/** In parts as a network hands them over. */
async function* inParts(bytes: Uint8Array, part = 65_000): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += part) yield bytes.subarray(at, at + part);
}

const keep = (bytes: AsyncIterable<Uint8Array>, most = 100 * MiB, now = at) =>
  putBlobStream(store.db, bytes, { now, most }, (incoming) =>
    store.db.$transaction((tx) => keepBlob(tx, incoming, now)),
  );

/** What lies in the tables under no content's name. */
const left = async () => {
  const where = { sha256: { startsWith: 'incoming:' } };
  return [await store.db.blob.count({ where }), await store.db.blobPiece.count({ where })];
};

test.each([0, 1, MiB - 1, MiB, MiB + 1, 3 * MiB + 7])('%i streamed bytes are as put whole', async (size) => {
  const bytes = randomBytes(size);
  const sha256 = await keep(inParts(bytes));
  expect(sha256).toBe(createHash('sha256').update(bytes).digest('hex'));
  expect((await wholeBlob(store.db, sha256)).equals(bytes)).toBe(true);
  expect(await put(bytes)).toBe(sha256);
  expect(await keep(inParts(bytes, 7 * MiB))).toBe(sha256); // again, in another rhythm
  expect(await store.db.blobPiece.count({ where: { sha256 } })).toBe(Math.ceil(size / MiB));
  expect(await left()).toEqual([0, 0]);
});

test('a large file: no more is asked for than was written, but a piece', async () => {
  const chunk = randomBytes(MiB / 2);
  const parts = runs(20, 100);
  let asked = 0;
  let most = 0;
  async function* source() {
    for (let index = 0; index < parts; index++) {
      const written = await store.db.blobPiece.count({ where: { sha256: { startsWith: 'incoming:' } } });
      asked += chunk.length;
      most = Math.max(most, asked - written * MiB);
      yield chunk;
    }
  }
  await keep(source());
  expect(asked).toBe((parts / 2) * MiB);
  expect(most).toBeLessThanOrEqual(2 * MiB);
});

test('a stream that breaks off, holds too much or is not kept leaves nothing', async () => {
  const before = await store.db.blobPiece.count();
  async function* broken() {
    yield randomBytes(2 * MiB);
    throw new Error('cut off');
  }
  await expect(keep(broken())).rejects.toThrow('cut off');
  await expect(keep(inParts(randomBytes(3 * MiB)), 2 * MiB)).rejects.toThrow(TooManyBytes);
  const refused = putBlobStream(store.db, inParts(randomBytes(2 * MiB)), { now: at, most: 9 * MiB }, (one) =>
    store.db.$transaction(async (tx) => {
      await keepBlob(tx, one, at);
      throw new Error('refused');
    }),
  );
  await expect(refused).rejects.toThrow('refused');
  expect(await left()).toEqual([0, 0]);
  expect(await store.db.blobPiece.count()).toBe(before);
});

test('what a process left that died is thrown away by the next; what is under way stays', async () => {
  const hour = 60 * 60 * 1000;
  const rows = [hour + 1, hour - 1].map((age) => ({
    sha256: `incoming:${age}`,
    size: 0,
    createdAt: new Date(at.getTime() - age),
  }));
  await store.db.blob.createMany({ data: rows });
  await store.db.blobPiece.createMany({
    data: rows.map(({ sha256 }) => ({ sha256, number: 0, bytes: Buffer.from('x') })),
  });
  await keep(inParts(randomBytes(10)));
  expect(await left()).toEqual([1, 1]);
  await keep(inParts(randomBytes(10)), MiB, new Date(at.getTime() + hour));
  expect(await left()).toEqual([0, 0]);
});
