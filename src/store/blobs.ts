import { createHash } from 'node:crypto';
import { setImmediate } from 'node:timers/promises';
import type { Db, Tx } from './store.ts';

/** Files live in the database, content-addressed, so that one backup holds everything. */
const PIECE = 1024 * 1024;

/** A file as answers and payloads hold it. */
export interface FileRef {
  sha256: string;
  name: string;
  size: number;
  type: string;
}

/** Stores bytes once per content. @returns the SHA-256 in hex */
export async function putBlob(tx: Tx, bytes: Uint8Array, now: Date): Promise<string> {
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  const { count } = await tx.blob.createMany({
    data: [{ sha256, size: bytes.length, createdAt: now }],
    skipDuplicates: true,
  });
  if (count === 0) return sha256;
  for (let number = 0; number * PIECE < bytes.length; number++) {
    const piece = Buffer.from(bytes.subarray(number * PIECE, (number + 1) * PIECE)).toString('base64');
    // As text: ten times as quick in the embedded database as a bytea parameter.
    await tx.$executeRaw`
      INSERT INTO "BlobPiece" (sha256, number, bytes) VALUES (${sha256}, ${number}, decode(${piece}, 'base64'))`;
    await setImmediate(); // the embedded database works in this thread: whoever waits for an answer comes in between
  }
  return sha256;
}

/** The pieces in order, one at a time in memory. */
export async function* readBlob(db: Db | Tx, sha256: string): AsyncGenerator<Uint8Array> {
  const blob = await db.blob.findUniqueOrThrow({ where: { sha256 } });
  for (let number = 0; number * PIECE < blob.size; number++) {
    // As text, like the way in.
    const [piece] = await db.$queryRaw<{ bytes: string }[]>`
      SELECT encode(bytes, 'base64') AS bytes FROM "BlobPiece" WHERE sha256 = ${sha256} AND number = ${number}`;
    if (!piece) throw new Error(`piece ${number} of the file ${sha256} is missing`);
    yield Buffer.from(piece.bytes, 'base64');
  }
}

/** The whole file; for attachments and licences, which are small. */
export async function getBlob(db: Db | Tx, sha256: string): Promise<Buffer> {
  const pieces: Uint8Array[] = [];
  for await (const piece of readBlob(db, sha256)) pieces.push(piece);
  return Buffer.concat(pieces);
}
