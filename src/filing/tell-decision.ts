import { APPROVED } from '../records/filings/states.ts';
import type { Filing } from '../store/client/client.ts';
import type { Operation } from '../store/operation.ts';
import type { AnyProcedure } from './procedure.ts';
import type { Verb } from './steps.ts';
import { decidedKey } from './undo.ts';

/** The message is sent only if the decision was told before: see the notice. */
export function tellUndone(
  op: Operation,
  { id, revision, applicantId }: Filing,
  before: Filing,
  round: number,
): void {
  op.tell({
    key: `undone:${id}:${revision}:${round}`,
    notice: 'filing.undone',
    to: applicantId,
    facts: { filingId: id, state: before.state, decided: decidedKey(before, round - 1) },
  });
}

export function tellApplicant(
  op: Operation,
  procedure: AnyProcedure,
  filing: Filing,
  verb: Verb,
  round: number,
): void {
  if (verb === 'filing.withdraw' || (verb === 'filing.accept' && filing.state !== APPROVED)) return;
  if (filing.state === APPROVED && !procedure.approvedText) return;
  op.tell({
    key: decidedKey(filing, round),
    notice: 'filing.decided',
    to: filing.applicantId,
    facts: { filingId: filing.id, revision: filing.revision, verb, round },
  });
}
