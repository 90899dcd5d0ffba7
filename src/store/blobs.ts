import { createHash } from 'node:crypto';
import { setImmediate } from 'node:timers/promises';
import type { Db, Tx } from './store.ts';

/** Files are kept in the database under the hash of their content, so that one backup holds everything. */
const PIECE = 1024 * 1024;

/** A file as answers and payloads hold it. */
export interface FileRef {
  sha256: string;
  name: string;
  size: number;
  type: string;
}

/** Reads the files of a row from its JSON column. */
export function readFiles(stored: unknown): FileRef[] {
  return Array.isArray(stored) ? stored.filter(isFileRef) : [];
}

function isFileRef(one: unknown): one is FileRef {
  if (typeof one !== 'object' || one === null) return false;
  const { sha256, name, size, type } = one as Partial<Record<keyof FileRef, unknown>>;
  return [sha256, name, type].every((text) => typeof text === 'string') && typeof size === 'number';
}

/**
 * Stores bytes once per content, whole, in one statement; for what is small. What is stored already counts as new, so
 * that nothing deletes it before its new owner refers to it. @returns the SHA-256 in hex
 */
export async function putBlob(db: Db | Tx, bytes: Uint8Array, now: Date): Promise<string> {
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  const pieces = Array.from({ length: Math.ceil(bytes.length / PIECE) }, (_, number) =>
    asText(bytes.subarray(number * PIECE, (number + 1) * PIECE)),
  );
  await db.$executeRaw`
    WITH made AS (
      INSERT INTO "Blob" (sha256, size, "createdAt") VALUES (${sha256}, ${bytes.length}, ${now})
      ON CONFLICT (sha256) DO UPDATE SET "createdAt" = EXCLUDED."createdAt"
      RETURNING sha256, xmax = 0 AS inserted)
    INSERT INTO "BlobPiece" (sha256, number, bytes)
    SELECT sha256, place - 1, decode(piece, 'base64')
    FROM made, unnest(${pieces}::text[]) WITH ORDINALITY AS of (piece, place) WHERE inserted`;
  return sha256;
}

/** Bytes go to the database as base64: Prisma would encode them as text too, and decode them again for the driver. */
function asText(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('base64');
}

async function writePiece(tx: Db | Tx, sha256: string, number: number, bytes: Uint8Array): Promise<void> {
  await tx.$executeRaw`
    INSERT INTO "BlobPiece" (sha256, number, bytes) VALUES (${sha256}, ${number}, decode(${asText(bytes)}, 'base64'))`;
  await setImmediate(); // the embedded database works in this thread: lets other statements run in between
}

/** A file that was written completely but that nothing refers to yet. */
export interface Incoming {
  /** The name of its rows until keepBlob gives them the hash of the content. */
  key: string;
  sha256: string;
  size: number;
}

/** The source gave more bytes than allowed. */
export class TooManyBytes extends Error {}

const INCOMING = 'incoming:';
/** Longer than any upload takes: an older unfinished file was left by a process that died. */
const ABANDONED_MS = 60 * 60 * 1000;

/**
 * Writes bytes as they arrive, with one piece in memory, and hashes them on the way. At the end `keep` calls keepBlob
 * in the transaction that stores the reference to the file; otherwise the file is deleted. Each piece is written in
 * its own transaction, so no lock is held during a slow upload.
 * @throws TooManyBytes over `most`, or what the source or `keep` throws; then nothing of the file is left
 */
export async function putBlobStream<T>(
  db: Db,
  bytes: AsyncIterable<Uint8Array>,
  { now, most }: { now: Date; most: number },
  keep: (incoming: Incoming) => Promise<T>,
): Promise<T> {
  await dropIncoming(db, { startsWith: INCOMING }, new Date(now.getTime() - ABANDONED_MS));
  const key = `${INCOMING}${crypto.randomUUID()}`;
  await db.blob.create({ data: { sha256: key, size: 0, createdAt: now } });
  try {
    const hash = createHash('sha256');
    let size = 0;
    for await (const piece of piecesOf(bytes)) {
      if (size + piece.length > most) throw new TooManyBytes(`more than ${most} bytes`);
      hash.update(piece);
      await writePiece(db, key, Math.floor(size / PIECE), piece);
      size += piece.length;
    }
    return await keep({ key, sha256: hash.digest('hex'), size });
  } finally {
    await dropIncoming(db, key);
  }
}

/** Moves the written file under the hash of its content, which is stored once. @returns the SHA-256 in hex */
export async function keepBlob(tx: Tx, { key, sha256, size }: Incoming, now: Date): Promise<string> {
  const { count } = await tx.blob.createMany({
    data: [{ sha256, size, createdAt: now }],
    skipDuplicates: true,
  });
  if (count === 1) await tx.blobPiece.updateMany({ where: { sha256: key }, data: { sha256 } });
  return sha256;
}

async function dropIncoming(
  db: Db,
  sha256: string | { startsWith: string },
  before: Date | null = null,
): Promise<void> {
  const left = await db.blob.findMany({
    where: { sha256, ...(before ? { createdAt: { lt: before } } : {}) },
    select: { sha256: true },
  });
  for (const one of left) {
    await db.blobPiece.deleteMany({ where: one });
    await db.blob.deleteMany({ where: one });
  }
}

/** The same bytes cut into pieces of equal size. All pieces share one buffer: use each before asking for the next. */
async function* piecesOf(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  const piece = Buffer.alloc(PIECE);
  let filled = 0;
  for await (const part of bytes) {
    for (let taken = 0; taken < part.length; ) {
      const length = Math.min(PIECE - filled, part.length - taken);
      piece.set(part.subarray(taken, taken + length), filled);
      taken += length;
      filled += length;
      if (filled === PIECE) {
        yield piece;
        filled = 0;
      }
    }
  }
  if (filled > 0) yield piece.subarray(0, filled);
}

/** The pieces in order, one at a time in memory. */
export async function* readBlob(db: Db | Tx, sha256: string): AsyncGenerator<Uint8Array> {
  const blob = await db.blob.findUniqueOrThrow({ where: { sha256 } });
  for (let number = 0; number * PIECE < blob.size; number++) {
    // As base64, for the same reason as in asText.
    const [piece] = await db.$queryRaw<{ bytes: string }[]>`
      SELECT encode(bytes, 'base64') AS bytes FROM "BlobPiece" WHERE sha256 = ${sha256} AND number = ${number}`;
    if (!piece) throw new Error(`piece ${number} of the file ${sha256} is missing`);
    yield Buffer.from(piece.bytes, 'base64');
  }
}
