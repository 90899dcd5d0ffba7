import { createHash } from 'node:crypto';
import { DIGESTS, type Digest, holds, SCHEMES, soundKey } from './algorithms.ts';
import {
  type Asn1,
  bytesOf,
  children,
  encode,
  expect,
  isType,
  members,
  NULL,
  numberOf,
  octetsOf,
  oidOf,
  parse,
  SEQUENCE,
  SET,
  serialOf,
  tagged,
  UNIVERSAL,
} from './asn1.ts';
import { type Certificate, parseCertificate } from './certificate.ts';
import { isPrivateKey, MAX_BYTES, toDer } from './material.ts';

/** CMS SignedData (RFC 5652) with one signer, as the GPKI login libraries and OpenSSL write it. */
export interface SignedChallenge {
  /** Null: the file has no content (a detached signature). */
  content: Buffer | null;
  digest: Digest;
  /** DER SET OF Attribute, and the digest in it. Null: the content itself was signed. */
  attributes: { der: Buffer; messageDigest: Buffer } | null;
  signature: Buffer;
  certificate: Certificate;
  /** The other certificates of the file. */
  embedded: Certificate[];
}

type ReadSignedChallenge =
  | { ok: true; signed: SignedChallenge }
  | { ok: false; reason: 'PRIVATE_KEY' | 'NOT_A_SIGNATURE' | 'UNSUPPORTED_KEY' };

/** The algorithm or key is not accepted; the file may be valid otherwise. */
class Unsupported extends Error {}

const ID = {
  data: '1.2.840.113549.1.7.1',
  signedData: '1.2.840.113549.1.7.2',
  contentType: '1.2.840.113549.1.9.3',
  messageDigest: '1.2.840.113549.1.9.4',
};
const MAX_CERTIFICATES = 10;

/** Reads DER (or BER), PEM or base64. It checks only that the parts agree with one another. Never throws. */
export function readSignedChallenge(bytes: Buffer, fileName = ''): ReadSignedChallenge {
  if (isPrivateKey(bytes, fileName)) return { ok: false, reason: 'PRIVATE_KEY' };
  const der = bytes.length <= MAX_BYTES ? toDer(bytes) : null;
  if (!der) return { ok: false, reason: 'NOT_A_SIGNATURE' };
  try {
    return { ok: true, signed: readSignedData(parse(der)) };
  } catch (error) {
    return { ok: false, reason: error instanceof Unsupported ? 'UNSUPPORTED_KEY' : 'NOT_A_SIGNATURE' };
  }
}

function readSignedData(contentInfo: Asn1): SignedChallenge {
  const [type, wrapped, ...rest] = members(contentInfo);
  demand(oidOf(type) === ID.signedData && rest.length === 0, 'not SignedData');
  const [signedData] = children(tagged(wrapped ? [wrapped] : [], 0));
  const [version, digestAlgorithms, encapsulated, ...others] = members(signedData);
  const [contentType, explicit] = members(encapsulated);
  demand(oidOf(contentType) === ID.data, 'content that is not data');
  const certificates = children(tagged(others, 0)).map((node) =>
    parseCertificate(encode(expect(node, SEQUENCE))),
  );
  demand(certificates.length <= MAX_CERTIFICATES, 'too many certificates');
  const [signer, ...more] = members(others.at(-1), SET);
  demand(signer !== undefined && more.length === 0, 'not exactly one signer');
  const read = readSigner(signer, certificates);
  // The unsigned parts are compared with the signed ones: a changed frame makes the file invalid too.
  const [algorithm, ...second] = members(digestAlgorithms, SET);
  demand(
    second.length === 0 && algorithm !== undefined && digestOf(algorithm) === read.digest,
    'digests differ',
  );
  demand(numberOf(version) === read.version, 'wrong version');
  return {
    content: explicit ? octetsOf(children(tagged([explicit], 0))[0]) : null,
    digest: read.digest,
    attributes: read.attributes,
    signature: read.signature,
    certificate: read.certificate,
    embedded: certificates.filter((one) => one !== read.certificate),
  };
}

function readSigner(node: Asn1 | undefined, certificates: Certificate[]) {
  const [versionNode, sid, digestAlgorithm, ...rest] = members(node);
  const version = numberOf(versionNode);
  const attributesNode = tagged(rest, 0);
  const [schemeNode, signatureNode, ...unsigned] = attributesNode ? rest.slice(1) : rest;
  demand(unsigned.length === 0 || tagged(unsigned, 1) !== undefined, 'parts after the signature');
  const certificate = certificates.find((one) => isNamedBy(sid, version, one));
  if (!certificate) throw new Error('the signer’s certificate is missing');
  const digest = digestOf(digestAlgorithm);
  const scheme = SCHEMES[algorithmOf(schemeNode)];
  const key = soundKey(certificate.x509);
  if (!scheme || !key || scheme.key !== key.asymmetricKeyType) throw new Unsupported();
  demand(scheme.digest === null || scheme.digest === digest, 'digests differ');
  return {
    version,
    certificate,
    digest,
    attributes: attributesNode ? readAttributes(attributesNode) : null,
    signature: octetsOf(signatureNode),
  };
}

/** Version 1 identifies the signer by issuer and serial number, version 3 by key identifier. */
function isNamedBy(sid: Asn1 | undefined, version: number, certificate: Certificate): boolean {
  if (version === 1) {
    const [issuer, serial] = members(sid);
    const isIssuer = encode(expect(issuer, SEQUENCE)).equals(certificate.issuerDer);
    return isIssuer && serialOf(serial) === certificate.serial;
  }
  const keyId = sid && version === 3 ? tagged([sid], 0) : undefined;
  return keyId !== undefined && certificate.keyId !== null && bytesOf(keyId).equals(certificate.keyId);
}

function readAttributes(node: Asn1): SignedChallenge['attributes'] {
  const found = new Map<string, Asn1>();
  for (const attribute of children(node)) {
    const [type, values] = members(attribute);
    const [value, ...more] = members(values, SET);
    demand(value !== undefined, 'an attribute without a value');
    const oid = oidOf(type);
    demand(!found.has(oid), 'an attribute that stands twice');
    if (value && more.length === 0) found.set(oid, value);
  }
  demand(oidOf(found.get(ID.contentType)) === ID.data, 'content of another type');
  return {
    // The file has them under tag [0]; the signature is over the SET.
    der: encode({ ...node, tagClass: UNIVERSAL, type: SET }),
    messageDigest: octetsOf(found.get(ID.messageDigest)),
  };
}

function digestOf(algorithm: Asn1 | undefined): Digest {
  const digest = DIGESTS[algorithmOf(algorithm)];
  if (!digest) throw new Unsupported();
  return digest;
}

/** The OID of an AlgorithmIdentifier whose parameters are absent or NULL. */
function algorithmOf(node: Asn1 | undefined): string {
  const [oid, parameters, ...rest] = members(node);
  demand(rest.length === 0, 'strange parameters');
  demand(
    parameters === undefined || (isType(parameters, NULL) && parameters.value === ''),
    'strange parameters',
  );
  return oidOf(oid);
}

function demand(condition: boolean, what: string): void {
  if (!condition) throw new Error(`CMS: ${what}`);
}

/** Whether the signer signed exactly this content. */
export function verifySignature(signed: SignedChallenge, content: Buffer): boolean {
  const { attributes, digest } = signed;
  if (!attributes) return holdsOver(signed, content);
  const hash = createHash(digest).update(content).digest();
  return hash.equals(attributes.messageDigest) && holdsOver(signed, attributes.der);
}

/** Whether the signature is valid for some content, if not for the expected one. */
export function isIntact(signed: SignedChallenge): boolean {
  if (signed.content) return verifySignature(signed, signed.content);
  return signed.attributes !== null && holdsOver(signed, signed.attributes.der);
}

function holdsOver({ certificate, digest, signature }: SignedChallenge, data: Buffer): boolean {
  const key = soundKey(certificate.x509);
  return key !== null && holds(digest, data, key, signature);
}
