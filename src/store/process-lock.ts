import { linkSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** One process at a time owns a data folder: two embedded databases over the same files would destroy them. */
export class FolderInUse extends Error {
  readonly pid: number;
  constructor(folder: string, pid: number) {
    super(`${folder} is in use by process ${pid}`);
    this.pid = pid;
  }
}

/** Folders that this process holds: a lock with its own pid is otherwise an old one (in a container every pid is 1). */
const held = new Set<string>();

/**
 * Takes `folder/lock` and returns the function that gives it back. A lock left by a process that died is taken over;
 * whoever renames it first wins, so two starts at once never both get in.
 * @throws FolderInUse
 */
export function lockFolder(folder: string): () => void {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const path = join(folder, 'lock');
  const mine = `${path}.${process.pid}`;
  writeFileSync(mine, String(process.pid));
  try {
    for (let attempt = 0; ; attempt++) {
      try {
        linkSync(mine, path); // fails when it exists; never shows a half-written file
        held.add(path);
        return () => {
          held.delete(path);
          if (readOwner(path) === process.pid) rmSync(path, { force: true });
        };
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== 'EEXIST' || attempt === 5) throw error;
      }
      const owner = readOwner(path);
      if (owner && (owner === process.pid ? held.has(path) : isAlive(owner)))
        throw new FolderInUse(folder, owner);
      removeStale(path, owner);
    }
  } finally {
    rmSync(mine, { force: true });
  }
}

function removeStale(path: string, deadOwner: number | null): void {
  const aside = `${path}.stale.${process.pid}`;
  try {
    renameSync(path, aside);
  } catch {
    return; // somebody else took it away
  }
  // Between the look and the rename another start may have taken the lock: then it is theirs, put it back.
  if (readOwner(aside) !== deadOwner) linkSync(aside, path);
  rmSync(aside, { force: true });
}

function readOwner(path: string): number | null {
  try {
    return Number(readFileSync(path, 'utf8')) || null;
  } catch {
    return null;
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return !isZombie(pid);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

/** On Linux a process that was killed keeps its number until its parent has looked; elsewhere: not known. */
function isZombie(pid: number): boolean {
  try {
    return /^State:\s+[ZX]/m.test(readFileSync(`/proc/${pid}/status`, 'utf8'));
  } catch {
    return false;
  }
}
