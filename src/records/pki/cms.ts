import forge from 'node-forge';
import {
  type Asn1,
  bytesOf,
  CONTEXT_SPECIFIC,
  children,
  encode,
  parse,
  SET,
  timeOf,
  UNIVERSAL,
} from './asn1.ts';

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

/** forge.pki.oids knows these by name, but then each may be undefined for the compiler. */
const OID = {
  data: '1.2.840.113549.1.7.1',
  contentType: '1.2.840.113549.1.9.3',
  messageDigest: '1.2.840.113549.1.9.4',
  signingTime: '1.2.840.113549.1.9.5',
  sha256: '2.16.840.1.101.3.4.2.1',
};

/** The way down to each part, child by child, from ContentInfo through [0] to SignedData. */
const SIGNED_DATA = [1, 0];
const CONTENT = [1, 0, 2, 1, 0];
const CERTIFICATE = [1, 0, 3, 0];
const SIGNER_NAME = [1, 0, 4, 0, 1];
const ATTRIBUTES = [1, 0, 4, 0, 3];
const SIGNATURE = [1, 0, 4, 0, 5];

/**
 * The DER file, with a signature of whatever `signDigest` returns.
 * @throws Error when the certificate is not one.
 */
export function writeCms({ content, certificate, signingTime }: CmsParts, signDigest: SignDigest): Buffer {
  const message = forge.pkcs7.createSignedData();
  message.content = forge.util.createBuffer(binary(content));
  message.addSigner(signerOptions(signingTime, signDigest));
  message.sign();
  const envelope = message.toAsn1();
  putCertificate(envelope, parse(certificate));
  return encode(envelope);
}

type SignerOptions = Parameters<forge.pkcs7.PkcsSignedData['addSigner']>[0];

/**
 * Forge calls nothing of a key but `sign`, and issuer with serial number do in place of a certificate (so its own
 * documentation); only its types ask for a whole RSA key and a certificate.
 */
function signerOptions(signingTime: Date, signDigest: SignDigest): SignerOptions {
  const options = {
    key: {
      sign: (md: forge.md.MessageDigest) => binary(signDigest(buffer(md.digest().getBytes()))),
    },
    // Left open for putCertificate.
    issuer: [],
    serialNumber: '',
    digestAlgorithm: OID.sha256,
    // DER sorts a SET by its members' bytes; with these three that is this order at every time and content.
    authenticatedAttributes: [
      { type: OID.contentType, value: OID.data },
      { type: OID.signingTime, value: signingTime.toISOString() },
      { type: OID.messageDigest },
    ],
  };
  return options as unknown as SignerOptions;
}

/**
 * Puts the certificate and its name into the envelope as they were read. Given to forge they would be written anew
 * from what it understood. Of a name: UTF8String, as every Korean one is, comes out encoded twice, two values of one
 * part come apart, and the envelope names a signer who does not exist. Of a certificate: the algorithm of an ECDSA
 * signature gains a NULL.
 */
function putCertificate(envelope: Asn1, certificate: Asn1): void {
  const certificates = forge.asn1.create(CONTEXT_SPECIFIC, 0, true, [certificate]);
  // Without certificates forge leaves their place out.
  children(at(envelope, SIGNED_DATA)).splice(3, 0, certificates);
  at(envelope, SIGNER_NAME).value = issuerAndSerial(certificate);
}

/** Names a certificate as CMS does: its issuer and its serial number. */
function issuerAndSerial(certificate: Asn1): Asn1[] {
  // The version, [0], is left out of version 1 certificates.
  const first = at(certificate, [0, 0]).tagClass === CONTEXT_SPECIFIC ? 1 : 0;
  return [at(certificate, [0, first + 2]), at(certificate, [0, first])];
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
    signedAttributes: encode(forge.asn1.create(UNIVERSAL, SET, true, attributes.value)),
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

/** Forge keeps bytes in strings, one to a character. */
function binary(bytes: Buffer): string {
  return bytes.toString('latin1');
}

function buffer(binary: string): Buffer {
  return Buffer.from(binary, 'latin1');
}
