import { applies, type Change, compareAnswers } from '../messenger/forms/answers.ts';
import type { Answers } from '../messenger/forms/form.ts';
import { findFiling } from '../records/filings/filing.ts';
import type { Subject } from '../records/filings/subject.ts';
import type { Tx } from '../store/store.ts';
import type { AnyProcedure } from './procedure.ts';

/** The system that a draft or a filing is about; null when it is about none. */
export async function systemOfSubject(tx: Tx, subject: Subject): Promise<string | null> {
  const [, kind, id = ''] = /^(?:paper:)?(system|filing):(.+)$/.exec(subject) ?? [];
  if (kind === 'system') return id;
  if (kind !== 'filing') return null;
  return (await findFiling(tx, id))?.systemId ?? null;
}

/** The registered values that this procedure changes; null when it changes nothing. */
export async function standingBefore(
  tx: Tx,
  { changes }: AnyProcedure,
  systemId: string | null,
): Promise<Answers | null> {
  return changes && systemId ? changes.before(tx, systemId) : null;
}

/** Old → new: the fields that differ from the registered values. Fields that the form no longer has are left out. */
export function changesFrom(
  { form, changes }: AnyProcedure,
  before: Answers,
  answers: Answers,
  nameOf?: (code: string) => string,
): Change[] {
  const asked = Object.fromEntries(
    Object.entries(answers).filter(
      ([name]) => Object.hasOwn(form.fields, name) && applies(form, name, answers),
    ),
  );
  return compareAnswers(form, before, asked, nameOf).filter(({ name }) => changes?.fields.includes(name));
}
