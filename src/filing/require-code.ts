import type { Tx } from '../store/store.ts';
import type { CodeRequest } from './decision.ts';
import type { CodePolicy } from './step-up/code-policy.ts';
import { isTrusted, lockedUntil, lockRefusal } from './step-up/step-up.ts';
import { StepUpNeeded } from './step-up-needed.ts';

/**
 * Asks for the one-time code of whoever acts, unless one is remembered. Read in the transaction of what is done.
 * @throws StepUpNeeded, or Refusal while it is locked
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
