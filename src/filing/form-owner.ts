import { mask } from '../core/mask.ts';
import type { Answers, Form } from '../messenger/forms/form.ts';
import type { Known } from '../store/known.ts';

/** Of whom the personal answers of a revision tell: of who submitted it, or of the contact of a paper form. */
export function tellsOf(revision: { submittedBy: string; tellsOf: string | null }): string {
  return revision.tellsOf ?? revision.submittedBy;
}

/** The answers for somebody of whom they do not tell: what is personal is masked. */
export function maskedAnswers(form: Form, answers: Answers): Answers {
  return Object.fromEntries(
    Object.entries(answers).map(([name, value]) => {
      const personal = form.fields[name]?.personal;
      return [name, personal && typeof value === 'string' ? mask(personal, value) : value];
    }),
  );
}

/** Fields that an applicant fills alone: agreed to, or telling of them. */
function ownFields(form: Form): Set<string> {
  const inSteps = form.steps.filter((step) => step.own).flatMap((step) => step.fields);
  const personal = Object.keys(form.fields).filter((name) => form.fields[name]?.personal);
  return new Set([...inSteps, ...personal]);
}

export function withoutOwn(form: Form, answers: Answers): Answers {
  const own = ownFields(form);
  return Object.fromEntries(Object.entries(answers).filter(([field]) => !own.has(field)));
}

/** What somebody else answered, for who took it over: without what told of that one, with the own registration. */
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
