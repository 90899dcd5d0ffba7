import { createHash, createPublicKey, type KeyObject, randomBytes, sign } from 'node:crypto';
import forge from 'node-forge';
import {
  type Asn1,
  BITSTRING,
  BOOLEAN,
  CONTEXT_SPECIFIC,
  encode,
  INTEGER,
  NULL,
  OCTETSTRING,
  OID,
  parse,
  SEQUENCE,
  SET,
  UNIVERSAL,
} from './asn1.ts';

/**
 * Certificates and revocation lists for the test PKI of local mode, in the shapes of GPKI. The bot itself issues
 * nothing that counts anywhere else.
 */
export interface CertificateOrder {
  /** Most general part first: c, o, ou …, cn. */
  subject: readonly SubjectPart[];
  publicKey: KeyObject;
  /** Hex; random when left out. */
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
  /** RSA or EC; SHA-256. */
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
    extension('2.5.29.19', true, sequence(...(ca ? [primitive(BOOLEAN, Buffer.from([0xff]))] : []))),
    extension('2.5.29.15', true, primitive(BITSTRING, Buffer.from([1, ca ? CA_USAGE : PERSON_USAGE]))),
    extension('2.5.29.14', false, primitive(OCTETSTRING, createHash('sha1').update(spki).digest())),
    ...(policies
      ? [extension('2.5.29.32', false, sequence(...policies.map((one) => sequence(oid(one)))))]
      : []),
    ...(crl ? [extension('2.5.29.31', false, sequence(sequence(context(0, context(0, uri(crl))))))] : []),
  ];
  return signed(
    sequence(
      context(0, primitive(INTEGER, Buffer.from([2]))),
      primitive(INTEGER, Buffer.from(order.serial ?? `01${randomBytes(15).toString('hex')}`, 'hex')),
      algorithm(issuer.key),
      name(issuer.subject),
      sequence(time(order.notBefore), time(order.notAfter)),
      name(order.subject),
      parse(spki),
      context(3, sequence(...extensions)),
    ),
    issuer.key,
  );
}

export interface CrlOrder {
  thisUpdate: Date;
  nextUpdate: Date;
  /** Serial numbers in hex. */
  revoked: readonly { serial: string; at: Date }[];
  /** The list is that of this address only. */
  point?: string;
}

/** A v2 revocation list in DER. */
export function issueCrl(order: CrlOrder, issuer: IssuerParts): Buffer {
  const entries = order.revoked.map(({ serial, at }) =>
    sequence(primitive(INTEGER, Buffer.from(serial, 'hex')), time(at)),
  );
  const point = order.point
    ? [context(0, sequence(extension('2.5.29.28', true, sequence(context(0, context(0, uri(order.point)))))))]
    : [];
  return signed(
    sequence(
      primitive(INTEGER, Buffer.from([1])),
      algorithm(issuer.key),
      name(issuer.subject),
      time(order.thisUpdate),
      time(order.nextUpdate),
      ...(entries.length > 0 ? [sequence(...entries)] : []),
      ...point,
    ),
    issuer.key,
  );
}

function signed(tbs: Asn1, key: KeyObject): Buffer {
  const signature = Buffer.concat([Buffer.from([0]), sign('sha256', encode(tbs), key)]);
  return encode(sequence(tbs, algorithm(key), primitive(BITSTRING, signature)));
}

function algorithm(key: KeyObject): Asn1 {
  return createPublicKey(key).asymmetricKeyType === 'rsa'
    ? sequence(oid('1.2.840.113549.1.1.11'), primitive(NULL, Buffer.alloc(0)))
    : sequence(oid('1.2.840.10045.4.3.2'));
}

function name(parts: readonly SubjectPart[]): Asn1 {
  return sequence(
    ...parts.map(([type, value, as = 'utf8']) =>
      node(UNIVERSAL, SET, [sequence(oid(TYPES[type]), string(value, as))]),
    ),
  );
}

function string(value: string, as: 'utf8' | 'bmp'): Asn1 {
  return as === 'utf8'
    ? primitive(forge.asn1.Type.UTF8, Buffer.from(value))
    : forge.asn1.create(UNIVERSAL, forge.asn1.Type.BMPSTRING, false, value); // forge writes the two bytes each
}

function extension(id: string, critical: boolean, value: Asn1): Asn1 {
  return sequence(
    oid(id),
    ...(critical ? [primitive(BOOLEAN, Buffer.from([0xff]))] : []),
    primitive(OCTETSTRING, encode(value)),
  );
}

function uri(text: string): Asn1 {
  return forge.asn1.create(CONTEXT_SPECIFIC, 6 as forge.asn1.Type, false, text);
}

/** UTCTime to 2049, GeneralizedTime from 2050, whole seconds. */
function time(at: Date): Asn1 {
  const { UTCTIME, GENERALIZEDTIME } = forge.asn1.Type;
  return at.getUTCFullYear() < 2050
    ? primitive(UTCTIME, Buffer.from(forge.asn1.dateToUtcTime(at)))
    : primitive(GENERALIZEDTIME, Buffer.from(forge.asn1.dateToGeneralizedTime(at)));
}

function oid(dotted: string): Asn1 {
  return primitive(OID, Buffer.from(forge.asn1.oidToDer(dotted).getBytes(), 'latin1'));
}

function sequence(...parts: Asn1[]): Asn1 {
  return node(UNIVERSAL, SEQUENCE, parts);
}

function context(tag: number, ...parts: Asn1[]): Asn1 {
  return node(CONTEXT_SPECIFIC, tag as forge.asn1.Type, parts);
}

function node(tagClass: forge.asn1.Class, type: forge.asn1.Type, parts: Asn1[]): Asn1 {
  return forge.asn1.create(tagClass, type, true, parts);
}

function primitive(type: forge.asn1.Type, bytes: Buffer): Asn1 {
  return forge.asn1.create(UNIVERSAL, type, false, bytes.toString('latin1'));
}
