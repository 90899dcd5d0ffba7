import { closeSync, constants, openSync, readFileSync, readlinkSync } from 'node:fs';
import { connect, createServer, type Server } from 'node:net';
import { hostname } from 'node:os';
import { basename, dirname, join, relative } from 'node:path';
import { z } from 'zod';

/**
 * A lock that the operating system keeps: a socket on which a process listens. It answers while the process lives, in
 * any container of the machine, and refuses connections once the process has ended, however it ended. Process numbers
 * are only told to people; the lock does not depend on them.
 */
const owner = z.object({
  pid: z.number(),
  /** The PID namespace: a process number is valid in one of these only. */
  pidSpace: z.string(),
  host: z.string(),
  /** The boot id of the running kernel: containers of one machine share it. */
  boot: z.string(),
  since: z.string(),
});
export type Owner = z.infer<typeof owner>;

export function thisProcess(): Owner {
  return {
    pid: process.pid,
    pidSpace: attempt(() => readlinkSync('/proc/self/ns/pid')) ?? '',
    host: hostname(),
    boot: attempt(() => readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim()) ?? '',
    since: new Date(Date.now() - process.uptime() * 1000).toISOString(),
  };
}

/** Listens on `path` and tells every caller who holds the lock. The socket does not keep the process running. */
export async function listenAs(path: string, me: Owner): Promise<Server> {
  const server = createServer((socket) => {
    socket.on('error', () => socket.destroy());
    socket.end(JSON.stringify(me));
  });
  const { short, done } = shortened(path);
  try {
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject);
      server.listen(short, resolve);
    });
  } finally {
    done();
  }
  server.unref();
  server.on('error', () => undefined);
  return server;
}

/** How long the owner may take to say who it is; that there is an owner is known at once. */
const TELL_MS = 1000;

/** @returns the process that listens there, 'somebody' when it does not say who it is, null when none listens */
export function askOwner(path: string): Promise<Owner | 'somebody' | null> {
  const { short, done } = shortened(path);
  return new Promise<Owner | 'somebody' | null>((resolve, reject) => {
    let text = '';
    let connected = false;
    const socket = connect(short);
    const told = () => resolve(parseOwner(text) ?? 'somebody');
    socket.setTimeout(TELL_MS, () => {
      told();
      socket.destroy();
    });
    socket.on('connect', () => {
      connected = true;
    });
    socket.on('data', (part) => {
      text += part;
    });
    socket.on('error', (error: NodeJS.ErrnoException) => {
      if (connected || error.code === 'EAGAIN' || error.code === 'ECONNRESET') told();
      else if (error.code === 'ECONNREFUSED' || error.code === 'ENOENT') resolve(null);
      else reject(error);
    });
    socket.on('close', told);
  }).finally(done);
}

export function parseOwner(text: string): Owner | null {
  const parsed = owner.safeParse(attempt(() => JSON.parse(text)));
  return parsed.success ? parsed.data : null;
}

/** How long the path of a socket may be: the smallest limit of all systems. */
const ADDRESS_BYTES = 100;

/** Another way to write a path that is too long for a socket: relative, or through an open folder in /proc. */
function shortened(path: string): { short: string; done: () => void } {
  const ways = process.platform === 'win32' ? [path] : [path, relative(process.cwd(), path)];
  const short = ways.find((way) => Buffer.byteLength(way) <= ADDRESS_BYTES);
  if (short || process.platform !== 'linux') return { short: short ?? path, done: () => undefined };
  const folder = openSync(dirname(path), constants.O_RDONLY | constants.O_DIRECTORY);
  return { short: join(`/proc/self/fd/${folder}`, basename(path)), done: () => closeSync(folder) };
}

function attempt<T>(look: () => T): T | null {
  try {
    return look();
  } catch {
    return null;
  }
}
