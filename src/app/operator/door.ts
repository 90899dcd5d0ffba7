import { createHash } from 'node:crypto';
import { rmSync } from 'node:fs';
import { connect, createServer, type Socket } from 'node:net';
import { join } from 'node:path';
import { createInterface, type Interface } from 'node:readline';
import { pipeline } from 'node:stream/promises';
import { z } from 'zod';

/**
 * The operator's door: the embedded database belongs to one process, so while the bot runs, it carries out the commands
 * that another process (the visitor) sends to this socket. The request is one JSON line; the answer is lines of
 * `{"out": "text"}` and then `{"code": 0}`. After the request line the visitor may send the content of the file that
 * the command is about; it ends when the visitor closes its side.
 */
const request = z.object({ command: z.string(), args: z.unknown(), name: z.string() });
const answer = z.union([z.object({ out: z.string() }), z.object({ code: z.number() })]);

type DoorRequest = z.infer<typeof request>;

/** The socket is in the data folder and has mode 0600: only the account that owns the folder can connect. */
export function doorPath(dataDir: string): string {
  if (process.platform !== 'win32') return join(dataDir, 'operator.sock');
  return `\\\\.\\pipe\\bogeup-${createHash('sha256').update(dataDir).digest('hex').slice(0, 16)}`;
}

/**
 * Opens the door. The caller holds the folder's lock, so a socket found there was left by a process that died.
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
        socket.resume(); // discards unread content, so that the visitor does not wait for ever to write it
      });
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    const mask = process.umask(0o177); // listen creates the socket file before it returns, with this mode
    server.listen(path, resolve);
    process.umask(mask);
  });
  return () =>
    new Promise((resolve) => {
      server.close(() => resolve());
      for (const socket of visitors) socket.destroy();
    });
}

/** Reads the request line; the content after it is left in the socket. */
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

/** The content after the request line. When its reader stops early, the socket stays open for the answer. */
async function* contentOf(socket: Socket): AsyncGenerator<Uint8Array> {
  yield* socket.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>;
}

/** The lines of the answer. Readline repeats the socket's errors, which the socket's own listener handles. */
function linesOf(socket: Socket): Interface {
  return createInterface({ input: socket }).on('error', () => undefined);
}

/**
 * Sends a command, and the content that it is about, to the process behind the door.
 * @returns the command's exit code, or null when no process listens there
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
      // When the bot refuses in the middle, the rest cannot be sent; the answer says why.
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
