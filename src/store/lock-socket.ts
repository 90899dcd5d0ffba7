import { closeSync, constants, openSync, readFileSync, readlinkSync } from 'node:fs';
import { connect, createServer, type Server } from 'node:net';
import { hostname } from 'node:os';
import { basename, dirname, join, relative } from 'node:path';
import { z } from 'zod';

/**
 * A lock that the system keeps: a socket that a process listens on. It answers while the process lives, in whatever
 * container, and refuses once the process is gone, however it went; no process number is ever asked.
 */
const owner = z.object({
  pid: z.number(),
  /** Numbers of processes mean something within one of these only. */
  pidSpace: z.string(),
  host: z.string(),
  /** Of the running kernel: containers of one machine share it. */
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

/** Listens, and tells who asks who it is that holds the lock. It keeps no process running. */
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

/** How long the system may take to say who holds a lock; that somebody does is known at once. */
const TELL_MS = 1000;

/** @returns who listens there, 'somebody' when the process does not say, null when nobody does */
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

/** What the address of a socket may hold, of all systems the least. */
const ADDRESS_BYTES = 100;

/** A path that is too long for a socket, by a way that is short enough. */
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
