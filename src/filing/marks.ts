import { readValues } from '../messenger/forms/answers.ts';
import type { Answers } from '../messenger/forms/form.ts';
import { SUBMITTED } from '../records/filings/states.ts';
import type { Filing, Person } from '../store/client/client.ts';
import type { Operation } from '../store/operation.ts';
import { pointedOut } from './findings.ts';
import { type AnyProcedure, type Filings, getProcedure } from './procedure.ts';

/**
 * Stores on a waiting filing how much the checks point out, so that the queue need not run the checks of ten filings.
 * It is part of the operation with which a filing begins to wait, or with which the data changes that the checks
 * compare with.
 */
export async function markFiling(
  { tx }: Operation,
  procedure: AnyProcedure,
  filing: Filing,
  answers: Answers,
  applicant?: Person,
): Promise<void> {
  if (filing.state !== SUBMITTED) return;
  const { stops, looks } = await pointedOut(procedure, tx, filing, answers, applicant);
  await tx.filing.updateMany({
    where: { id: filing.id, revision: filing.revision, state: SUBMITTED },
    data: { stops: stops.length, looks: looks.length },
  });
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
