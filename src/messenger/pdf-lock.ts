import { createCipheriv, createHash } from 'node:crypto';

/**
 * Whether a PDF asks for a password before it is shown (ISO 32000-2, 7.6.4). A PDF that is only locked against printing
 * or editing opens with an empty password, which is tried here. A PDF that cannot be parsed does not count as locked.
 */
export function needsPassword(bytes: Uint8Array): boolean {
  const pdf = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('latin1');
  // The newest trailer is the last one. Neither it nor the dictionary may be in a compressed object.
  const [, id, direct] =
    [...pdf.matchAll(/\/Encrypt\s{0,20}(?:(\d{1,10}\s{1,20}\d{1,5})\s{1,20}R\b|(<<))/g)].at(-1) ?? [];
  if (id === undefined && direct === undefined) return false;
  const at = id === undefined ? pdf.lastIndexOf('/Encrypt') : objectAt(pdf, id);
  if (at < 0) return false;
  const dictionary = pdf.slice(at, at + 4096);
  const filter = /\/Filter\s*\/([\w.#-]+)/.exec(dictionary)?.[1];
  if (filter !== 'Standard') return filter !== undefined; // locked by certificate, or by another program
  const number = (name: string, otherwise: number) =>
    Number(new RegExp(`/${name}\\s+(-?\\d+)`).exec(dictionary)?.[1] ?? otherwise);
  const [user, owner] = [stringOf(dictionary, 'U'), stringOf(dictionary, 'O')];
  if (!user || !owner) return false;
  const revision = number('R', 0);
  if (revision >= 5) return !opensByHash(user, revision);
  const documentId = /\/ID\s*\[/.test(pdf) ? stringOf(pdf.slice(pdf.search(/\/ID\s*\[/)), 'ID\\s*\\[') : null;
  const permissions = Buffer.alloc(4);
  permissions.writeInt32LE(number('P', 0) | 0);
  const key = emptyKey({
    revision,
    owner,
    permissions,
    documentId: documentId ?? Buffer.alloc(0),
    length: number('V', 0) === 1 ? 5 : number('V', 0) === 4 ? 16 : number('Length', 40) / 8,
    metadata: !/\/EncryptMetadata\s+false/.test(dictionary),
  });
  return !opensByKey(key, user, revision, documentId ?? Buffer.alloc(0));
}

function objectAt(pdf: string, id: string): number {
  const [number, generation] = id.split(/\s+/);
  const found = [
    ...pdf.matchAll(new RegExp(`(?<!\\d)${number}\\s{1,20}${generation}\\s{1,20}obj\\b`, 'g')),
  ].at(-1);
  return found ? found.index : -1;
}

/** The standard bytes with which every password is padded; an empty password consists of them. */
const PADDING = Buffer.from('28bf4e5e4e758a4164004e56fffa01082e2e00b6d0683e802f0ca9fe6453697a', 'hex');

interface KeyParts {
  revision: number;
  owner: Buffer;
  permissions: Buffer;
  documentId: Buffer;
  length: number;
  metadata: boolean;
}

function emptyKey({ revision, owner, permissions, documentId, length, metadata }: KeyParts): Buffer {
  const more = revision >= 4 && !metadata ? Buffer.alloc(4, 0xff) : Buffer.alloc(0);
  let key = md5(Buffer.concat([PADDING, owner.subarray(0, 32), permissions, documentId, more]));
  const size = Math.min(Math.max(Math.floor(length), 5), 16);
  if (revision >= 3) for (let n = 0; n < 50; n += 1) key = md5(key.subarray(0, size));
  return key.subarray(0, size);
}

function opensByKey(key: Buffer, user: Buffer, revision: number, documentId: Buffer): boolean {
  if (revision < 3) return rc4(key, PADDING).equals(user.subarray(0, 32));
  let sealed: Buffer = md5(Buffer.concat([PADDING, documentId]));
  for (let n = 0; n < 20; n += 1) sealed = rc4(Buffer.from(key.map((byte) => byte ^ n)), sealed);
  return sealed.equals(user.subarray(0, 16));
}

/** From revision 5 on the entry is a hash, followed by its salt. */
function opensByHash(user: Buffer, revision: number): boolean {
  const salt = user.subarray(32, 40);
  return (revision === 5 ? sha(256, salt) : hardHash(salt)).equals(user.subarray(0, 32));
}

/** The hash of an empty password by algorithm 2.B of the standard. */
function hardHash(salt: Buffer): Buffer {
  let key = sha(256, salt);
  for (let round = 0, last = 0; round < 64 || last > round - 32; round += 1) {
    const cipher = createCipheriv('aes-128-cbc', key.subarray(0, 16), key.subarray(16, 32)).setAutoPadding(
      false,
    );
    const sealed = cipher.update(Buffer.concat(Array<Buffer>(64).fill(key)));
    const rest = sealed.subarray(0, 16).reduce((sum, byte) => sum + byte, 0) % 3;
    key = sha(([256, 384, 512] as const)[rest] ?? 256, sealed);
    last = sealed.at(-1) ?? 0;
  }
  return key.subarray(0, 32);
}

function md5(bytes: Buffer): Buffer {
  return createHash('md5').update(bytes).digest();
}

function sha(bits: 256 | 384 | 512, bytes: Buffer): Buffer {
  return createHash(`sha${bits}`).update(bytes).digest();
}

function rc4(key: Buffer, bytes: Buffer): Buffer {
  const box = Array.from({ length: 256 }, (_, n) => n);
  const swap = (a: number, b: number) => ([box[a], box[b]] = [box[b] ?? 0, box[a] ?? 0]);
  for (let i = 0, j = 0; i < 256; i += 1) {
    j = (j + (box[i] ?? 0) + (key[i % key.length] ?? 0)) % 256;
    swap(i, j);
  }
  let [i, j] = [0, 0];
  return Buffer.from(
    bytes.map((byte) => {
      i = (i + 1) % 256;
      j = (j + (box[i] ?? 0)) % 256;
      swap(i, j);
      return byte ^ (box[((box[i] ?? 0) + (box[j] ?? 0)) % 256] ?? 0);
    }),
  );
}

const ESCAPES: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t', b: '\b', f: '\f' };

/** The string after a name in a dictionary, written as `(…)` or as `<hex>`. */
function stringOf(text: string, name: string): Buffer | null {
  const start = new RegExp(`/${name}\\s*(?=[(<])`).exec(text);
  if (!start) return null;
  const rest = text.slice(start.index + start[0].length, start.index + start[0].length + 1024);
  if (rest[0] === '<') return Buffer.from(/^<([^>]*)>/.exec(rest)?.[1]?.replace(/\s/g, '') ?? '', 'hex');
  const whole = literalOf(rest);
  const plain = whole.replace(/\\(?:([0-7]{1,3})|(\r\n|[\s\S]))/g, (_all, octal?: string, sign = '') =>
    octal === undefined
      ? /[\r\n]/.test(sign)
        ? ''
        : (ESCAPES[sign] ?? sign)
      : String.fromCharCode(Number.parseInt(octal, 8) & 0xff),
  );
  return Buffer.from(plain, 'latin1');
}

/** The text between a bracket and its matching closing bracket. */
function literalOf(rest: string): string {
  let depth = 0;
  for (let at = 0; at < rest.length; at += 1) {
    if (rest[at] === '\\') at += 1;
    else if (rest[at] === '(') depth += 1;
    else if (rest[at] === ')') {
      depth -= 1;
      if (depth === 0) return rest.slice(1, at);
    }
  }
  return '';
}
