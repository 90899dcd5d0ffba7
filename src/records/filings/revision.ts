import { readAnswers, readValues } from '../../messenger/forms/answers.ts';
import type { Answers, AnswersOf, Fields, Form } from '../../messenger/forms/form.ts';
import type { Filing, Revision } from '../../store/client/client.ts';
import type { Tx } from '../../store/store.ts';

/** A filing and the number of one of its revisions; a filing itself names its newest. */
type Which = Pick<Filing, 'id' | 'revision'>;

export function findRevision(tx: Tx, { id, revision }: Which): Promise<Revision | null> {
  return tx.revision.findUnique({ where: { filingId_number: { filingId: id, number: revision } } });
}

/** @throws Error when there is no such revision */
export function getRevision(tx: Tx, { id, revision }: Which): Promise<Revision> {
  return tx.revision.findUniqueOrThrow({ where: { filingId_number: { filingId: id, number: revision } } });
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
