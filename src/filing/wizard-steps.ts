import { parseAnswers } from '../messenger/forms/answers.ts';
import type { Answers } from '../messenger/forms/form.ts';
import type { Fillable } from './procedure.ts';

type Around = Parameters<typeof parseAnswers>[2];

interface Whose {
  helper?: boolean;
  paper?: boolean;
}

/** The steps that are shown: all to the applicant; to a helper those without the applicant's personal data. */
export function shownSteps({ form }: Pick<Fillable, 'form'>, helper = false): number[] {
  return form.steps.flatMap((step, index) => (helper && step.own ? [] : [index]));
}

/**
 * The steps that are windows of their own. Online, a step whose answers are known is shown together with the next one
 * (Step.known).
 */
export function walkedSteps(procedure: Pick<Fillable, 'form'>, { helper, paper }: Whose): number[] {
  return shownSteps(procedure, helper).filter((index) => paper || !procedure.form.steps[index]?.known);
}

/** This step, or the next one that is shown; the number after the last step is the summary. */
export function reachable(procedure: Fillable, helper: boolean, asked: number): number {
  const { length } = procedure.form.steps;
  const step = Math.min(Math.max(0, asked || 0), length);
  return shownSteps(procedure, helper).find((index) => index >= step) ?? length;
}

/** The next window. A step whose answers are known and still valid is skipped. */
export function ahead(
  procedure: Fillable,
  answers: Answers,
  around: Around,
  helper: boolean,
  from: number,
): number {
  const target = reachable(procedure, helper, from);
  const { form } = procedure;
  const passed = form.steps[target]?.known && around.channel === 'ONLINE';
  if (!passed || Object.keys(parseAnswers(form, answers, around, target).errors).length > 0) return target;
  return ahead(procedure, answers, around, helper, target + 1);
}

/** The first step with something to correct, else the summary: a change may make another field apply. */
export function firstUnfinished(
  procedure: Fillable,
  answers: Answers,
  around: Around,
  helper: boolean,
): number {
  const { errors } = parseAnswers(procedure.form, answers, around);
  const { steps } = procedure.form;
  const found = shownSteps(procedure, helper).find((index) =>
    steps[index]?.fields.some((name) => name in errors),
  );
  return found ?? steps.length;
}

/** Whether a form without a summary ends with this step. */
export const endsWith = (procedure: Fillable, step: number) =>
  procedure.form.brief === true && step === walkedSteps(procedure, {}).at(-1);
