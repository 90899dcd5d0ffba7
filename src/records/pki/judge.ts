import type { Certificate } from './certificate.ts';
import { buildChain, type Chain, isSelfSigned } from './chain.ts';
import { showName } from './names.ts';
import { type RefusalReason, refusalTexts } from './refusals.ts';
import { type CrlSource, checkRevocation } from './revocation.ts';
import {
  type IssuerRules,
  isSameName,
  OFFICIAL_POLICY,
  type PersonPath,
  PUBLIC_POLICY,
  parsePersonCn,
  pathOf,
  wrongKind,
} from './rules.ts';
import { isIntact, readSignedChallenge, type SignedChallenge, verifySignature } from './signed-challenge.ts';

/** The rules and the CA certificates by which certificates are judged. */
export interface Trust extends IssuerRules {
  /** The CA certificates that the operator chose. */
  store: readonly Certificate[];
  crls: CrlSource;
}

interface AskedChallenge {
  text: string;
  expiresAt: Date;
  usedAt: Date | null;
}

interface Evidence {
  /** The file that the person returned, and its name. */
  file: Buffer;
  fileName: string;
  /** The challenge that was just asked, then earlier ones of the same person. */
  challenges: readonly [AskedChallenge, ...AskedChallenge[]];
  /** The name that the person registered, or typed. */
  name: string;
}

/** The public facts of a proven certificate. */
export interface ProvenPerson {
  cn: string;
  name: string;
  /** The serial of the CN, which tells people of the same name apart. */
  nameSerial: string;
  ous: string[];
  subject: string;
  issuer: string;
  /** Serial number of the certificate, upper-case hex. */
  serial: string;
  policy: string;
  notBefore: Date;
  notAfter: Date;
  fingerprint: string;
  pem: string;
}

export type Verdict =
  | { ok: true; person: ProvenPerson; path: PersonPath; challenge: string }
  | { ok: false; reason: RefusalReason; text: string; fingerprint: string | null };

/**
 * Whether the file proves that its sender holds a person's certificate with this name. Checks the signature over the
 * challenge, chain, issuer, validity, policy and name, and revocation last, because that may need the network. Never
 * throws.
 */
export async function judgeCertificate(evidence: Evidence, trust: Trust, now: Date): Promise<Verdict> {
  const read = readSignedChallenge(evidence.file, evidence.fileName);
  if (!read.ok) return refuse(read.reason, null);
  const { signed } = read;
  const { certificate } = signed;
  const about = (reason: RefusalReason, more?: string) => refuse(reason, certificate, more);

  const challenge = signedOne(signed, evidence.challenges);
  if (challenge === null) return about(isIntact(signed) ? 'WRONG_CHALLENGE' : 'ALTERED');
  if (challenge.usedAt) return about('CHALLENGE_USED');
  if (challenge.expiresAt <= now) return about('CHALLENGE_EXPIRED');

  const chain = buildChain(certificate, signed.embedded, trust.store, now);
  const fault = faultOf(certificate, chain, signed.embedded, trust, now);
  if (fault || !chain) return about(fault ?? 'UNTRUSTED');
  const path = pathOf(certificate);
  const cn = parsePersonCn(certificate.cn ?? '');
  if (!path || !cn || certificate.keyUsage?.signing === false) return about('WRONG_POLICY');
  if (!isSameName(cn.name, evidence.name)) return about('OTHER_PERSON');

  const revoked = await revocationOf(chain, trust.crls, now);
  if (revoked) return about(revoked.reason, revoked.why);
  return { ok: true, person: personOf(certificate, cn, path), path, challenge: challenge.text };
}

/** The challenge that was signed; null when it was none of them, or the signature is wrong. */
function signedOne(signed: SignedChallenge, challenges: Evidence['challenges']): AskedChallenge | null {
  const { content } = signed;
  if (content) {
    const text = content.toString('utf8').trim(); // an editor may have added a line break
    return (verifySignature(signed, content) && challenges.find((one) => one.text === text)) || null;
  }
  const endings = ['', '\n', '\r\n'];
  return (
    challenges.find(({ text }) => endings.some((end) => verifySignature(signed, Buffer.from(text + end)))) ??
    null
  );
}

function faultOf(
  certificate: Certificate,
  chain: Chain | null,
  embedded: readonly Certificate[],
  trust: Trust,
  now: Date,
): RefusalReason | null {
  const issuers = (chain ?? [certificate, ...embedded]).slice(1);
  const kind = wrongKind(
    certificate,
    issuers.map(({ cn }) => cn ?? ''),
    trust,
  );
  if (kind) return kind;
  if (!chain || certificate.unknownCritical.length > 0) return 'UNTRUSTED';
  if (!trust.issuers.includes(certificate.issuerCn ?? '')) return 'WRONG_ISSUER';
  if (now < certificate.notBefore) return 'NOT_YET_VALID';
  return now > certificate.notAfter ? 'EXPIRED' : null;
}

/** Checks every certificate of the chain that has an issuer in it, from the person's certificate upwards. */
async function revocationOf(
  chain: Chain,
  crls: CrlSource,
  now: Date,
): Promise<{ reason: 'REVOKED' | 'REVOCATION_UNKNOWN'; why?: string } | null> {
  for (const [index, certificate] of chain.entries()) {
    const issuer = chain[index + 1];
    if (!issuer || isSelfSigned(certificate)) return null;
    const found = await checkRevocation(certificate, issuer, crls, now);
    // A revoked CA vouches for nothing.
    if (found.state === 'revoked') return { reason: 'REVOKED' };
    if (found.state === 'unknown') return { reason: 'REVOCATION_UNKNOWN', why: found.why };
  }
  return null;
}

function personOf(
  certificate: Certificate,
  cn: { name: string; serial: string },
  path: PersonPath,
): ProvenPerson {
  const { ous, serial, notBefore, notAfter, fingerprint, x509 } = certificate;
  return {
    cn: certificate.cn ?? '',
    name: cn.name,
    nameSerial: cn.serial,
    ous,
    subject: showName(certificate.subject),
    issuer: showName(certificate.issuer),
    serial,
    policy: path === 'online' ? OFFICIAL_POLICY : PUBLIC_POLICY,
    notBefore,
    notAfter,
    fingerprint,
    pem: x509.toString(),
  };
}

function refuse(reason: RefusalReason, certificate: Certificate | null, more?: string): Verdict {
  const text = more ? `${refusalTexts[reason]} (${more})` : refusalTexts[reason];
  return { ok: false, reason, text, fingerprint: certificate?.fingerprint ?? null };
}
