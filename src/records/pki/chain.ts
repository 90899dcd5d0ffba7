import { SCHEMES, soundKey } from './algorithms.ts';
import type { Certificate } from './certificate.ts';
import { sameName } from './names.ts';

/** From the person's certificate up to one of the trust store, inclusive. */
export type Chain = readonly Certificate[];

const MAX_LENGTH = 6;

/**
 * Finds a way from the certificate to the trust store; certificates that came with the signature may stand in
 * between, and are trusted for nothing else. Where the store holds the issuer of one of its own certificates the
 * chain goes on to it, so that revocation is looked for as high up as there is somebody to ask.
 * @returns null when no chain holds at `now`
 */
export function buildChain(
  certificate: Certificate,
  embedded: readonly Certificate[],
  trustStore: readonly Certificate[],
  now: Date,
): Chain | null {
  return extend([certificate], embedded, trustStore, now);
}

function extend(
  chain: Certificate[],
  embedded: readonly Certificate[],
  trustStore: readonly Certificate[],
  now: Date,
): Chain | null {
  const last = chain[chain.length - 1];
  if (!last || chain.length > MAX_LENGTH) return null;
  const isAnchor = chain.length > 1 && trustStore.includes(last);
  if (!isSelfSigned(last)) {
    for (const issuer of [...trustStore, ...embedded]) {
      if (chain.includes(issuer) || !mayIssue(issuer, last, chain.length - 1, now)) continue;
      const whole = extend([...chain, issuer], embedded, trustStore, now);
      if (whole) return whole;
    }
  }
  return isAnchor ? chain : null;
}

/** `below`: CA certificates between the two and the person's. */
function mayIssue(issuer: Certificate, subject: Certificate, below: number, now: Date): boolean {
  return (
    issuer.ca &&
    issuer.keyUsage?.certificates !== false &&
    (issuer.pathLength === null || issuer.pathLength >= below) &&
    issuer.unknownCritical.length === 0 &&
    issuer.notBefore <= now &&
    now <= issuer.notAfter &&
    sameName(issuer.subject, subject.issuer) &&
    signed(subject, issuer)
  );
}

function signed(subject: Certificate, issuer: Certificate): boolean {
  const key = soundKey(issuer.x509);
  const digest = SCHEMES[subject.signatureAlgorithm]?.digest; // SHA-1 does not count
  if (!key || !digest) return false;
  try {
    return subject.x509.verify(key);
  } catch {
    return false;
  }
}

export function isSelfSigned(certificate: Certificate): boolean {
  if (!sameName(certificate.subject, certificate.issuer)) return false;
  const key = soundKey(certificate.x509);
  return key !== null && certificate.x509.verify(key);
}
