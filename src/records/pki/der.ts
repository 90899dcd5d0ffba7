import forge from 'node-forge';

/** The first byte of a value: its class, whether it contains other values, and its type. Source: X.690, 8.1.2. */
export const TAG = {
  BOOLEAN: 0x01,
  INTEGER: 0x02,
  BIT_STRING: 0x03,
  OCTET_STRING: 0x04,
  NULL: 0x05,
  OID: 0x06,
  UTF8_STRING: 0x0c,
  UTC_TIME: 0x17,
  GENERALIZED_TIME: 0x18,
  BMP_STRING: 0x1e,
  SEQUENCE: 0x30,
  SET: 0x31,
  /** [6] of GeneralName: a URI. */
  URI: 0x86,
  CONTEXT_0: 0xa0,
  CONTEXT_3: 0xa3,
} as const;

/** A value in DER, or bytes that are DER already. */
export type Der = Nested | Buffer;

interface Nested {
  tag: (typeof TAG)[keyof typeof TAG];
  content: readonly Der[];
  /** Of the content, in bytes. */
  size: number;
  /** With tag and length. */
  length: number;
}

/**
 * A value that `derBytes` writes. However deep values are nested, their bytes are written once, into one buffer;
 * node-forge writes one character per byte.
 */
export function der(tag: Nested['tag'], ...content: readonly Der[]): Nested {
  let size = 0;
  for (const part of content) size += part.length;
  return { tag, content, size, length: 2 + bytesFor(size) + size };
}

export function derBytes(value: Der): Buffer {
  const bytes = Buffer.allocUnsafe(value.length);
  write(value, bytes, 0);
  return bytes;
}

/** @returns where the next value begins */
function write(value: Der, bytes: Buffer, start: number): number {
  if (Buffer.isBuffer(value)) {
    bytes.set(value, start);
    return start + value.length;
  }
  const { tag, content, size } = value;
  const sizes = bytesFor(size);
  bytes[start] = tag;
  // A length up to 127 is one byte; a longer one begins with the number of bytes that follow. Source: X.690, 8.1.3.
  bytes[start + 1] = sizes === 0 ? size : 0x80 | sizes;
  if (sizes > 0) bytes.writeUIntBE(size, start + 2, sizes);
  let at = start + 2 + sizes;
  for (const part of content) at = write(part, bytes, at);
  return at;
}

/** How many bytes a length takes besides the first one. */
function bytesFor(length: number): number {
  if (length < 0x80) return 0;
  let bytes = 1;
  while (length >= 256 ** bytes) bytes++;
  return bytes;
}

export const sequence = (...members: readonly Der[]): Nested => der(TAG.SEQUENCE, ...members);

/** @param dotted for example 1.2.840.113549 */
export function objectId(dotted: string): Nested {
  return der(TAG.OID, Buffer.from(forge.asn1.oidToDer(dotted).getBytes(), 'latin1'));
}

/** UTCTime before 2050, GeneralizedTime from 2050 on, in whole seconds: RFC 5280, 4.1.2.5; RFC 5652, 11.3. */
export function derTime(at: Date): Nested {
  const digits = `${at.toISOString().replace(/\D/g, '').slice(0, 14)}Z`;
  return at.getUTCFullYear() < 2050
    ? der(TAG.UTC_TIME, Buffer.from(digits.slice(2)))
    : der(TAG.GENERALIZED_TIME, Buffer.from(digits));
}
