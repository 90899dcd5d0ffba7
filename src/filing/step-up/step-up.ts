import { koreanDateTime } from '../../core/calendar.ts';
import { Refusal } from '../../core/refusal.ts';
import type { StepUp } from '../../store/client/client.ts';
import type { Operation } from '../../store/operation.ts';
import { bare, newRecoveryCodes, type Typed } from './recovery-codes.ts';
import type { SecretBox } from './secret-box.ts';
import { newSecret, stepOfCode } from './totp.ts';

/** The result of checking a typed code. */
export type Verdict =
  | { is: 'right' }
  | { is: 'wrong'; why: 'mismatch' | 'used'; left: number }
  | { is: 'locked'; until: Date }
  /** There is nothing to compare with: the person is not enrolled, or the enrolment expired. */
  | { is: 'pointless' };

const MAX_FAILURES = 5;
const MINUTE = 60_000;
const LOCK_MS = 15 * MINUTE;
const TRUST_MS = 60 * MINUTE;
const PENDING_MS = 30 * MINUTE;

/**
 * Checks a code for a decision. While an earlier code is remembered, nothing is compared, so that a window that was
 * submitted twice costs no try.
 */
export const proveCode = (op: Operation, box: SecretBox, personId: string, typed: Typed): Promise<Verdict> =>
  compareOnce(op, box, personId, typed, false);

/** Compares a code with the secret in use, for one try. `fresh`: a remembered code does not do. */
async function compareOnce(
  op: Operation,
  box: SecretBox,
  personId: string,
  typed: Typed,
  fresh: boolean,
): Promise<Verdict> {
  const row = await op.tx.stepUp.findUnique({ where: { personId } });
  if (!row?.secret) return { is: 'pointless' };
  const counted = await countTry(op, personId, fresh);
  const locked = await op.tx.stepUp.findUniqueOrThrow({ where: { personId } });
  if (counted) return judge(op, box, locked, 'secret', typed);
  return !fresh && isTrusted(locked, op.now) ? { is: 'right' } : lockOf(locked, op.now);
}

/**
 * Makes a new secret for a person who has none in use. @returns false when one is in use: a code has to be given
 * first
 */
export async function beginEnrolment(op: Operation, box: SecretBox, personId: string): Promise<boolean> {
  const row = await op.tx.stepUp.findUnique({ where: { personId } });
  if (row?.secret) return false;
  await makePending(op, box, personId);
  return true;
}

/**
 * The same for a person who gives a code, or a recovery code, of the secret in use. That secret stays in use
 * meanwhile.
 */
export async function renewEnrolment(
  op: Operation,
  box: SecretBox,
  personId: string,
  typed: Typed,
): Promise<Verdict> {
  const verdict = await compareOnce(op, box, personId, typed, true);
  if (verdict.is === 'right') await makePending(op, box, personId);
  return verdict;
}

/**
 * Brings a new secret into use with its first code. @returns the verdict, and the recovery codes, which are shown
 * once
 */
export async function completeEnrolment(
  op: Operation,
  box: SecretBox,
  personId: string,
  typed: Typed,
): Promise<{ verdict: Verdict; recoveryCodes: string[] }> {
  const refused = (verdict: Verdict) => ({ verdict, recoveryCodes: [] });
  const row = await op.tx.stepUp.findUnique({ where: { personId } });
  if (!isPending(row, op.now)) return refused({ is: 'pointless' });
  const counted = await countTry(op, personId, true);
  const locked = await op.tx.stepUp.findUniqueOrThrow({ where: { personId } });
  if (!counted) return refused(lockOf(locked, op.now));
  if (!isPending(locked, op.now)) throw new Refusal('이미 등록했습니다.', '홈에서 확인하십시오.');
  const verdict = await judge(op, box, locked, 'pending', typed);
  if (verdict.is !== 'right') return refused(verdict);

  const recoveryCodes = newRecoveryCodes();
  await op.tx.stepUp.update({
    where: { personId },
    data: {
      secret: locked.pending,
      pending: null,
      pendingUntil: null,
      enrolledAt: op.now,
      recoveryHashes: recoveryCodes.map((code) => box.digest(bare(code), personId)),
    },
  });
  op.audit({ action: 'stepUp.enrol', subject: `person:${personId}`, person: personId });
  warn(op, personId, 'enrolled');
  return { verdict, recoveryCodes };
}

/**
 * For a person who becomes an officer (again): a former enrolment is no longer valid. A person who already is one is
 * told, in case somebody else asked for it.
 */
export async function forgetEnrolment(
  op: Operation,
  personId: string,
  told: 'told' | 'untold' = 'untold',
): Promise<void> {
  const { count } = await op.tx.stepUp.deleteMany({ where: { personId } });
  if (count === 0) return;
  op.audit({ action: 'stepUp.reset', subject: `person:${personId}`, person: personId });
  if (told === 'told') warn(op, personId, 'reset');
}

export function isTrusted({ trustedUntil }: Pick<StepUp, 'trustedUntil'>, now: Date): boolean {
  return trustedUntil !== null && trustedUntil > now;
}

/** @returns when the lock ends, or null when there is none */
export function lockedUntil({ lockedUntil: until }: Pick<StepUp, 'lockedUntil'>, now: Date): Date | null {
  return until !== null && until > now ? until : null;
}

export function lockRefusal(until: Date): Refusal {
  return new Refusal(
    `일회용 비밀번호를 ${MAX_FAILURES}번 틀려 ${koreanDateTime(until)}까지 쓸 수 없습니다.`,
    '그 뒤에 다시 하십시오. 본인이 틀린 것이 아니면 다른 관리자에게 바로 알리십시오.',
  );
}

/**
 * Uses up one try before anything is compared. The row stays locked until the transaction ends, so that simultaneous
 * clicks run one after the other and share the five tries.
 * @returns false when no try is left, or (unless `fresh`) when no code is needed
 */
async function countTry({ tx, now }: Operation, personId: string, fresh: boolean): Promise<boolean> {
  const until = new Date(now.getTime() + LOCK_MS);
  const count = await tx.$executeRaw`
    UPDATE "StepUp" SET
      failures = CASE WHEN "lockedUntil" IS NULL THEN failures + 1 ELSE 1 END,
      "lockedUntil" = CASE WHEN "lockedUntil" IS NULL AND failures + 1 >= ${MAX_FAILURES} THEN ${until}::timestamp END
    WHERE "personId" = ${personId} AND ("lockedUntil" IS NULL OR "lockedUntil" <= ${now})
      AND (${fresh} OR "trustedUntil" IS NULL OR "trustedUntil" <= ${now})`;
  return count === 1;
}

type Which = 'secret' | 'pending';

/** Compares the code after the try was counted. A right code gives the tries back. */
async function judge(
  op: Operation,
  box: SecretBox,
  row: StepUp,
  which: Which,
  typed: Typed,
): Promise<Verdict> {
  const { personId } = row;
  const used = await useUp(op, box, row, which, typed);
  const entry = { subject: `person:${personId}`, person: personId };
  if (used === 'right') {
    const trustedUntil = new Date(op.now.getTime() + TRUST_MS);
    await op.tx.stepUp.update({
      where: { personId },
      data: { failures: 0, lockedUntil: null, trustedUntil },
    });
    op.audit({ ...entry, action: 'stepUp.pass', data: { with: typed.kind } });
    if (typed.kind === 'recovery') warn(op, personId, 'recovery');
    return { is: 'right' };
  }
  op.audit({
    ...entry,
    action: 'stepUp.fail',
    data: { with: typed.kind, why: used, failures: row.failures },
  });
  if (!row.lockedUntil) return { is: 'wrong', why: used, left: MAX_FAILURES - row.failures };
  await op.tx.stepUp.update({ where: { personId }, data: { trustedUntil: null } });
  op.audit({ ...entry, action: 'stepUp.lock', data: { until: row.lockedUntil } });
  warn(op, personId, 'locked');
  return { is: 'locked', until: row.lockedUntil };
}

/** Uses a code up: the write is guarded by the code, so that each one works once. */
async function useUp(
  { tx, now }: Operation,
  box: SecretBox,
  row: StepUp,
  which: Which,
  { kind, text }: Typed,
): Promise<'right' | 'mismatch' | 'used'> {
  const { personId } = row;
  if (kind === 'recovery') {
    const hash = box.digest(text, personId);
    // Recovery codes belong to the secret in use and prove nothing about a new one.
    if (which === 'pending' || !row.recoveryHashes.includes(hash)) return 'mismatch';
    const count = await tx.$executeRaw`
      UPDATE "StepUp" SET "recoveryHashes" = array_remove("recoveryHashes", ${hash})
      WHERE "personId" = ${personId} AND ${hash} = ANY("recoveryHashes")`;
    return count === 1 ? 'right' : 'used';
  }
  const sealed = row[which];
  const lastStep = sealed && stepOfCode(box.open(sealed, personId), text, now);
  if (!lastStep) return 'mismatch';
  const { count } = await tx.stepUp.updateMany({
    // The last used step belongs to the old secret; the new one has used none.
    where: { personId, ...(which === 'secret' ? { lastStep: { lt: lastStep } } : {}) },
    data: { lastStep },
  });
  return count === 1 ? 'right' : 'used';
}

function isPending(row: StepUp | null, now: Date): boolean {
  return row?.pending != null && row.pendingUntil !== null && row.pendingUntil > now;
}

function lockOf(row: StepUp, now: Date): Verdict {
  const until = lockedUntil(row, now);
  return until ? { is: 'locked', until } : { is: 'pointless' };
}

async function makePending(op: Operation, box: SecretBox, personId: string): Promise<void> {
  const pendingUntil = new Date(op.now.getTime() + PENDING_MS);
  const data = { pending: box.seal(newSecret(), personId), pendingUntil };
  const { count } = await op.tx.stepUp.createMany({ data: [{ personId, ...data }], skipDuplicates: true });
  if (count === 0) await op.tx.stepUp.update({ where: { personId }, data });
  op.audit({ action: 'stepUp.begin', subject: `person:${personId}`, person: personId });
  op.tell({
    key: `stepUp:${personId}:picture:${crypto.randomUUID()}`,
    notice: 'stepUp.picture',
    to: personId,
    facts: { personId, until: pendingUntil.getTime() },
  });
}

/** Tells the person, in case somebody else used their messenger. */
function warn(op: Operation, personId: string, what: 'enrolled' | 'recovery' | 'locked' | 'reset'): void {
  op.tell({
    key: `stepUp:${personId}:${what}:${crypto.randomUUID()}`,
    notice: 'stepUp.warning',
    to: personId,
    facts: { personId, what, at: op.now.getTime() },
  });
}
