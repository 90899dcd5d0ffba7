import forge from 'node-forge';

/** Reads ASN.1 with node-forge. Every reader throws rather than guesses, and none assumes that a part is present. */
export type Asn1 = forge.asn1.Asn1;

export const { UNIVERSAL, CONTEXT_SPECIFIC } = forge.asn1.Class;
export const { SEQUENCE, SET, INTEGER, OID, OCTETSTRING, NULL, BOOLEAN } = forge.asn1.Type;

/** As node-forge documents it; its types know only `strict`. */
const fromDer = forge.asn1.fromDer as unknown as (
  bytes: string,
  options: { strict: boolean; parseAllBytes: boolean; decodeBitStrings: boolean },
) => Asn1;

/**
 * The one value that fills `bytes`. Indefinite lengths (BER) are read too. @throws Error when there is no such value
 */
export function parse(bytes: Buffer): Asn1 {
  return fromDer(bytes.toString('latin1'), { strict: true, parseAllBytes: true, decodeBitStrings: false });
}

/** The node in DER. A node that was read from DER gives the same bytes. */
export function encode(node: Asn1): Buffer {
  return Buffer.from(forge.asn1.toDer(node).getBytes(), 'latin1');
}

export function isType(node: Asn1 | undefined, type: forge.asn1.Type): node is Asn1 {
  return node?.tagClass === UNIVERSAL && node.type === type;
}

/** @throws Error unless the node is universal and of this type */
export function expect(node: Asn1 | undefined, type: forge.asn1.Type): Asn1 {
  if (!isType(node, type)) throw new Error(`ASN.1: expected type ${type}`);
  return node;
}

/** @throws Error when the node is primitive */
export function children(node: Asn1 | undefined): Asn1[] {
  if (!node || !Array.isArray(node.value)) throw new Error('ASN.1: expected a constructed value');
  return node.value;
}

/** The members of a SEQUENCE or SET. @throws Error */
export function members(node: Asn1 | undefined, type: forge.asn1.Type = SEQUENCE): Asn1[] {
  return children(expect(node, type));
}

/** The child tagged [tag], if there is one. */
export function tagged(nodes: readonly Asn1[], tag: number): Asn1 | undefined {
  return nodes.find((node) => node.tagClass === CONTEXT_SPECIFIC && (node.type as number) === tag);
}

/** @throws Error when the node is constructed */
export function bytesOf(node: Asn1 | undefined): Buffer {
  if (typeof node?.value !== 'string') throw new Error('ASN.1: expected a primitive value');
  return Buffer.from(node.value, 'latin1');
}

/** The content of an OCTET STRING, also of one that BER splits into pieces. @throws Error */
export function octetsOf(node: Asn1 | undefined): Buffer {
  const string = expect(node, OCTETSTRING);
  return string.constructed ? Buffer.concat(children(string).map(octetsOf)) : bytesOf(string);
}

/** The content of a BIT STRING that consists of whole bytes. @throws Error */
export function bitsOf(node: Asn1 | undefined): Buffer {
  const bytes = bytesOf(expect(node, forge.asn1.Type.BITSTRING));
  if (bytes[0] !== 0) throw new Error('ASN.1: a BIT STRING that is not of whole bytes');
  return bytes.subarray(1);
}

/** The OID in dotted form. @throws Error */
export function oidOf(node: Asn1 | undefined): string {
  return forge.asn1.derToOid(bytesOf(expect(node, OID)).toString('latin1'));
}

/** Upper-case hex without leading zeros, the form in which serial numbers are compared. @throws Error */
export function serialOf(node: Asn1 | undefined): string {
  const hex = bytesOf(expect(node, INTEGER)).toString('hex').toUpperCase().replace(/^0+/, '');
  return hex === '' ? '0' : hex;
}

/** The value of a small INTEGER. @throws Error */
export function numberOf(node: Asn1 | undefined): number {
  return Number.parseInt(serialOf(node), 16);
}

/** The instant of a UTCTime or GeneralizedTime. @throws Error */
export function timeOf(node: Asn1 | undefined): Date {
  const text = bytesOf(node).toString('latin1');
  if (isType(node, forge.asn1.Type.UTCTIME)) return forge.asn1.utcTimeToDate(text);
  return forge.asn1.generalizedTimeToDate(bytesOf(expect(node, forge.asn1.Type.GENERALIZEDTIME)).toString());
}

const utf8 = new TextDecoder('utf-8', { fatal: true });
const korean = new TextDecoder('euc-kr');

/**
 * A character string in NFC. Korean names are UTF8String or BMPString (forge has decoded the latter already); older
 * certificates put EUC-KR into any string type.
 */
export function textOf(node: Asn1 | undefined): string {
  if (isType(node, forge.asn1.Type.BMPSTRING)) return String(node.value).normalize('NFC');
  const bytes = bytesOf(node);
  try {
    return utf8.decode(bytes).normalize('NFC');
  } catch {
    return korean.decode(bytes).normalize('NFC');
  }
}
