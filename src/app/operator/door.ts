import { createHash } from 'node:crypto';
import { rmSync } from 'node:fs';
import { connect, createServer, type Socket } from 'node:net';
import { join } from 'node:path';
import { createInterface, type Interface } from 'node:readline';
import { pipeline } from 'node:stream/promises';
import { z } from 'zod';

/**
 * The operator's door: the embedded database belongs to one process, so while the bot runs, commands are carried out
 * by the bot. One JSON line asks, JSON lines answer: `{"out": "text"}` each, then `{"code": 0}`. What comes after the line
 * that asks is the content of the file that the command is about; the visitor's end of the line is its end.
 */
const request = z.object({ command: z.string(), args: z.unknown(), name: z.string() });
const answer = z.union([z.object({ out: z.string() }), z.object({ code: z.number() })]);

type DoorRequest = z.infer<typeof request>;

/** Whoever may open the data folder may come in: a socket of mode 0600 inside it. */
export function doorPath(dataDir: string): string {
  if (process.platform !== 'win32') return join(dataDir, 'operator.sock');
  return `\\\\.\\pipe\\bogeup-${createHash('sha256').update(dataDir).digest('hex').slice(0, 16)}`;
}

/**
 * Opens the door; the caller owns the data folder, so a socket lying there is of a process that died.
 * @returns the function that closes it. @throws Error when the path is too long for a socket (some 100 bytes)
 */
export async function openDoor(
  path: string,
  serve: (
    request: DoorRequest,
    out: (line: string) => void,
    attached: AsyncIterable<Uint8Array>,
  ) => Promise<number>,
): Promise<() => Promise<void>> {
  if (process.platform !== 'win32') rmSync(path, { force: true });
  const visitors = new Set<Socket>();
  const server = createServer({ allowHalfOpen: true }, (socket) => {
    visitors.add(socket);
    socket.on('close', () => visitors.delete(socket));
    socket.on('error', () => socket.destroy());
    const out = (text: string) => void socket.write(`${JSON.stringify({ out: text })}\n`);
    firstLine(socket)
      .then((line) => serve(request.parse(JSON.parse(line)), out, contentOf(socket)))
      .catch((error: unknown) => {
        out(error instanceof Error ? error.message : String(error));
        return 1;
      })
      .then((code) => {
        socket.end(`${JSON.stringify({ code })}\n`);
        socket.resume(); // what nobody read, so that the visitor is not left writing
      });
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    const mask = process.umask(0o177); // listen makes the socket before it returns
    server.listen(path, resolve);
    process.umask(mask);
  });
  return () =>
    new Promise((resolve) => {
      server.close(() => resolve());
      for (const socket of visitors) socket.destroy();
    });
}

/** The line that asks; what follows it stays to be read. */
function firstLine(socket: Socket): Promise<string> {
  return new Promise((resolve, reject) => {
    const parts: Buffer[] = [];
    const onData = (part: Buffer) => {
      const end = part.indexOf('\n');
      parts.push(end === -1 ? part : part.subarray(0, end));
      if (end === -1) return;
      socket.off('data', onData).pause();
      if (end + 1 < part.length) socket.unshift(part.subarray(end + 1));
      resolve(Buffer.concat(parts).toString());
    };
    socket.on('data', onData).once('close', () => reject(new Error('The visitor left.')));
    socket.once('end', () => reject(new Error('The visitor left.')));
  });
}

/** A reader that stops early leaves the socket open: the answer is still to be written. */
async function* contentOf(socket: Socket): AsyncGenerator<Uint8Array> {
  yield* socket.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>;
}

/** Readline passes on the errors of its input, which the socket's own listener has dealt with. */
function linesOf(socket: Socket): Interface {
  return createInterface({ input: socket }).on('error', () => undefined);
}

/**
 * Asks the process behind the door, and hands over the content that the command is about.
 * @returns its exit code, or null when nobody is there
 */
export function knock(
  path: string,
  asked: DoorRequest,
  out: (line: string) => void,
  attached?: () => AsyncIterable<Uint8Array>,
): Promise<number | null> {
  return new Promise((resolve, reject) => {
    const socket = connect(path);
    let code: number | null = null;
    let connected = false;
    socket.on('connect', () => {
      connected = true;
      socket.write(`${JSON.stringify(asked)}\n`);
      // Refused in the middle, the rest cannot be handed over: the answer says why.
      if (attached) pipeline(attached(), socket, { end: true }).catch(() => undefined);
    });
    socket.on('error', (error) => (connected ? reject(error) : resolve(null)));
    linesOf(socket)
      .on('line', (line) => {
        const message = answer.parse(JSON.parse(line));
        if ('out' in message) out(message.out);
        else code = message.code;
      })
      .on('close', () => {
        if (code !== null) resolve(code);
        else if (connected)
          reject(new Error('The bot stopped before the command was finished. Run it again.'));
      });
  });
}
