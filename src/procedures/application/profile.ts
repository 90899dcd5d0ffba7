import { readAnswers } from '../../messenger/forms/answers.ts';
import type { AnswersOf } from '../../messenger/forms/form.ts';
import { PROCEDURE } from '../../records/filings/procedure-name.ts';
import { APPROVED } from '../../records/filings/states.ts';
import type { Filing } from '../../store/client/client.ts';
import type { Tx } from '../../store/store.ts';
import { applicationForm } from './form.ts';

/** The description of a system in the fields of the application form. */
export type Description = AnswersOf<typeof applicationForm.fields>;

/** The description of a system as it was approved, with the changes since. */
interface Approved {
  filing: Filing;
  /** The answers of the application, replaced by what later approvals changed (System.profile). */
  answers: Description;
}

/** The newest approved application of a system; null when there is none yet. */
export async function findApprovedApplication(tx: Tx, systemId: string): Promise<Approved | null> {
  const found = await tx.filing.findFirst({
    where: { systemId, procedure: PROCEDURE.application, state: APPROVED },
    orderBy: { submittedAt: 'desc' },
    include: { revisions: true, system: { select: { profile: true } } },
  });
  if (!found) return null;
  const { revisions, system, ...filing } = found;
  const approved = filing.approvedRevision ?? filing.revision;
  const revision = revisions.find(({ number }) => number === approved);
  if (!revision) throw new Error(`revision ${approved} of filing ${filing.number} is missing`);
  const answers = readAnswers(applicationForm, revision.answers);
  const changed: Record<string, unknown> = { ...answers, ...(system?.profile as object) };
  const now = Object.fromEntries(
    Object.entries(changed).filter(([, value]) => value !== null),
  ) as Description;
  return { filing, answers: now };
}

/**
 * The current description of a system: its approved application, with the changes of later approvals. A field that no
 * longer applies is absent. Null when no application is approved.
 */
export async function describeSystem(tx: Tx, systemId: string): Promise<Description | null> {
  return (await findApprovedApplication(tx, systemId))?.answers ?? null;
}

/**
 * Stores what an approval changed in the description, by field name of the application form. Null: the field no
 * longer applies. Other fields stay. It is one statement, so that two approvals of different fields do not undo each
 * other.
 */
export async function changeProfile(
  tx: Tx,
  systemId: string,
  changed: Partial<Record<keyof Description, unknown>>,
): Promise<void> {
  await tx.$executeRaw`
    UPDATE "System" SET profile = profile || ${JSON.stringify(changed)}::jsonb WHERE id = ${systemId}`;
}
