import { z } from 'zod';
import { readAnswers } from '../../messenger/forms/answers.ts';
import type { AnswersOf } from '../../messenger/forms/form.ts';
import { PROCEDURE } from '../../records/filings/procedure-name.ts';
import { APPROVED } from '../../records/filings/states.ts';
import { isOneOf } from '../../records/filings/states-sql.ts';
import { filingRow } from '../../records/rows.ts';
import { type Ask, map, read, rowOf } from '../../store/ask.ts';
import { type Filing, Prisma } from '../../store/client/client.ts';
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
export function approvedOf(systemId: string): Ask<Approved | null> {
  const newest = rowOf(
    Prisma.sql`
      SELECT to_json(f) AS filing, r.answers, s.profile
      FROM "Filing" f JOIN "System" s ON s.id = f."systemId"
      LEFT JOIN "Revision" r ON r."filingId" = f.id AND r.number = COALESCE(f."approvedRevision", f.revision)
      WHERE f."systemId" = ${systemId} AND f.procedure = ${PROCEDURE.application} AND f.state ${isOneOf(APPROVED)}
      ORDER BY f."submittedAt" DESC, f.id DESC LIMIT 1`,
    approvedRow,
  );
  return map(newest, (found) => {
    if (!found) return null;
    const { filing, answers, profile } = found;
    if (!answers) throw new Error(`the approved revision of filing ${filing.number} is missing`);
    const changed: Record<string, unknown> = { ...readAnswers(applicationForm, answers), ...profile };
    const now = Object.fromEntries(
      Object.entries(changed).filter(([, value]) => value !== null),
    ) as Description;
    return { filing, answers: now };
  });
}

const approvedRow = z.object({
  filing: filingRow,
  answers: z.looseObject({}).nullable(),
  profile: z.looseObject({}),
});

export const findApprovedApplication = (tx: Tx, systemId: string): Promise<Approved | null> =>
  read(tx, approvedOf(systemId));

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
