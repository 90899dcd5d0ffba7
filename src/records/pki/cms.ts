import { hash, type KeyObject, sign } from 'node:crypto';
import { type Asn1, bytesOf, CONTEXT_SPECIFIC, children, encode, parse, timeOf } from './asn1.ts';
import { type Der, der, derBytes, derTime, objectId, sequence, TAG } from './der.ts';

/**
 * The one form of CMS SignedData (RFC 5652) that a licence has: content inside, one signer identified by issuer and
 * serial number, the signer's certificate included, SHA-256 with RSA PKCS #1 v1.5, signed attributes contentType,
 * signingTime and messageDigest. Because the form is fixed, a file can be rebuilt from its parts and compared.
 */
interface CmsParts {
  content: Buffer;
  /** X.509 certificate of the signer, DER. */
  certificate: Buffer;
  /** Written in whole seconds. */
  signingTime: Date;
}

export interface SignedCmsParts extends CmsParts {
  /** DER SET OF Attribute: the bytes that are signed. (The file has the same members under tag [0].) */
  signedAttributes: Buffer;
  signature: Buffer;
}

/** Makes the signature over the signed attributes. */
type Sign = (attributes: Buffer) => Buffer;

/** RSA PKCS #1 v1.5 with SHA-256, by OpenSSL through node:crypto: node-forge takes 60 times as long. */
export function signWith(key: KeyObject): Sign {
  return (attributes) => sign('sha256', attributes, key);
}

/** The path to each part, child by child, from ContentInfo through [0] to SignedData. */
const CONTENT = [1, 0, 2, 1, 0];
const CERTIFICATE = [1, 0, 3, 0];
const ATTRIBUTES = [1, 0, 4, 0, 3];
const SIGNATURE = [1, 0, 4, 0, 5];

const SIGNED_DATA = derBytes(objectId('1.2.840.113549.1.7.2'));
const DATA = derBytes(objectId('1.2.840.113549.1.7.1'));
const SIGNING_TIME = derBytes(objectId('1.2.840.113549.1.9.5'));
const MESSAGE_DIGEST = derBytes(objectId('1.2.840.113549.1.9.4'));
const CONTENT_TYPE_DATA = derBytes(attribute(objectId('1.2.840.113549.1.9.3'), DATA));
const VERSION_1 = derBytes(der(TAG.INTEGER, Buffer.from([1])));
const SHA256 = algorithm('2.16.840.1.101.3.4.2.1');
const RSA = algorithm('1.2.840.113549.1.1.1');

/**
 * The DER file, with the signature that `makeSignature` returns. The certificate and its issuer's name are copied byte
 * for byte: written anew, a Korean name or a name with several values would differ.
 * @throws Error when the certificate is no certificate.
 */
export function writeCms({ content, certificate, signingTime }: CmsParts, makeSignature: Sign): Buffer {
  // DER sorts a SET by the bytes of its members. These three always come in this order.
  const attributes = [
    CONTENT_TYPE_DATA,
    attribute(SIGNING_TIME, derTime(signingTime)),
    attribute(MESSAGE_DIGEST, der(TAG.OCTET_STRING, hash('sha256', content, 'buffer'))),
  ];
  const signature = makeSignature(derBytes(der(TAG.SET, ...attributes)));
  const signer = sequence(
    VERSION_1,
    issuerAndSerial(certificate),
    SHA256,
    der(TAG.CONTEXT_0, ...attributes),
    RSA,
    der(TAG.OCTET_STRING, signature),
  );
  const signedData = sequence(
    VERSION_1,
    der(TAG.SET, SHA256),
    sequence(DATA, der(TAG.CONTEXT_0, der(TAG.OCTET_STRING, content))),
    der(TAG.CONTEXT_0, certificate),
    der(TAG.SET, signer),
  );
  return derBytes(sequence(SIGNED_DATA, der(TAG.CONTEXT_0, signedData)));
}

function algorithm(id: string): Buffer {
  return derBytes(sequence(objectId(id), der(TAG.NULL)));
}

function attribute(type: Der, value: Der): Der {
  return sequence(type, der(TAG.SET, value));
}

const names = new WeakMap<Buffer, Buffer>();

/** Identifies a certificate as CMS does, by issuer and serial number. The signer's is taken apart only once. */
function issuerAndSerial(certificate: Buffer): Buffer {
  const known = names.get(certificate);
  if (known) return known;
  const parts = children(children(parse(certificate))[0]);
  // The version, [0], is left out of version 1 certificates.
  const first = parts[0]?.tagClass === CONTEXT_SPECIFIC ? 1 : 0;
  const [serial, , issuer] = parts.slice(first);
  if (!serial || !issuer) throw new Error('ASN.1: no certificate');
  const name = derBytes(sequence(encode(issuer), encode(serial)));
  names.set(certificate, name);
  return name;
}

/**
 * Finds the parts by their place alone. It verifies nothing, and may accept an encoding that is not DER.
 * @throws Error when the bytes are no ASN.1 or lack one of the parts.
 */
export function readCms(file: Buffer): SignedCmsParts {
  const envelope = parse(file);
  const attributes = at(envelope, ATTRIBUTES);
  return {
    content: bytesOf(at(envelope, CONTENT)),
    certificate: encode(at(envelope, CERTIFICATE)),
    signingTime: timeOf(at(attributes, [1, 1, 0])),
    signedAttributes: derBytes(der(TAG.SET, ...children(attributes).map(encode))),
    signature: bytesOf(at(envelope, SIGNATURE)),
  };
}

/**
 * Whether the signed attributes match the content and the file contains nothing besides its parts. Together with a
 * valid signature over `signedAttributes` this means that every byte is as it was signed: the unsigned frame
 * (versions, algorithm names, lengths) is compared too.
 */
export function isWhole(file: Buffer, parts: SignedCmsParts): boolean {
  return writeCms(parts, () => parts.signature).equals(file);
}

/** @throws Error when there is nothing at this place. */
function at(node: Asn1, path: number[]): Asn1 {
  return path.reduce((parent, index) => {
    const child = children(parent)[index];
    if (!child) throw new Error(`ASN.1: nothing at ${path.join('.')}`);
    return child;
  }, node);
}
