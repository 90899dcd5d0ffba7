import { copyFile, mkdir, readdir, rm, stat } from 'node:fs/promises';
import { join, relative } from 'node:path';

/** A file that was written so shortly ago may be written again with the same time of change. */
const SETTLED_MS = 3000;

/**
 * Copies a folder whose files change meanwhile: most of it while they do, and then, while `held` keeps them still, what has
 * changed since. So they are held for a moment only, however large the folder is.
 */
export async function copyLive(
  from: string,
  to: string,
  held: (finish: () => Promise<void>) => Promise<void>,
): Promise<void> {
  const copied = new Map<string, string>();
  await bringUpToDate(from, to, copied);
  await held(() => bringUpToDate(from, to, copied));
}

/** @param copied the files that were copied: those that need not be copied again with the time of their change and size */
async function bringUpToDate(from: string, to: string, copied: Map<string, string>): Promise<void> {
  await mkdir(to, { recursive: true, mode: 0o700 });
  const gone = new Set(copied.keys());
  for (const entry of await readdir(from, { recursive: true, withFileTypes: true })) {
    const source = join(entry.parentPath, entry.name);
    const name = relative(from, source);
    if (entry.isDirectory()) await mkdir(join(to, name), { recursive: true, mode: 0o700 });
    else if (entry.isFile()) {
      gone.delete(name);
      await copyOne(source, join(to, name), name, copied).catch(vanished);
    }
  }
  for (const name of gone) await rm(join(to, name), { force: true });
}

async function copyOne(from: string, to: string, name: string, copied: Map<string, string>): Promise<void> {
  const { mtimeNs, mtimeMs, size } = await stat(from, { bigint: true });
  const state = `${mtimeNs} ${size}`;
  if (copied.get(name) === state) return;
  await copyFile(from, to);
  copied.set(name, Date.now() - Number(mtimeMs) > SETTLED_MS ? state : '');
}

/** A file that is deleted before it is copied is not missed. */
function vanished(error: NodeJS.ErrnoException): void {
  if (error.code !== 'ENOENT') throw error;
}
