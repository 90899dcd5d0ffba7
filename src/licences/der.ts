/**
 * DER in little: enough to write and read a licence's CMS envelope and nothing more. node-forge's ASN.1 is not
 * used for this because it writes anew what it read: a UTF8String name (every Korean one) comes out encoded
 * twice, a padded serial number shortened, and then the envelope names a signer that does not exist. Here what
 * was read stays as bytes.
 */

export const TAG = {
  integer: 0x02,
  octetString: 0x04,
  null: 0x05,
  oid: 0x06,
  utcTime: 0x17,
  generalizedTime: 0x18,
  sequence: 0x30,
  set: 0x31,
  context0: 0xa0,
} as const;

/** One value: its tag byte, its content, and the whole of it as it stood in the file. */
export interface Der {
  tag: number;
  content: Buffer;
  whole: Buffer;
}

export function der(tag: number, ...parts: Uint8Array[]): Buffer {
  const length = parts.reduce((sum, part) => sum + part.length, 0);
  return Buffer.concat([Buffer.from([tag, ...derLength(length)]), ...parts]);
}

function derLength(length: number): number[] {
  if (length < 0x80) return [length];
  const digits: number[] = [];
  for (let rest = length; rest > 0; rest = Math.floor(rest / 256)) digits.unshift(rest % 256);
  return [0x80 | digits.length, ...digits];
}

/** Dotted OID to DER, e.g. `1.2.840.113549.1.7.2`. */
export function derOid(dotted: string): Buffer {
  const [first = 0, second = 0, ...arcs] = dotted.split('.').map(Number);
  return der(TAG.oid, Buffer.from([first * 40 + second, ...arcs.flatMap(base128)]));
}

function base128(arc: number): number[] {
  const digits = [arc % 128];
  for (let rest = Math.floor(arc / 128); rest > 0; rest = Math.floor(rest / 128))
    digits.unshift(0x80 | (rest % 128));
  return digits;
}

/** Time in whole seconds as X.509 and CMS want it: UTCTime to 2049, GeneralizedTime from 2050. */
export function derTime(at: Date): Buffer {
  const digits = `${at
    .toISOString()
    .replace(/\.\d+Z$/, '')
    .replace(/\D/g, '')}Z`;
  const short = at.getUTCFullYear() < 2050;
  return der(short ? TAG.utcTime : TAG.generalizedTime, Buffer.from(short ? digits.slice(2) : digits));
}

/**
 * The one value that fills `bytes`. Strict: lengths must be definite and minimal, tags one byte.
 * @throws Error when the bytes are anything else.
 */
export function readDer(bytes: Buffer): Der {
  const value = readOne(bytes, 0);
  if (value.whole.length !== bytes.length) throw new Error('DER: not exactly one value');
  return value;
}

/** The values inside a SEQUENCE, SET or context tag. @throws Error when the tag or a value is not as it must be. */
export function readInside(value: Der | undefined, tag: number): Der[] {
  return readAll(expectTag(value, tag).content);
}

/** @throws Error when there is no such value or it is of another kind. */
export function expectTag(value: Der | undefined, tag: number): Der {
  if (value?.tag !== tag) throw new Error(`DER: expected tag ${tag}, found ${value?.tag ?? 'nothing'}`);
  return value;
}

function readAll(bytes: Buffer): Der[] {
  const values: Der[] = [];
  for (let at = 0; at < bytes.length; ) {
    const value = readOne(bytes, at);
    values.push(value);
    at += value.whole.length;
  }
  return values;
}

function readOne(bytes: Buffer, at: number): Der {
  const tag = bytes[at] ?? 0;
  const first = bytes[at + 1] ?? 0x80;
  const lengthBytes = first < 0x80 ? 0 : first - 0x80;
  const start = at + 2 + lengthBytes;
  if ((tag & 0x1f) === 0x1f || first === 0x80 || lengthBytes > 4 || start > bytes.length) {
    throw new Error('DER: unreadable tag or length');
  }
  const length = lengthBytes === 0 ? first : bytes.readUIntBE(at + 2, lengthBytes);
  const end = start + length;
  if (end > bytes.length || derLength(length).length !== 1 + lengthBytes)
    throw new Error('DER: wrong length');
  return { tag, content: bytes.subarray(start, end), whole: bytes.subarray(at, end) };
}
