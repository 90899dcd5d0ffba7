import { isDay, koreanDate } from '../../core/calendar.ts';
import type { FileRef } from '../../store/blobs.ts';
import type { Answers, AnswersOf, Around, Field, Fields, Form, Option, Value } from './form.ts';

/** Whether the field is asked, given the other answers. Fields that depend on a hidden field are hidden too. */
export function applies(form: Form, name: string, answers: Answers): boolean {
  const { when } = getField(form, name);
  if (!when) return true;
  if (!applies(form, when.field, answers)) return false;
  const chosen = [answers[when.field] ?? []].flat().filter((one) => typeof one === 'string');
  return 'is' in when
    ? chosen.some((one) => when.is.includes(one))
    : chosen.length > 0 && !chosen.some((one) => when.not.includes(one));
}

type Channel = Around['channel'];

/** Whether the field is asked on this channel (online, or from paper). */
export function isAskedOn({ onPaper }: Field, channel: Channel): boolean {
  return onPaper !== (channel === 'PAPER' ? 'never' : 'only');
}

/** Whether the field may be left empty on this channel. */
export function isOptionalOn({ optional, onPaper }: Field, channel: Channel): boolean {
  return optional === true || (channel === 'PAPER' && onPaper === 'optional');
}

/** The fields of a step that are asked, given the answers; without a channel, those asked on any channel. */
export function askedFields(form: Form, step: number, answers: Answers, channel?: Channel): string[] {
  return (form.steps[step]?.fields ?? []).filter(
    (name) => applies(form, name, answers) && (!channel || isAskedOn(getField(form, name), channel)),
  );
}

/** Fields whose answer shows or hides other fields. */
export function watchedFields(form: Form): Set<string> {
  return new Set(Object.values(form.fields).flatMap((field) => (field.when ? [field.when.field] : [])));
}

interface Parsed<F extends Fields> {
  /** The normalised answers to the asked fields; complete when there are no errors. */
  answers: AnswersOf<F>;
  /** By field name: the message that is shown at the field. */
  errors: Record<string, string>;
}

/** Parses the answers of one step, or of the whole form. Never throws: wrong answers are returned as errors. */
export function parseAnswers<F extends Fields>(
  form: Form<F>,
  raw: Answers,
  around: Omit<Around, 'answers'>,
  step?: number,
): Parsed<F> {
  const steps = step === undefined ? form.steps.map((_, index) => index) : [step];
  const answers: Answers = {};
  const errors: Record<string, string> = {};
  for (const name of steps.flatMap((index) => askedFields(form, index, raw, around.channel))) {
    const field = getField(form, name);
    const value = raw[name];
    if (isEmpty(value)) {
      if (!isOptionalOn(field, around.channel)) errors[name] = emptyText(field);
      continue;
    }
    const parsed = field.schema.safeParse(value);
    const refusal = parsed.success
      ? (field.check?.(parsed.data, { ...around, answers: raw }) ?? null)
      : (parsed.error.issues[0]?.message ?? '다시 입력하십시오.');
    if (parsed.success) answers[name] = parsed.data;
    if (refusal) errors[name] = refusal;
  }
  return { answers: answers as AnswersOf<F>, errors };
}

/**
 * Reads stored answers of a form. They fit the form as it was when they were stored: a field added later is absent,
 * which its declaration (`added`) and therefore its type say.
 */
export function readAnswers<F extends Fields>(_form: Form<F>, stored: unknown): AnswersOf<F> {
  return readValues(stored) as AnswersOf<F>;
}

/** Reads stored answers of any form; values that no field can hold are left out. */
export function readValues(stored: unknown): Answers {
  if (typeof stored !== 'object' || stored === null || Array.isArray(stored)) return {};
  return Object.fromEntries(
    Object.entries(stored).filter((entry): entry is [string, Value] => isValue(entry[1])),
  );
}

function isValue(value: unknown): value is Value {
  if (!Array.isArray(value)) return typeof value === 'string';
  const isFile = (one: unknown) => typeof one === 'object' && one !== null;
  return value.every((one) => typeof one === 'string') || value.every(isFile);
}

export function isEmpty(value: Value | undefined): boolean {
  return value === undefined || value.length === 0 || (typeof value === 'string' && value.trim() === '');
}

function emptyText(field: Field): string {
  const { kind } = field.input;
  if (kind === 'file') return '파일을 첨부하십시오.';
  if (kind === 'text') return `${field.label}: 입력하십시오.`;
  return `${field.label}: 선택하십시오.`;
}

export function getField(form: Form, name: string): Field {
  const field = form.fields[name];
  if (!field) throw new Error(`the form has no field ${name}`);
  return field;
}

/**
 * One value as people read it: labels for choices, names for files, days in Korean style, numbers with their unit.
 * `nameOf` turns the code of a search field into a name.
 */
export function showValue(
  field: Field,
  value: Value | undefined,
  nameOf: (code: string) => string = String,
): string {
  if (isEmpty(value) || value === undefined) return '(없음)';
  const { input } = field;
  if (input.kind === 'choice' || input.kind === 'choices') {
    return joined(listOf(value).map((one) => optionLabel(input.options, String(one))));
  }
  if (input.kind === 'search' || input.kind === 'user')
    return listOf(value)
      .map((one) => nameOf(String(one)))
      .join(', ');
  if (input.kind === 'file')
    return (value as FileRef[]).map((ref) => `${ref.name} (${fileSize(ref.size)})`).join(', ');
  if (input.kind === 'date') return shownDay(String(value));
  if (field.unit) return counted(String(value), field.unit);
  return listOf(value).join('\n');
}

/** A day in Korean style; any other text as it is, since a draft keeps what was sent for the field. */
function shownDay(value: string): string {
  return isDay(value) ? koreanDate(value) : value;
}

/** 1500 as 1,500명; any other text as it is, since a draft keeps what was sent for the field. */
export function counted(typed: string, unit: string): string {
  return /^\d+$/.test(typed) ? `${Number(typed).toLocaleString('ko-KR')}${unit}` : typed;
}

function listOf(value: Value): (string | FileRef)[] {
  return typeof value === 'string' ? [value] : value;
}

/** Words are joined in one line; sentences, such as a confirmation, get a line each. */
const joined = (labels: readonly string[]): string =>
  labels.join(labels.some((label) => label.endsWith('.')) ? '\n' : ', ');

function optionLabel(options: readonly Option[], value: string): string {
  return options.find((option) => option.value === value)?.label ?? value;
}

export function fileSize(bytes: number): string {
  return bytes < 1024 * 1024
    ? `${Math.max(1, Math.round(bytes / 1024))} KB`
    : `${(bytes / 1024 / 1024).toFixed(1)} MB`;
}

/** A text that is equal for equal answers: the order of ticked options does not count, nor the way a value is empty. */
function settled(value: Value | undefined): string {
  if (isEmpty(value ?? undefined)) return '';
  const isTicked = Array.isArray(value) && value.every((one) => typeof one === 'string');
  return JSON.stringify(isTicked ? [...value].sort() : value);
}

export interface Change {
  name: string;
  label: string;
  before: string;
  after: string;
}

/** The fields that differ between two revisions, in the form's order. */
export function compareAnswers(
  form: Form,
  before: Answers,
  after: Answers,
  nameOf?: (code: string) => string,
): Change[] {
  return form.steps
    .flatMap((step) => step.fields)
    .filter((name) => settled(before[name]) !== settled(after[name]))
    .map((name) => {
      const field = getField(form, name);
      return {
        name,
        label: field.label,
        before: showValue(field, before[name], nameOf),
        after: showValue(field, after[name], nameOf),
      };
    });
}
