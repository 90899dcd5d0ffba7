import { readValues } from '../messenger/forms/answers.ts';
import type { Answers } from '../messenger/forms/form.ts';
import { SUBMITTED } from '../records/filings/states.ts';
import type { Filing, Person } from '../store/client/client.ts';
import type { Operation } from '../store/operation.ts';
import type { Tx } from '../store/store.ts';
import { countPointedOut } from './findings.ts';
import { type AnyProcedure, type Checked, type Filings, getProcedure } from './procedure.ts';

/**
 * Stores on a waiting filing how much the checks point out, so that the queue need not run the checks of ten filings.
 * It is part of the operation with which a filing begins to wait (a submission stores them itself), or with which the
 * data changes that the checks compare with.
 */
export async function markFiling(
  { tx }: Operation,
  procedure: AnyProcedure,
  filing: Filing,
  answers: Answers,
): Promise<void> {
  if (filing.state !== SUBMITTED) return;
  await tx.filing.updateMany({
    where: { id: filing.id, revision: filing.revision, state: SUBMITTED },
    data: await marksOf(tx, procedure, filing, answers),
  });
}

/** These numbers for a filing that may not be stored yet; null while no officer decides it. */
export async function marksOf(
  tx: Tx,
  procedure: AnyProcedure,
  filing: Checked,
  answers: Answers,
  applicant?: Person,
): Promise<Pick<Filing, 'stops' | 'looks'>> {
  if (filing.state !== SUBMITTED) return { stops: null, looks: null };
  return countPointedOut(procedure, tx, filing, answers, applicant);
}

/** The same for all waiting filings of a procedure, after the data changed that their checks compare with. */
export async function markWaiting(
  filings: Pick<Filings, 'procedures'>,
  op: Operation,
  name: string,
): Promise<void> {
  const procedure = getProcedure(filings, name);
  const waiting = await op.tx.filing.findMany({
    where: { procedure: name, state: SUBMITTED },
    include: { revisions: { select: { number: true, answers: true } } },
  });
  for (const { revisions, ...filing } of waiting) {
    const newest = revisions.find(({ number }) => number === filing.revision);
    await markFiling(op, procedure, filing, readValues(newest?.answers));
  }
}
