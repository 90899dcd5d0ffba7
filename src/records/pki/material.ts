import { type Asn1, children, INTEGER, isType, numberOf, OCTETSTRING, OID, parse, SEQUENCE } from './asn1.ts';

/** A CMS file with a chain has about 8 KB. Larger files are not read. */
export const MAX_BYTES = 64 * 1024;

/**
 * Reads DER from what people have: DER, PEM, or base64 that was mailed or pasted. Of several PEM parts the first
 * counts. Null when it is none of these.
 */
export function toDer(bytes: Buffer): Buffer | null {
  if (bytes[0] === 0x30) return bytes;
  const text = bytes.toString('latin1').replace(/^\u00ef\u00bb\u00bf/, '');
  const armoured = /-----BEGIN [^-]+-----([^-]+)-----END [^-]+-----/.exec(text)?.[1] ?? text;
  const base64 = armoured.replace(/\s/g, '');
  const decoded = Buffer.from(base64, 'base64');
  return decoded[0] === 0x30 && decoded.toString('base64') === base64 ? decoded : null;
}

/** All certificates or CRLs of a file, in DER: one DER value, or every PEM part with this label. */
export function allDer(bytes: Buffer, label: RegExp): Buffer[] {
  if (bytes[0] === 0x30) return [bytes];
  const parts = bytes.toString('latin1').matchAll(/-----BEGIN ([^-]+)-----([^-]+)-----END \1-----/g);
  return Array.from(parts).flatMap(([, name = '', body = '']) =>
    label.test(name) ? [Buffer.from(body, 'base64')] : [],
  );
}

const KEY_ARMOUR = /-----BEGIN [A-Z0-9 ]*PRIVATE KEY-----/;
const KEY_NAME = /\.(key|p12|pfx|jks|ppk|pvk)$|^signpri/i;
const JAVA_KEYSTORE = Buffer.from('feedfeed', 'hex');

/**
 * Whether a file contains a private key, or by its name may contain one: PKCS #1, #8 (plain or encrypted), #12, SEC
 * 1, a Java key store. Checked before anything else, so that no key is ever stored.
 */
export function isPrivateKey(bytes: Buffer, fileName = ''): boolean {
  if (KEY_NAME.test(fileName.trim()) || bytes.subarray(0, 4).equals(JAVA_KEYSTORE)) return true;
  if (KEY_ARMOUR.test(bytes.toString('latin1'))) return true;
  const der = toDer(bytes.subarray(0, MAX_BYTES));
  try {
    return der !== null && hasKeyShape(parse(der));
  } catch {
    return false;
  }
}

function hasKeyShape(node: Asn1): boolean {
  if (!isType(node, SEQUENCE)) return false;
  const [first, second, third] = children(node);
  if (isType(first, SEQUENCE)) {
    // EncryptedPrivateKeyInfo consists of algorithm and bytes only.
    return isType(children(first)[0], OID) && isType(second, OCTETSTRING) && third === undefined;
  }
  if (!isType(first, INTEGER)) return false;
  if (isType(second, OCTETSTRING)) return true; // SEC 1
  if (isType(second, INTEGER)) return isType(third, INTEGER); // PKCS #1
  if (!isType(second, SEQUENCE)) return false;
  return isType(third, OCTETSTRING) || numberOf(first) === 3; // PKCS #8, PKCS #12
}
