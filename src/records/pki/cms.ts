import { hash } from 'node:crypto';
import { type Asn1, bytesOf, CONTEXT_SPECIFIC, children, encode, parse, timeOf } from './asn1.ts';
import { der, derTime, objectId, sequence, TAG } from './der.ts';

/**
 * The one shape of CMS SignedData (RFC 5652) that a licence has: content inside, one signer named by issuer and
 * serial number, his certificate included, SHA-256 with RSA PKCS #1 v1.5, signed attributes contentType,
 * signingTime and messageDigest. Since the shape is fixed, an envelope can be rebuilt from its parts and compared.
 */
interface CmsParts {
  content: Buffer;
  /** X.509 certificate of the signer, DER. */
  certificate: Buffer;
  /** Cut to whole seconds when written. */
  signingTime: Date;
}

export interface SignedCmsParts extends CmsParts {
  /** DER SET OF Attribute: the bytes that are signed (in the envelope the same members stand under tag [0]). */
  signedAttributes: Buffer;
  signature: Buffer;
}

/** From the SHA-256 of the signed attributes to the RSA PKCS #1 v1.5 signature. */
export type SignDigest = (digest: Buffer) => Buffer;

/** The way down to each part, child by child, from ContentInfo through [0] to SignedData. */
const CONTENT = [1, 0, 2, 1, 0];
const CERTIFICATE = [1, 0, 3, 0];
const ATTRIBUTES = [1, 0, 4, 0, 3];
const SIGNATURE = [1, 0, 4, 0, 5];

const SIGNED_DATA = objectId('1.2.840.113549.1.7.2');
const DATA = objectId('1.2.840.113549.1.7.1');
const CONTENT_TYPE = objectId('1.2.840.113549.1.9.3');
const MESSAGE_DIGEST = objectId('1.2.840.113549.1.9.4');
const SIGNING_TIME = objectId('1.2.840.113549.1.9.5');
const VERSION_1 = der(TAG.INTEGER, Buffer.from([1]));
const SHA256 = algorithm('2.16.840.1.101.3.4.2.1');
const RSA = algorithm('1.2.840.113549.1.1.1');

/**
 * The DER file, with a signature of whatever `signDigest` returns. The certificate and its name stand in it as they were
 * read: written anew, a Korean name or one of several values would be another.
 * @throws Error when the certificate is not one.
 */
export function writeCms({ content, certificate, signingTime }: CmsParts, signDigest: SignDigest): Buffer {
  // DER sorts a SET by its members' bytes; with these three that is this order at every time and content.
  const attributes = [
    attribute(CONTENT_TYPE, DATA),
    attribute(SIGNING_TIME, derTime(signingTime)),
    attribute(MESSAGE_DIGEST, der(TAG.OCTET_STRING, sha256(content))),
  ];
  const signature = signDigest(sha256(der(TAG.SET, ...attributes)));
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
  return sequence(SIGNED_DATA, der(TAG.CONTEXT_0, signedData));
}

const sha256 = (bytes: Buffer): Buffer => hash('sha256', bytes, 'buffer');

function algorithm(id: string): Buffer {
  return sequence(objectId(id), der(TAG.NULL));
}

function attribute(type: Buffer, value: Buffer): Buffer {
  return sequence(type, der(TAG.SET, value));
}

const names = new WeakMap<Buffer, Buffer>();

/** Names a certificate as CMS does, by its issuer and its serial number. The signer's is taken apart once. */
function issuerAndSerial(certificate: Buffer): Buffer {
  const known = names.get(certificate);
  if (known) return known;
  const parts = children(children(parse(certificate))[0]);
  // The version, [0], is left out of version 1 certificates.
  const first = parts[0]?.tagClass === CONTEXT_SPECIFIC ? 1 : 0;
  const [serial, , issuer] = parts.slice(first);
  if (!serial || !issuer) throw new Error('ASN.1: no certificate');
  const name = sequence(encode(issuer), encode(serial));
  names.set(certificate, name);
  return name;
}

/**
 * Finds the parts by place alone; nothing is verified here, and an encoding that is not DER may pass.
 * @throws Error when there is no ASN.1 in the bytes or none with such parts.
 */
export function readCms(file: Buffer): SignedCmsParts {
  const envelope = parse(file);
  const attributes = at(envelope, ATTRIBUTES);
  return {
    content: bytesOf(at(envelope, CONTENT)),
    certificate: encode(at(envelope, CERTIFICATE)),
    signingTime: timeOf(at(attributes, [1, 1, 0])),
    signedAttributes: der(TAG.SET, ...children(attributes).map(encode)),
    signature: bytesOf(at(envelope, SIGNATURE)),
  };
}

/**
 * Whether the attributes vouch for the content and the file holds nothing besides its parts. Only together with
 * a good signature over `signedAttributes` does this mean that the file is as it was signed, to the last byte:
 * the unsigned frame (versions, algorithm names, lengths) is compared too.
 */
export function isWhole(file: Buffer, parts: SignedCmsParts): boolean {
  return writeCms(parts, () => parts.signature).equals(file);
}

/** @throws Error when there is nothing at the place. */
function at(node: Asn1, path: number[]): Asn1 {
  return path.reduce((parent, index) => {
    const child = children(parent)[index];
    if (!child) throw new Error(`ASN.1: nothing at ${path.join('.')}`);
    return child;
  }, node);
}
