import { mask } from '../core/mask.ts';
import type { Answers, Form } from '../messenger/forms/form.ts';
import type { Known } from '../store/known.ts';

/** The person whose data the personal answers of a revision are: its submitter, or the contact on a paper form. */
export function dataSubjectOf(revision: { submittedBy: string; dataSubjectId: string | null }): string {
  return revision.dataSubjectId ?? revision.submittedBy;
}

/** Masks personal answers for a reader who is not their subject. */
export function maskedAnswers(form: Form, answers: Answers): Answers {
  return Object.fromEntries(
    Object.entries(answers).map(([name, value]) => {
      const personal = form.fields[name]?.personal;
      return [name, personal && typeof value === 'string' ? mask(personal, value) : value];
    }),
  );
}

/** Fields that only the applicant fills: consents and personal data. */
function ownFields(form: Form): Set<string> {
  const inSteps = form.steps.filter((step) => step.own).flatMap((step) => step.fields);
  const personal = Object.keys(form.fields).filter((name) => form.fields[name]?.personal);
  return new Set([...inSteps, ...personal]);
}

export function withoutOwn(form: Form, answers: Answers): Answers {
  const own = ownFields(form);
  return Object.fromEntries(Object.entries(answers).filter(([field]) => !own.has(field)));
}

/**
 * Another person's answers for the person who took over: without the former one's personal data, with the reader's
 * own.
 */
export function takenOver(form: Form, answers: Answers, who: Known): Answers {
  const own = ownFields(form);
  const { department, name, phone, mobile, email, position } = who;
  const registered = { agency: who.agencyCode, department, position, name, phone, mobile, email };
  return {
    ...withoutOwn(form, answers),
    ...Object.fromEntries(
      Object.entries(registered).filter(([field, value]) => own.has(field) && value !== null) as [
        string,
        string,
      ][],
    ),
  };
}
