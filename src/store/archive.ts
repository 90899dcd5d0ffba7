import { createHash, randomBytes } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { mkdir, open, readdir, rename, rm, stat } from 'node:fs/promises';
import { dirname, join, relative } from 'node:path';
import { pipeline as joined, Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGunzip, createGzip } from 'node:zlib';
import { z } from 'zod';

/**
 * A backup in one file: gzip over lines of JSON (the kind of backup, each folder, each file followed by its content)
 * and a last line with the SHA-256 of everything before it. It is written completely or not at all.
 */
const header = z.object({
  format: z.literal('bogeup-backup/1'),
  kind: z.enum(['embedded', 'postgresql']),
  made: z.string(),
  version: z.string(),
});
type Header = z.infer<typeof header>;

const part = z.union([
  z.object({ folder: z.string() }),
  z.object({ file: z.string(), size: z.number().int().min(0) }),
  z.object({ sha256: z.string() }),
]);

/** The file is no backup, or it was changed or cut after it was written. */
export class ArchiveDamaged extends Error {}

export async function writeArchive(
  path: string,
  about: Omit<Header, 'format'>,
  folder: string,
): Promise<void> {
  const draft = `${path}.${randomBytes(4).toString('hex')}`;
  try {
    await pipeline(
      Readable.from(partsOf(about, folder)),
      createGzip({ level: 6 }),
      createWriteStream(draft, { mode: 0o600, flags: 'wx', flush: true }),
    );
    await rename(draft, path);
  } catch (error) {
    await rm(draft, { force: true });
    throw error;
  }
}

async function* partsOf(about: Omit<Header, 'format'>, folder: string): AsyncGenerator<Buffer> {
  const hash = createHash('sha256');
  const counted = (bytes: Buffer) => {
    hash.update(bytes);
    return bytes;
  };
  const line = (value: object) => counted(Buffer.from(`${JSON.stringify(value)}\n`));
  yield line({ format: 'bogeup-backup/1', ...about });
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  for (const entry of entries) {
    const whole = join(entry.parentPath, entry.name);
    const name = relative(folder, whole).replaceAll('\\', '/');
    if (entry.isDirectory()) yield line({ folder: name });
    if (!entry.isFile()) continue;
    const { size } = await stat(whole);
    yield line({ file: name, size });
    if (size > 0) for await (const bytes of createReadStream(whole, { end: size - 1 })) yield counted(bytes);
  }
  yield Buffer.from(`${JSON.stringify({ sha256: hash.digest('hex') })}\n`);
}

/** Reads it to its end. @returns what it is. @throws ArchiveDamaged */
export function checkArchive(path: string): Promise<Header> {
  return readArchive(path, null);
}

/** Lays out what is in it under a folder that is not there yet. @throws ArchiveDamaged */
export async function unpackArchive(path: string, folder: string): Promise<Header> {
  await mkdir(folder, { mode: 0o700 });
  return readArchive(path, folder);
}

async function readArchive(path: string, folder: string | null): Promise<Header> {
  const hash = createHash('sha256');
  // An error of the disk reaches the reader of `source`, too.
  const source = joined(createReadStream(path), createGunzip(), () => undefined);
  const input = reader(source[Symbol.asyncIterator]());
  try {
    const first = await input.line();
    const about = header.parse(JSON.parse(first));
    hash.update(`${first}\n`);
    for (;;) {
      const text = await input.line();
      const next = part.parse(JSON.parse(text));
      if ('sha256' in next) {
        if (next.sha256 !== hash.digest('hex') || (await input.more()))
          throw new Error('not as it was written');
        return about;
      }
      hash.update(`${text}\n`);
      const name = 'file' in next ? next.file : next.folder;
      if (name.startsWith('/') || name.split(/[\\/]/).includes('..'))
        throw new Error('a name that leads out');
      if ('folder' in next) {
        if (folder) await mkdir(join(folder, name), { recursive: true, mode: 0o700 });
        continue;
      }
      await copyFile(input.bytes(next.size), hash, folder && join(folder, name));
    }
  } catch (error) {
    if ((error as NodeJS.ErrnoException).syscall) throw error; // the disk failed, the content is not to blame
    throw new ArchiveDamaged(
      `${path} is no backup of Bogeup, or is damaged (${(error as Error).message.split('\n')[0]}).`,
    );
  } finally {
    source.destroy();
  }
}

async function copyFile(
  content: AsyncIterable<Buffer>,
  hash: { update(bytes: Buffer): unknown },
  to: string | null,
): Promise<void> {
  if (to) await mkdir(dirname(to), { recursive: true, mode: 0o700 });
  const handle = to ? await open(to, 'wx', 0o600) : null;
  try {
    for await (const bytes of content) {
      hash.update(bytes);
      await handle?.writeFile(bytes);
    }
    await handle?.sync();
  } finally {
    await handle?.close();
  }
}

/** How long a line of the archive may be; a real one holds a name and two figures. */
const LINE_BYTES = 65_536;

function reader(source: AsyncIterator<Buffer>) {
  let rest: Buffer = Buffer.alloc(0);
  const more = async (): Promise<boolean> => {
    while (rest.length === 0) {
      const { value, done } = await source.next();
      if (done) return false;
      rest = value;
    }
    return true;
  };
  return {
    more,
    async line(): Promise<string> {
      const parts: Buffer[] = [];
      for (let length = 0; length < LINE_BYTES && (await more()); ) {
        const end = rest.indexOf('\n');
        const piece = rest.subarray(0, end === -1 ? undefined : end);
        parts.push(piece);
        length += piece.length;
        rest = rest.subarray(end === -1 ? rest.length : end + 1);
        if (end !== -1) return Buffer.concat(parts).toString();
      }
      throw new Error('it ends too early');
    },
    async *bytes(size: number): AsyncGenerator<Buffer> {
      for (let left = size; left > 0; ) {
        if (!(await more())) throw new Error('it ends too early');
        const piece = rest.subarray(0, left);
        rest = rest.subarray(piece.length);
        left -= piece.length;
        yield piece;
      }
    },
  };
}
