import { createPrivateKey, createPublicKey, generateKeyPair, type KeyObject } from 'node:crypto';
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { parseCertificate } from './certificate.ts';
import { signWith, writeCms } from './cms.ts';
import { type IssuerParts, issueCertificate, issueCrl, type SubjectPart } from './issue-certificate.ts';
import { OFFICIAL_POLICY, PUBLIC_POLICY } from './rules.ts';

/**
 * The test PKI of local mode: a root, an issuing CA, certificates of the people in the local workspace, and
 * revocation lists. The names of the CAs end in T, so that a bot outside local mode never accepts their certificates.
 */
export const LOCAL_ISSUER = 'CA131100001T';
const ROOT = 'GPKIRootCA1T';

export interface LocalPerson {
  name: string;
  cn: string;
  organisation: 'Government of Korea' | 'Public of Korea';
  /** The most general one first. */
  ous: readonly string[];
  policy: string;
  revoked?: true;
}

const official = (name: string, ous: string[], cn = `001${name}001`): LocalPerson => ({
  name,
  cn,
  ous,
  organisation: 'Government of Korea',
  policy: OFFICIAL_POLICY,
});

/** The people of demo/local-workspace.ts, and one of them again with a former certificate, which is revoked. */
export const localPeople: readonly LocalPerson[] = [
  official('김보람', ['행정안전부', 'people']),
  official('이정훈', ['경기도', '수원시', 'people']),
  { ...official('이정훈', ['경기도', '수원시', 'people'], '001이정훈002'), revoked: true },
  official('박지민', ['행정안전부', 'people']),
  official('정현서', ['행정안전부', 'people']),
  {
    name: '최서연',
    cn: '300최서연001',
    ous: ['한국환경공단', 'people'],
    organisation: 'Public of Korea',
    policy: PUBLIC_POLICY,
  },
];

interface LocalPki {
  /** Folder of the CA certificates; with real ones the setting TRUST_STORE. */
  trustStore: string;
  /** Folder of the revocation lists. */
  crls: string;
}

const CA_YEARS = 10;
/** GPKI issues for at most 2 years and 3 months. */
const PERSON_MONTHS = 27;
const LIST_YEARS = 1;

/**
 * Makes under `folder` what is missing or has expired, and writes new revocation lists.
 * @throws Error of node:fs when the folder cannot be written
 */
export async function makeLocalPki(folder: string, now: Date): Promise<LocalPki> {
  const place = { trustStore: join(folder, 'ca'), crls: join(folder, 'crl') };
  const people = join(folder, 'people');
  for (const each of [place.trustStore, place.crls, people])
    await mkdir(each, { recursive: true, mode: 0o700 });
  const [rootKey, caKey] = await Promise.all([
    keyAt(join(folder, 'root.key')),
    keyAt(join(folder, 'ca.key')),
  ]);
  const root: IssuerParts = { subject: caName(ROOT), key: rootKey };
  const ca: IssuerParts = { subject: caName(LOCAL_ISSUER), key: caKey };

  const authority = (key: KeyObject, subject: readonly SubjectPart[]) => ({
    subject,
    publicKey: createPublicKey(key),
    ca: true as const,
    notBefore: now,
    notAfter: later(now, CA_YEARS * 12),
  });
  await certificateAt(join(place.trustStore, `${ROOT}.cer`), now, () =>
    issueCertificate(authority(rootKey, root.subject), root),
  );
  await certificateAt(join(place.trustStore, `${LOCAL_ISSUER}.cer`), now, () =>
    issueCertificate(authority(caKey, ca.subject), root),
  );
  const revoked = await Promise.all(localPeople.map((person) => issueTo(person, people, ca, now)));
  const list = { thisUpdate: now, nextUpdate: later(now, LIST_YEARS * 12) };
  await replace(join(place.crls, 'root.crl'), issueCrl({ ...list, revoked: [] }, root));
  await replace(
    join(place.crls, 'ca.crl'),
    issueCrl({ ...list, revoked: revoked.flat().map((serial) => ({ serial, at: now })) }, ca),
  );
  return place;
}

/** @returns the serial number when the certificate is to be revoked */
async function issueTo(person: LocalPerson, folder: string, ca: IssuerParts, now: Date): Promise<string[]> {
  const key = await keyAt(join(folder, `${person.cn}_sig.key`));
  const der = await certificateAt(join(folder, `${person.cn}_sig.cer`), now, () =>
    issueCertificate(
      {
        subject: [
          ['c', 'KR'],
          ['o', person.organisation],
          ...person.ous.map((ou): SubjectPart => ['ou', ou]),
          ['cn', person.cn],
        ],
        publicKey: createPublicKey(key),
        notBefore: now,
        notAfter: later(now, PERSON_MONTHS),
        policies: [person.policy],
      },
      ca,
    ),
  );
  return person.revoked ? [parseCertificate(der).x509.serialNumber] : [];
}

/** Signs the content as a person of the test PKI, in CMS SignedData. @throws Error when the PKI does not exist yet */
export async function signLocally(
  folder: string,
  person: LocalPerson,
  content: Buffer,
  now: Date,
): Promise<Buffer> {
  const base = join(folder, 'people', `${person.cn}_sig`);
  const [key, certificate] = await Promise.all([readFile(`${base}.key`, 'utf8'), readFile(`${base}.cer`)]);
  return writeCms({ content, certificate, signingTime: now }, signWith(createPrivateKey(key)));
}

function caName(cn: string): readonly SubjectPart[] {
  return [
    ['c', 'KR'],
    ['o', 'Government of Korea'],
    ['ou', 'GPKI'],
    ['cn', cn],
  ];
}

function later(now: Date, months: number): Date {
  const then = new Date(now);
  then.setUTCMonth(then.getUTCMonth() + months);
  return then;
}

/** The key in this file, made if it is missing. One process owns the folder, so nothing races. */
async function keyAt(file: string): Promise<KeyObject> {
  const known = await readFile(file, 'utf8').catch(() => null);
  if (known) return createPrivateKey(known);
  const { privateKey } = await promisify(generateKeyPair)('rsa', { modulusLength: 2048 });
  await replace(file, privateKey.export({ type: 'pkcs8', format: 'pem' }).toString());
  return privateKey;
}

async function certificateAt(file: string, now: Date, issue: () => Buffer): Promise<Buffer> {
  const known = await readFile(file).catch(() => null);
  if (known && parseCertificate(known).notAfter > now) return known;
  const made = issue();
  await replace(file, made);
  return made;
}

/** Writes the file whole or not at all, even when the machine stops meanwhile. */
async function replace(file: string, content: Buffer | string): Promise<void> {
  await writeFile(`${file}.new`, content, { mode: 0o600, flush: true });
  await rename(`${file}.new`, file);
}
