import type { Certificate } from './certificate.ts';
import { isSelfSigned } from './chain.ts';

/** Which certificates are accepted. The defaults are the two CAs of 행정안전부; see the setting ISSUERS. */
export interface IssuerRules {
  /** CNs of the CAs that issue to officials. */
  issuers: readonly string[];
  /** Whether test CAs (names that end in T) are accepted: only in local mode. */
  testCas: boolean;
}

/** The CAs for 행정 (공무원) and for 공공·금융, since the CAs with 1024 bits ended. The setting adds newer ones. */
export const DEFAULT_ISSUERS = ['CA131100001', 'CA131100002'] as const;

/** 개인용 policies: holders of the first apply online, holders of the second by 공문. */
export const OFFICIAL_POLICY = '1.2.410.100001.2.2.1';
export const PUBLIC_POLICY = '1.2.410.100001.2.2.2';
/** 서버용: 행정, 공공/민간. */
export const SERVER_POLICIES: readonly string[] = ['1.2.410.100001.2.1.2', '1.2.410.100001.2.1.5'];

export type PersonPath = 'online' | 'letter';

/** How somebody with this certificate applies; null when it is no person's GPKI certificate. */
export function pathOf({ policies }: Certificate): PersonPath | null {
  if (policies.includes(OFFICIAL_POLICY)) return 'online';
  return policies.includes(PUBLIC_POLICY) ? 'letter' : null;
}

const EPKI_ISSUER = /^CA134\d{6}T?$/;
const EPKI_POLICY = /^1\.2\.410\.100001\.5\./;
const NPKI_POLICY = /^1\.2\.410\.20000[45]\.|^1\.2\.410\.200012\./;
const NPKI_ORGANISATIONS = /^(yessign|signkorea|kica|crosscert|tradesign|ncasign)$/i;
const TEST_NAME = /T$/;

type WrongKind = 'SELF_SIGNED' | 'EPKI' | 'NPKI' | 'TEST_CA';

/**
 * What a certificate is that people mistake for a GPKI certificate, by its own words. It only makes the refusal more
 * helpful, because anybody can write a name. `issuerNames`: the names of the whole chain, as far as it is known.
 */
export function wrongKind(
  certificate: Certificate,
  issuerNames: readonly string[],
  rules: IssuerRules,
): WrongKind | null {
  const { policies, issuerCn, issuer } = certificate;
  if (isSelfSigned(certificate)) return 'SELF_SIGNED';
  if (EPKI_ISSUER.test(issuerCn ?? '') || policies.some((oid) => EPKI_POLICY.test(oid))) return 'EPKI';
  const organisations = issuer.filter(({ type }) => type === 'o');
  if (
    policies.some((oid) => NPKI_POLICY.test(oid)) ||
    organisations.some(({ value }) => NPKI_ORGANISATIONS.test(value))
  ) {
    return 'NPKI';
  }
  const names = [issuerCn ?? '', ...issuerNames];
  return !rules.testCas && names.some((name) => TEST_NAME.test(name)) ? 'TEST_CA' : null;
}

interface PersonCn {
  /** 기관구분자, 3 characters. */
  mark: string;
  name: string;
  /** 일련번호, 3 digits: it tells people of the same name apart. */
  serial: string;
}

/** `001홍길동001`; null when it is not a person's CN. */
export function parsePersonCn(cn: string): PersonCn | null {
  const [, mark, name, serial] = /^([0-9A-Z]{3})(.+)(\d{3})$/su.exec(cn.normalize('NFC').trim()) ?? [];
  return mark && name && serial ? { mark, name: name.trim(), serial } : null;
}

/** Compares names in NFC (a Mac writes NFD) and without blanks. */
export function isSameName(a: string, b: string): boolean {
  const plain = (name: string) => name.normalize('NFC').replace(/\s/gu, '').toLowerCase();
  return plain(a) !== '' && plain(a) === plain(b);
}

/**
 * Whether the `ou=` parts of the certificate name the agency: one is its name or the last word of its name (`경기도 수원시`
 * is `ou=수원시,ou=경기도`), or together they make up the name.
 */
export function namesAgency(ous: readonly string[], agencyName: string): boolean {
  const squeeze = (text: string) => text.normalize('NFC').replace(/\s/gu, '');
  const words = agencyName.normalize('NFC').split(/\s+/u).filter(Boolean);
  const given = new Set(ous.map(squeeze));
  return given.has(squeeze(agencyName)) || (words.length > 1 && words.every((word) => given.has(word)));
}
