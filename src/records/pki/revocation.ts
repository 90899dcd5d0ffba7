import type { Certificate } from './certificate.ts';
import { type Crl, type CrlVerdict, judgeCrl, parseCrl } from './crl.ts';
import { allDer } from './material.ts';

/** Where revocation lists come from. */
export interface CrlSource {
  /** The files in the operator's folder, whatever they contain. */
  local(): Promise<readonly Buffer[]>;
  /** The revocation list at a distribution point; null when it cannot be fetched. */
  fetch(url: string): Promise<Buffer | null>;
}

type Revocation = { state: 'good' } | { state: 'revoked'; at: Date } | { state: 'unknown'; why: string };

/**
 * Whether the certificate was revoked. The folder is asked first, because most addresses in GPKI certificates are
 * ldap addresses, which this program cannot reach. Without a usable list the result is `unknown`, which no caller may
 * treat as valid.
 * Call it only for a certificate whose issuer is proven, because it opens the addresses in the certificate.
 */
export async function checkRevocation(
  certificate: Certificate,
  issuer: Certificate,
  source: CrlSource,
  now: Date,
): Promise<Revocation> {
  const reasons: string[] = [];
  const weigh = (files: readonly Buffer[]): Revocation | null => {
    const verdicts = files
      .flatMap(listsOf)
      .map((crl): [Crl, CrlVerdict] => [crl, judgeCrl(crl, certificate, issuer, now)]);
    // One list is enough: two lists of one issuer differ only in age.
    const revoked = verdicts.find(([, verdict]) => verdict.state === 'revoked')?.[1];
    if (revoked?.state === 'revoked') return revoked;
    for (const [, verdict] of verdicts) {
      if (verdict.state === 'good') return verdict;
      if (verdict.state === 'unknown' && verdict.why) reasons.push(verdict.why);
    }
    return null;
  };

  const known = weigh(await source.local());
  if (known) return known;
  const addresses = certificate.crlPoints.filter((point) => /^https?:/i.test(point));
  for (const address of addresses) {
    const bytes = await source.fetch(address);
    const found = bytes ? weigh([bytes]) : null;
    if (found) return found;
    if (!bytes) reasons.push('폐지 목록이 있는 서버에 연결하지 못했습니다.');
  }
  return { state: 'unknown', why: reasons[0] ?? '폐지 목록(CRL)이 없습니다.' };
}

/** The parsed lists of bytes that were read before. */
const read = new WeakMap<Buffer, Crl[]>();

function listsOf(file: Buffer): Crl[] {
  const known = read.get(file);
  if (known) return known;
  const lists = allDer(file, /CRL$/).flatMap((der) => {
    try {
      return [parseCrl(der)];
    } catch {
      return []; // some other file in the folder
    }
  });
  read.set(file, lists);
  return lists;
}
