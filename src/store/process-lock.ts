import { createHash, randomBytes } from 'node:crypto';
import {
  linkSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  statfsSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import type { Server } from 'node:net';
import { join } from 'node:path';
import { askOwner, listenAs, type Owner, parseOwner, thisProcess } from './lock-socket.ts';

/** One process at a time owns a data folder: two embedded databases over the same files would destroy them. */
export class FolderInUse extends Error {}

/** Another machine may be using the folder, and this one cannot find out. */
export class FolderElsewhere extends Error {}

/**
 * File systems on which a machine does not know the sockets of another one: NFS, SMB, CIFS, 9P, Ceph, GFS2, OCFS2.
 */
const SHARED_BETWEEN_MACHINES = new Set([
  0x6969, 0x517b, 0xff534d42, 0xfe534d42, 0x01021997, 0x00c36400, 0x01161970, 0x7461636f,
]);

/**
 * Takes the folder and returns the function that gives it back.
 *
 * Every owner has a numbered socket in `folder/.lock`, and the highest number counts. A process that finds nobody
 * listening there makes a socket, already listening, and links it under the next number, which only one process can do;
 * then it checks that its number is the highest. The highest is never removed, not even when the folder is given back,
 * so no number is used twice.
 * @throws FolderInUse, or FolderElsewhere
 */
export async function lockFolder(folder: string): Promise<() => Promise<void>> {
  const place = join(folder, '.lock');
  mkdirSync(place, { recursive: true, mode: 0o700 });
  const me = thisProcess();
  if (process.platform === 'win32') return release(await ownPipe(folder, me));
  const described = join(place, 'owner.json');
  for (;;) {
    const last = highest(place);
    const found = last === 0 ? null : await askOwner(join(place, String(last)));
    if (found) throw new FolderInUse(inUse(folder, found === 'somebody' ? read(described) : found, me));
    if (last !== 0) refuseOtherMachines(folder, read(described), me);
    const own = await linkNext(place, last + 1, me);
    if (!own) continue; // another process was faster
    writeFileSync(described, `${JSON.stringify(me)}\n`, { mode: 0o600 });
    clear(folder, place, last + 1);
    return release(own);
  }
}

/** Listens under this number. @returns null when another process has it or a higher one */
async function linkNext(place: string, number: number, me: Owner): Promise<Server | null> {
  const draft = join(place, `new-${randomBytes(6).toString('hex')}`);
  const path = join(place, String(number));
  const server = await listenAs(draft, me);
  try {
    linkSync(draft, path);
    rmSync(draft, { force: true });
    if (highest(place) === number) return server;
    rmSync(path, { force: true });
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code !== 'EEXIST' && code !== 'ENOENT') throw error;
  }
  rmSync(draft, { force: true });
  await release(server)();
  return null;
}

function release(server: Server): () => Promise<void> {
  return () => new Promise((resolve) => server.close(() => resolve()));
}

function highest(place: string): number {
  return Math.max(
    0,
    ...readdirSync(place)
      .filter((name) => /^\d+$/.test(name))
      .map(Number),
  );
}

/** Removes the sockets of former owners, and the lock file of earlier versions. */
function clear(folder: string, place: string, mine: number): void {
  for (const name of readdirSync(place))
    if (/^\d+$/.test(name) && Number(name) < mine) rmSync(join(place, name), { force: true });
  const former = join(folder, 'lock');
  if (statSync(former, { throwIfNoEntry: false })?.isFile()) rmSync(former, { force: true });
}

/** On a disk that several machines share, a socket that does not answer here may be in use on another machine. */
function refuseOtherMachines(folder: string, last: Owner | null, me: Owner): void {
  if (!last || last.boot === me.boot || last.host === me.host) return;
  if (!SHARED_BETWEEN_MACHINES.has(statfsSync(folder).type >>> 0)) return;
  throw new FolderElsewhere(
    `${folder} is on a network disk and was last used by ${last.host} (since ${last.since}), which cannot be asked from ${me.host}. Stop the bot there; if that machine is gone for good, delete ${join(folder, '.lock')}.`,
  );
}

function inUse(folder: string, by: Owner | null, me: Owner): string {
  if (!by) return `${folder} is in use by a process that does not say which`;
  const where = by.pidSpace === me.pidSpace ? '' : ` of another container (${by.host})`;
  return `${folder} is in use by process ${by.pid}${where}, which runs since ${by.since}`;
}

function read(path: string): Owner | null {
  try {
    return parseOwner(readFileSync(path, 'utf8'));
  } catch {
    return null;
  }
}

/** The lock on Windows: the name of a pipe belongs to one process until that process ends. */
async function ownPipe(folder: string, me: Owner): Promise<Server> {
  const name = createHash('sha256').update(realpathSync(folder)).digest('hex').slice(0, 16);
  const path = `\\\\.\\pipe\\bogeup-lock-${name}`;
  try {
    return await listenAs(path, me);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EADDRINUSE') throw error;
    const found = await askOwner(path);
    throw new FolderInUse(inUse(folder, found === 'somebody' ? null : found, me));
  }
}
