import { createPublicKey, generateKeyPairSync, type KeyObject } from 'node:crypto';
import { type Certificate, parseCertificate } from '../../../src/records/pki/certificate.ts';
import { signWith, writeCms } from '../../../src/records/pki/cms.ts';
import {
  type CertificateOrder,
  type CrlOrder,
  type IssuerParts,
  issueCertificate,
  issueCrl,
  type SubjectPart,
} from '../../../src/records/pki/issue-certificate.ts';
import type { Trust } from '../../../src/records/pki/judge.ts';
import type { CrlSource } from '../../../src/records/pki/revocation.ts';
import { OFFICIAL_POLICY } from '../../../src/records/pki/rules.ts';

/** A small PKI in memory, for the corners that the openssl command does not reach: string types, odd lists. */
export const NOW = new Date('2026-11-23T01:00:00.000Z');
export const day = (days: number) => new Date(NOW.getTime() + days * 86_400_000);

export const rsa = () => generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey;
export const ec = (namedCurve = 'P-256') => generateKeyPairSync('ec', { namedCurve }).privateKey;

export interface Authority extends IssuerParts {
  certificate: Certificate;
}

export const caName = (cn: string): SubjectPart[] => [
  ['c', 'KR'],
  ['o', 'Government of Korea'],
  ['ou', 'GPKI'],
  ['cn', cn],
];

const validity = { notBefore: day(-100), notAfter: day(600) };

export function makeAuthority(
  cn: string,
  issuer?: IssuerParts,
  order: Partial<CertificateOrder> = {},
): Authority {
  const key = ec();
  const self = { subject: caName(cn), key };
  const der = issueCertificate(
    { ...self, publicKey: createPublicKey(key), ca: true, ...validity, ...order },
    issuer ?? self,
  );
  return { ...self, certificate: parseCertificate(der) };
}

export const personName = (cn: string, as: 'utf8' | 'bmp' = 'utf8'): SubjectPart[] => [
  ['c', 'KR'],
  ['o', 'Government of Korea'],
  ['ou', '행정안전부', as],
  ['ou', 'people', as],
  ['cn', cn, as],
];

export interface Holder {
  key: KeyObject;
  der: Buffer;
  certificate: Certificate;
}

export function makePerson(
  issuer: IssuerParts,
  key: KeyObject,
  order: Partial<CertificateOrder> = {},
): Holder {
  const der = issueCertificate(
    {
      subject: personName('001홍길동001'),
      publicKey: createPublicKey(key),
      policies: [OFFICIAL_POLICY],
      ...validity,
      ...order,
    },
    issuer,
  );
  return { key, der, certificate: parseCertificate(der) };
}

/** CMS SignedData; RSA keys only. */
export function signContent({ key, der }: Holder, content: string | Buffer): Buffer {
  return writeCms({ content: Buffer.from(content), certificate: der, signingTime: NOW }, signWith(key));
}

export function listOf(issuer: IssuerParts, order: Partial<CrlOrder> = {}): Buffer {
  return issueCrl({ thisUpdate: day(-0.5), nextUpdate: day(0.5), revoked: [], ...order }, issuer);
}

export function sourceOf(local: readonly Buffer[], web: Record<string, Buffer | null> = {}): CrlSource {
  return { local: async () => local, fetch: async (url) => web[url] ?? null };
}

export function trustIn(store: readonly Authority[], crls: CrlSource, change: Partial<Trust> = {}): Trust {
  const certificates = store.map(({ certificate }) => certificate);
  return { store: certificates, crls, issuers: ['CA131100001'], testCas: false, ...change };
}
