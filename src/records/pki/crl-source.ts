import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { CrlSource } from './revocation.ts';

const MAX_BYTES = 10 * 1024 * 1024;
const TIMEOUT_MS = 5000;
/**
 * A list may be valid for a day (제22조). It is fetched again after an hour, so that a revocation is known within the
 * hour.
 */
const KEEP_MS = 60 * 60 * 1000;
const MAX_KEPT = 100;

interface CrlPlace {
  /** The folder CRL_DIR; null when there is none. */
  folder: string | null;
  now: () => Date;
}

/** Revocation lists from the operator's folder, which is read at every check, and from http addresses. */
export function createCrlSource({ folder, now }: CrlPlace): CrlSource {
  const files = new Map<string, { stamp: string; bytes: Buffer }>();
  const fetched = new Map<string, { at: number; bytes: Buffer }>();

  async function readOnce(path: string): Promise<Buffer[]> {
    try {
      const { mtimeMs, size, ino } = await stat(path);
      const stamp = `${mtimeMs}:${size}:${ino}`;
      const known = files.get(path);
      if (known?.stamp === stamp) return [known.bytes];
      if (size > MAX_BYTES) return [];
      const bytes = await readFile(path);
      files.set(path, { stamp, bytes });
      return [bytes];
    } catch {
      return []; // a folder, or a file that is being replaced
    }
  }

  return {
    async local() {
      if (!folder) return [];
      const names = await readdir(folder).catch(() => []);
      return (await Promise.all(names.sort().map((name) => readOnce(join(folder, name))))).flat();
    },

    async fetch(url) {
      const known = fetched.get(url);
      const at = now().getTime();
      if (known && at - known.at < KEEP_MS) return known.bytes;
      const bytes = await download(url).catch(() => null);
      if (!bytes) return null;
      if (fetched.size >= MAX_KEPT) fetched.clear();
      fetched.set(url, { at, bytes });
      return bytes;
    },
  };
}

async function download(url: string): Promise<Buffer | null> {
  const response = await fetch(url, { redirect: 'error', signal: AbortSignal.timeout(TIMEOUT_MS) });
  if (!response.ok || !response.body) return null;
  const pieces: Uint8Array[] = [];
  let length = 0;
  for await (const piece of response.body) {
    length += piece.length;
    if (length > MAX_BYTES) return null;
    pieces.push(piece);
  }
  return Buffer.concat(pieces);
}
