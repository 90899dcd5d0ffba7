import type { Tx } from '../store/store.ts';
import type { CodeRequest } from './decision.ts';
import type { CodePolicy } from './step-up/code-policy.ts';
import { isTrusted, lockedUntil, lockRefusal } from './step-up/step-up.ts';
import { StepUpNeeded } from './step-up-needed.ts';

/**
 * Asks the actor for a one-time code, unless a recent one is remembered. Runs in the transaction of the act.
 * @throws StepUpNeeded, or Refusal while codes are locked
 */
export async function requireCode(
  { tx, now }: { tx: Tx; now: Date },
  policy: CodePolicy,
  personId: string,
  request: CodeRequest,
): Promise<void> {
  const row = await tx.stepUp.findUnique({ where: { personId } });
  if (!row?.secret) {
    if (policy === 'obligatory') throw new StepUpNeeded('ENROLMENT', request);
    return;
  }
  if (isTrusted(row, now)) return;
  const until = lockedUntil(row, now);
  if (until) throw lockRefusal(until);
  throw new StepUpNeeded('CODE', request);
}
