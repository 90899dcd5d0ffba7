import { SCHEMES, soundKey } from './algorithms.ts';
import type { Certificate } from './certificate.ts';
import { sameName } from './names.ts';

/** From the person's certificate up to one of the trust store, both included. */
export type Chain = readonly Certificate[];

const MAX_LENGTH = 6;

/**
 * Finds a chain from the certificate to the trust store. Certificates that came with the signature may be links of
 * the chain and are trusted for nothing else. If the trust store also holds the issuer of its own certificate, the
 * chain goes on to it, so that revocation is checked as high up as possible.
 * @returns null when no chain is valid at `now`
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

/** `below`: number of CA certificates between the two and the person's certificate. */
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
  const digest = SCHEMES[subject.signatureAlgorithm]?.digest; // SHA-1 is not accepted
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
