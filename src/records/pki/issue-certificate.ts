import { createHash, createPublicKey, type KeyObject, randomBytes, sign } from 'node:crypto';
import { type Der, der, derBytes, derTime, objectId, sequence, TAG } from './der.ts';

/**
 * Certificates and revocation lists of the test PKI in local mode, in the form that GPKI uses. The bot issues no
 * other certificates.
 */
export interface CertificateOrder {
  /** The most general part first: c, o, ou …, cn. */
  subject: readonly SubjectPart[];
  publicKey: KeyObject;
  /** In hex; random when left out. */
  serial?: string;
  notBefore: Date;
  notAfter: Date;
  ca?: true;
  policies?: readonly string[];
  /** URI of the revocation list. */
  crl?: string;
}
export type SubjectPart = readonly [type: keyof typeof TYPES, value: string, as?: 'utf8' | 'bmp'];

export interface IssuerParts {
  subject: readonly SubjectPart[];
  /** An RSA or EC key; signs with SHA-256. */
  key: KeyObject;
}

const TYPES = { c: '2.5.4.6', o: '2.5.4.10', ou: '2.5.4.11', cn: '2.5.4.3' } as const;
const CA_USAGE = 0x06; // keyCertSign, cRLSign
const PERSON_USAGE = 0xc0; // digitalSignature, nonRepudiation

/** X.509 v3 in DER. */
export function issueCertificate(order: CertificateOrder, issuer: IssuerParts): Buffer {
  const { ca, policies, crl } = order;
  const spki = order.publicKey.export({ type: 'spki', format: 'der' });
  const extensions = [
    extension('2.5.29.19', true, sequence(...(ca ? [TRUE] : []))),
    extension('2.5.29.15', true, bits(Buffer.from([ca ? CA_USAGE : PERSON_USAGE]), 1)),
    extension('2.5.29.14', false, der(TAG.OCTET_STRING, createHash('sha1').update(spki).digest())),
    ...(policies
      ? [extension('2.5.29.32', false, sequence(...policies.map((one) => sequence(objectId(one)))))]
      : []),
    ...(crl ? [extension('2.5.29.31', false, sequence(sequence(pointName(crl))))] : []),
  ];
  return signed(
    sequence(
      der(TAG.CONTEXT_0, integer('02')),
      integer(order.serial ?? `01${randomBytes(15).toString('hex')}`),
      algorithm(issuer.key),
      name(issuer.subject),
      sequence(derTime(order.notBefore), derTime(order.notAfter)),
      name(order.subject),
      spki,
      der(TAG.CONTEXT_3, sequence(...extensions)),
    ),
    issuer.key,
  );
}

export interface CrlOrder {
  thisUpdate: Date;
  nextUpdate: Date;
  /** Serial numbers in hex. */
  revoked: readonly { serial: string; at: Date }[];
  /** The list is only for this address. */
  point?: string;
}

/** A v2 revocation list in DER. */
export function issueCrl(order: CrlOrder, issuer: IssuerParts): Buffer {
  const entries = order.revoked.map(({ serial, at }) => sequence(integer(serial), derTime(at)));
  const point = order.point
    ? [der(TAG.CONTEXT_0, sequence(extension('2.5.29.28', true, sequence(pointName(order.point)))))]
    : [];
  return signed(
    sequence(
      integer('01'),
      algorithm(issuer.key),
      name(issuer.subject),
      derTime(order.thisUpdate),
      derTime(order.nextUpdate),
      ...(entries.length > 0 ? [sequence(...entries)] : []),
      ...point,
    ),
    issuer.key,
  );
}

function signed(tbs: Der, key: KeyObject): Buffer {
  const bytes = derBytes(tbs);
  return derBytes(sequence(bytes, algorithm(key), bits(sign('sha256', bytes, key))));
}

function algorithm(key: KeyObject): Der {
  return createPublicKey(key).asymmetricKeyType === 'rsa'
    ? sequence(objectId('1.2.840.113549.1.1.11'), der(TAG.NULL))
    : sequence(objectId('1.2.840.10045.4.3.2'));
}

function name(parts: readonly SubjectPart[]): Der {
  return sequence(
    ...parts.map(([type, value, as = 'utf8']) =>
      der(TAG.SET, sequence(objectId(TYPES[type]), string(value, as))),
    ),
  );
}

function string(value: string, as: 'utf8' | 'bmp'): Der {
  return as === 'utf8'
    ? der(TAG.UTF8_STRING, Buffer.from(value))
    : der(TAG.BMP_STRING, Buffer.from(value, 'utf16le').swap16());
}

function extension(id: string, critical: boolean, value: Der): Der {
  return sequence(objectId(id), ...(critical ? [TRUE] : []), der(TAG.OCTET_STRING, value));
}

const TRUE = der(TAG.BOOLEAN, Buffer.from([0xff]));

const uri = (text: string): Der => der(TAG.URI, Buffer.from(text));

/** @param unused number of bits at the end that do not count */
const bits = (bytes: Buffer, unused = 0): Der => der(TAG.BIT_STRING, Buffer.from([unused]), bytes);

/** A positive INTEGER; DER allows a zero at the front only before a byte whose first bit is set. */
function integer(hex: string): Der {
  const bytes = Buffer.from(hex, 'hex');
  const first = bytes.findIndex(
    (byte, at) => byte !== 0 || at === bytes.length - 1 || (bytes[at + 1] ?? 0) >= 0x80,
  );
  return der(TAG.INTEGER, bytes.subarray(first));
}

/** A GeneralName inside the two tags of a DistributionPointName. */
const pointName = (address: string): Der => der(TAG.CONTEXT_0, der(TAG.CONTEXT_0, uri(address)));
