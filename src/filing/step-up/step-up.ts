import { koreanDateTime } from '../../core/calendar.ts';
import { Refusal } from '../../core/refusal.ts';
import type { StepUp } from '../../store/client/client.ts';
import type { Operation } from '../../store/operation.ts';
import { bare, newRecoveryCodes, type Typed } from './recovery-codes.ts';
import type { SecretBox } from './secret-box.ts';
import { newSecret, stepOfCode } from './totp.ts';

/** What a typed code turned out to be. */
export type Verdict =
  | { is: 'right' }
  | { is: 'wrong'; why: 'mismatch' | 'used'; left: number }
  | { is: 'locked'; until: Date }
  /** Nothing to compare it with: not enrolled, or the enrolment ran out. */
  | { is: 'pointless' };

const MAX_FAILURES = 5;
const MINUTE = 60_000;
const LOCK_MS = 15 * MINUTE;
const TRUST_MS = 60 * MINUTE;
const PENDING_MS = 30 * MINUTE;

/**
 * A code for a decision. While an earlier one is remembered nothing is compared: a window that was submitted twice
 * costs no try.
 */
export async function proveCode(
  op: Operation,
  box: SecretBox,
  personId: string,
  typed: Typed,
): Promise<Verdict> {
  const row = await op.tx.stepUp.findUnique({ where: { personId } });
  if (!row?.secret) return { is: 'pointless' };
  const counted = await countTry(op, personId, false);
  const locked = await op.tx.stepUp.findUniqueOrThrow({ where: { personId } });
  if (!counted) return isTrusted(locked, op.now) ? { is: 'right' } : lockOf(locked, op.now);
  return judge(op, box, locked, 'secret', typed);
}

/** Makes a new secret for somebody who has none in use. @returns false when one is: then a code has to be given first */
export async function beginEnrolment(op: Operation, box: SecretBox, personId: string): Promise<boolean> {
  const row = await op.tx.stepUp.findUnique({ where: { personId } });
  if (row?.secret) return false;
  await makePending(op, box, personId);
  return true;
}

/** The same for somebody who gives a code, or a recovery code, of the secret in use; it stays in use meanwhile. */
export async function renewEnrolment(
  op: Operation,
  box: SecretBox,
  personId: string,
  typed: Typed,
): Promise<Verdict> {
  const row = await op.tx.stepUp.findUnique({ where: { personId } });
  if (!row?.secret) return { is: 'pointless' };
  const counted = await countTry(op, personId, true);
  const locked = await op.tx.stepUp.findUniqueOrThrow({ where: { personId } });
  if (!counted) return lockOf(locked, op.now);
  const verdict = await judge(op, box, locked, 'secret', typed);
  if (verdict.is === 'right') await makePending(op, box, personId);
  return verdict;
}

/** The first code of a new secret brings it into use. @returns with it the recovery codes, which are shown once */
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
 * For whoever becomes an officer (again): what was enrolled before counts no more. Whoever stays one is told, in case it
 * was somebody else who asked for it.
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

/** @returns when it ends, or null */
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
 * Takes one of the tries before anything is compared. The row is locked from here to the end of the transaction, so
 * that clicks of one moment come one after the other and share the five.
 * @returns false when there is none left, or (unless `fresh`) when none is needed
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

/** Compares, once the try is counted; a right one gives the tries back. */
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

/** Each code is good once: the write is guarded by what it uses up. */
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
    // They belong to the secret in use and prove nothing about the new one.
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
    // The step that was used last is the old secret's: the new one has used none.
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

/** What the person should know of, in case it was somebody else with their messenger open. */
function warn(op: Operation, personId: string, what: 'enrolled' | 'recovery' | 'locked' | 'reset'): void {
  op.tell({
    key: `stepUp:${personId}:${what}:${crypto.randomUUID()}`,
    notice: 'stepUp.warning',
    to: personId,
    facts: { personId, what, at: op.now.getTime() },
  });
}
