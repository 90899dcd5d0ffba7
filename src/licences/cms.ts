import { createHash } from 'node:crypto';
import { der, derOid, derTime, expectTag, readDer, readInside, TAG } from './der.ts';

/**
 * The one shape of CMS SignedData (RFC 5652) that a licence has: content inside, one signer named by issuer and
 * serial number, his certificate included, SHA-256 with RSA PKCS #1 v1.5, signed attributes contentType,
 * signingTime and messageDigest. Since the shape is fixed, an envelope can be rebuilt from its parts and compared.
 */
export interface CmsParts {
  content: Buffer;
  /** X.509 certificate of the signer, DER. */
  certificate: Buffer;
  /** DER SET OF Attribute: the bytes that are signed (in the envelope the same content stands under tag [0]). */
  signedAttributes: Buffer;
  signature: Buffer;
}

const ID_DATA = derOid('1.2.840.113549.1.7.1');
const ID_SIGNED_DATA = derOid('1.2.840.113549.1.7.2');
const CONTENT_TYPE = derOid('1.2.840.113549.1.9.3');
const MESSAGE_DIGEST = derOid('1.2.840.113549.1.9.4');
const SIGNING_TIME = derOid('1.2.840.113549.1.9.5');
const NULL = der(TAG.null);
const SHA256 = der(TAG.sequence, derOid('2.16.840.1.101.3.4.2.1'), NULL);
const RSA = der(TAG.sequence, derOid('1.2.840.113549.1.1.1'), NULL);
const VERSION_1 = der(TAG.integer, Buffer.from([1]));

/** What the signer signs, for this content at this time (cut to whole seconds). */
export function signedAttributes(content: Uint8Array, signingTime: Date): Buffer {
  return attributeSet(content, derTime(signingTime));
}

/** DER sorts a SET by its members' bytes; with these three that is this order at every time and content. */
function attributeSet(content: Uint8Array, signingTime: Buffer): Buffer {
  const digest = createHash('sha256').update(content).digest();
  return der(
    TAG.set,
    attribute(CONTENT_TYPE, ID_DATA),
    attribute(SIGNING_TIME, signingTime),
    attribute(MESSAGE_DIGEST, der(TAG.octetString, digest)),
  );
}

function attribute(type: Buffer, value: Buffer): Buffer {
  return der(TAG.sequence, type, der(TAG.set, value));
}

/** The DER file. @throws Error when the certificate is not one. */
export function writeCms(parts: CmsParts): Buffer {
  const signerInfo = der(
    TAG.sequence,
    VERSION_1,
    issuerAndSerial(parts.certificate),
    SHA256,
    der(TAG.context0, readDer(parts.signedAttributes).content),
    RSA,
    der(TAG.octetString, parts.signature),
  );
  const signedData = der(
    TAG.sequence,
    VERSION_1,
    der(TAG.set, SHA256),
    der(TAG.sequence, ID_DATA, der(TAG.context0, der(TAG.octetString, parts.content))),
    der(TAG.context0, parts.certificate),
    der(TAG.set, signerInfo),
  );
  return der(TAG.sequence, ID_SIGNED_DATA, der(TAG.context0, signedData));
}

/** Names a certificate as CMS does: its issuer as it was written, and its serial number. */
function issuerAndSerial(certificate: Buffer): Buffer {
  const [tbs] = readInside(readDer(certificate), TAG.sequence);
  const fields = readInside(tbs, TAG.sequence);
  // The version, [0], is left out of version 1 certificates.
  const [serial, , issuer] = fields[0]?.tag === TAG.context0 ? fields.slice(1) : fields;
  return der(TAG.sequence, expectTag(issuer, TAG.sequence).whole, expectTag(serial, TAG.integer).whole);
}

/**
 * Finds the parts by place alone; nothing is verified here.
 * @throws Error when the bytes are not CMS SignedData with one certificate and one signer with attributes.
 */
export function readCms(file: Buffer): CmsParts {
  const [, wrapped] = readInside(readDer(file), TAG.sequence);
  const [signedData] = readInside(wrapped, TAG.context0);
  const [, , encapsulated, certificates, signers] = readInside(signedData, TAG.sequence);
  const [, content] = readInside(encapsulated, TAG.sequence);
  const [octets] = readInside(content, TAG.context0);
  const [certificate] = readInside(certificates, TAG.context0);
  const [signer] = readInside(signers, TAG.set);
  const [, , , attributes, , signature] = readInside(signer, TAG.sequence);
  return {
    content: expectTag(octets, TAG.octetString).content,
    certificate: expectTag(certificate, TAG.sequence).whole,
    signedAttributes: der(TAG.set, expectTag(attributes, TAG.context0).content),
    signature: expectTag(signature, TAG.octetString).content,
  };
}

/**
 * Whether the attributes vouch for the content and the file holds nothing beside its parts. Only together with
 * a good signature over `signedAttributes` does this mean that the file is as it was signed, to the last byte:
 * the unsigned frame (versions, algorithm names, lengths) is compared too.
 */
export function isWhole(file: Buffer, parts: CmsParts): boolean {
  const [, signingTime] = readInside(readDer(parts.signedAttributes), TAG.set);
  const [, values] = readInside(signingTime, TAG.sequence);
  const expected = attributeSet(parts.content, expectTag(values, TAG.set).content);
  return expected.equals(parts.signedAttributes) && writeCms(parts).equals(file);
}
