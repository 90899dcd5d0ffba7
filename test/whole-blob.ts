import { readBlob } from '../src/store/blobs.ts';
import type { Db } from '../src/store/store.ts';

/** A stored file in one piece. */
export async function wholeBlob(db: Db, sha256: string): Promise<Buffer> {
  const pieces: Uint8Array[] = [];
  for await (const piece of readBlob(db, sha256)) pieces.push(piece);
  return Buffer.concat(pieces);
}
