import { Refusal } from '../../core/refusal.ts';
import { takeStep } from '../../filing/decide.ts';
import { BOT } from '../../filing/decider.ts';
import type { Filings } from '../../filing/procedure.ts';
import { PROCEDURE } from '../../records/filings/procedure-name.ts';
import { answersOf } from '../../records/filings/revision.ts';
import { SUBMITTED } from '../../records/filings/states.ts';
import { judgeCertificate, type ProvenPerson, type Trust, type Verdict } from '../../records/pki/judge.ts';
import { namesAgency } from '../../records/pki/rules.ts';
import type { Filing } from '../../store/client/client.ts';
import { holdName } from '../../store/hold.ts';
import type { Known } from '../../store/known.ts';
import { type Operation, operate } from '../../store/operation.ts';
import type { Tx } from '../../store/store.ts';

/** What proof of identity by certificate needs. */
export interface Proof {
  trust: Trust;
  /** Whether to show the command that signs with the test PKI of local mode. */
  local: boolean;
}

/** The name that the certificate must have: a registered person's, or the one in a waiting registration. */
interface Claim {
  name: string;
  /** The waiting registration; null for a registered person. */
  filing: Filing | null;
}

export async function findClaim(tx: Tx, who: Known): Promise<Claim | null> {
  if (who.registeredAt && who.name) return { name: who.name, filing: null };
  const filing = await tx.filing.findFirst({
    where: { applicantId: who.id, procedure: PROCEDURE.registration, state: SUBMITTED },
    orderBy: { submittedAt: 'desc' },
  });
  if (!filing) return null;
  const { name } = await answersOf(tx, filing);
  return typeof name === 'string' ? { name, filing } : null;
}

interface Returned {
  challengeId: string;
  file: Buffer;
  fileName: string;
}

export type ProofResult =
  | Extract<Verdict, { ok: false }>
  /** Proven; but a 공공기관 applies by 공문. */
  | { ok: true; outcome: 'letter' }
  | { ok: true; outcome: 'registered' | 'waiting' | 'kept'; person: ProvenPerson };

/**
 * Judges what a person returned. When it proves their identity, it stores the certificate and approves the waiting
 * registration; challenge, certificate and approval commit together. A refusal is recorded with its reason and the
 * certificate's fingerprint; the file itself is never stored.
 * @throws Refusal
 */
export async function proveIdentity(
  filings: Filings,
  trust: Trust,
  who: Known,
  place: string,
  { challengeId, file, fileName }: Returned,
): Promise<ProofResult> {
  const { db, now } = filings;
  const claim = await findClaim(db, who);
  if (!claim) {
    throw new Refusal(
      '본인확인을 기다리는 사용자 등록 신청이 없습니다.',
      '홈에서 ‘사용자 등록’을 먼저 제출하십시오.',
    );
  }
  const [asked, ...others] = await challengesOf(db, who.id, challengeId);
  if (!asked) throw new Refusal('본인확인 창이 오래되었습니다.', '‘인증서로 본인확인’을 다시 누르십시오.');
  const evidence = { file, fileName, challenges: [asked, ...others] as const, name: claim.name };
  const verdict = await judgeCertificate(evidence, trust, now());
  const author = { actor: who.id, place };
  if (!verdict.ok) {
    await operate(filings, author, async (op) => recordRefusal(op, who, verdict));
    return verdict;
  }
  return operate(filings, author, (op) => accept(filings, op, who, claim, verdict));
}

/** The one that was asked comes first. The others tell a replayed signature from a signature over something else. */
async function challengesOf(tx: Tx, personId: string, challengeId: string) {
  const all = await tx.challenge.findMany({ where: { personId }, orderBy: { createdAt: 'desc' }, take: 100 });
  return all.some(({ id }) => id === challengeId)
    ? all.sort((a, b) => Number(b.id === challengeId) - Number(a.id === challengeId))
    : [];
}

function recordRefusal(op: Operation, who: Known, { reason, fingerprint }: Extract<Verdict, { ok: false }>) {
  op.audit({
    action: 'certificate.refuse',
    subject: `person:${who.id}`,
    person: who.id,
    data: { reason, fingerprint },
  });
}

async function accept(
  filings: Filings,
  op: Operation,
  who: Known,
  claim: Claim,
  { person, path, challenge }: Extract<Verdict, { ok: true }>,
): Promise<ProofResult> {
  await holdName(op.tx, 'certificates of people');
  const otherHolder = await op.tx.certificate.findFirst({
    where: { fingerprint: person.fingerprint, purpose: 'PERSON', endedAt: null, personId: { not: who.id } },
  });
  if (otherHolder) {
    throw new Refusal(
      '다른 계정에서 이미 등록한 인증서입니다.',
      '계정을 바꾸었으면 관리자 승인으로 등록하십시오.',
    );
  }
  const { count } = await op.tx.challenge.updateMany({
    where: { personId: who.id, text: challenge, usedAt: null, expiresAt: { gt: op.now } },
    data: { usedAt: op.now },
  });
  if (count !== 1) {
    throw new Refusal(
      '이미 사용한 서명입니다.',
      '‘인증서로 본인확인’을 다시 눌러 새 본인확인 파일에 서명하십시오.',
    );
  }
  const { fingerprint, issuer, serial, policy } = person;
  if (path === 'letter') {
    const data = { fingerprint, policy };
    op.audit({ action: 'certificate.letter', subject: `person:${who.id}`, person: who.id, data });
    return { ok: true, outcome: 'letter' };
  }
  await keep(op, who, person);
  if (!claim.filing) return { ok: true, outcome: 'kept', person };
  const { id, revision, agencyCode } = claim.filing;
  const agency = agencyCode ? await op.tx.agency.findUnique({ where: { code: agencyCode } }) : null;
  // The certificate proves the name. About the agency it proves only what its ou= say; an officer checks the rest.
  if (!agency || agency.abolished || !namesAgency(person.ous, agency.name)) {
    return { ok: true, outcome: 'waiting', person };
  }
  const evidence = { fingerprint, issuer, serial };
  await takeStep(filings, op, BOT, { verb: 'filing.approve', filingId: id, revision, evidence });
  return { ok: true, outcome: 'registered', person };
}

/** A newer certificate ends the older one. The same certificate, proven again, stays. */
async function keep(op: Operation, who: Known, person: ProvenPerson): Promise<void> {
  const { cn, subject, issuer, serial, policy, notBefore, notAfter, fingerprint, pem } = person;
  const mine = { personId: who.id, purpose: 'PERSON' as const, endedAt: null };
  await op.tx.certificate.updateMany({
    where: { ...mine, fingerprint: { not: fingerprint } },
    data: { endedAt: op.now },
  });
  if ((await op.tx.certificate.count({ where: { ...mine, fingerprint } })) === 0) {
    await op.tx.certificate.create({
      data: {
        purpose: 'PERSON',
        personId: who.id,
        cn,
        subject,
        issuer,
        serial,
        policy,
        notBefore,
        notAfter,
        fingerprint,
        pem,
        registeredAt: op.now,
      },
    });
  }
  op.audit({
    action: 'certificate.register',
    subject: `person:${who.id}`,
    person: who.id,
    data: { fingerprint, issuer, serial, policy, notAfter: notAfter.toISOString() },
  });
}
