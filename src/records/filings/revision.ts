import { readAnswers, readValues } from '../../messenger/forms/answers.ts';
import type { Answers, AnswersOf, Fields, Form } from '../../messenger/forms/form.ts';
import { type Filing, Prisma, type Revision } from '../../store/client/client.ts';
import { columnsOf } from '../../store/columns.ts';
import type { Tx } from '../../store/store.ts';

/** A filing and the number of one of its revisions; a filing itself names its newest. */
type Which = Pick<Filing, 'id' | 'revision'>;

const columns = columnsOf(Prisma.RevisionScalarFieldEnum);

export async function findRevision(tx: Tx, { id, revision }: Which): Promise<Revision | null> {
  const [found] = await tx.$queryRaw<Revision[]>`
    SELECT ${columns} FROM "Revision" WHERE "filingId" = ${id} AND number = ${revision}`;
  return found ?? null;
}

/** @throws Error when there is no such revision */
export async function getRevision(tx: Tx, which: Which): Promise<Revision> {
  const found = await findRevision(tx, which);
  if (!found) throw new Error(`revision ${which.revision} of filing ${which.id} is missing`);
  return found;
}

/** The answers of a revision, typed by the form of its procedure. */
export async function answersOfForm<F extends Fields>(
  tx: Tx,
  form: Form<F>,
  which: Which,
): Promise<AnswersOf<F>> {
  return readAnswers(form, (await getRevision(tx, which)).answers);
}

/** The answers of a revision, whatever its form is. */
export async function answersOf(tx: Tx, which: Which): Promise<Answers> {
  return readValues((await getRevision(tx, which)).answers);
}
