import { z } from 'zod';
import type { FileRef } from '../../store/blobs.ts';

/**
 * Forms are data. A field is declared once; the modal, the parser, the officers' summary, the comparison of two
 * revisions, the printed form and the export all come from the declaration.
 */
export type Value = string | string[] | FileRef[];
/** Answers by field name; a field that was not asked is absent. */
export type Answers = Record<string, Value | undefined>;

export interface Option {
  /** The stored value; at most 75 characters. */
  value: string;
  label: string;
  description?: string;
}

/** Where a search field searches; its answer is the code or id of the chosen entry. */
export type SearchSource =
  | 'agency'
  /** Registered people. */
  | 'person'
  /** Registered people of the agencies whose systems the searching person is the contact of. */
  | 'colleague'
  /** For officers: people who are in charge of a system, also those who have left. */
  | 'contact'
  /** For officers: people whom the newest survey asks, also those who have left or have no account. */
  | 'respondent'
  | 'system'
  /** Systems whose contact is the searching person. */
  | 'ownSystem'
  /** Systems of the person's agency that have another contact, listed with name and licence only. */
  | 'agencySystem'
  /** Systems about which the person may report an incident: those of their agency and those in their charge. */
  | 'reportable';

/** Sources whose entries are people. */
export const PERSON_SOURCES: readonly SearchSource[] = ['person', 'colleague', 'contact', 'respondent'];

export type Input =
  | { kind: 'text'; lines?: boolean; max: number; placeholder?: string }
  | { kind: 'choice'; options: readonly Option[]; shape: 'radio' | 'select' }
  | { kind: 'choices'; options: readonly Option[] }
  | { kind: 'date' }
  /** Chosen by typing and selecting from one of the sources; with `many`, several. */
  | { kind: 'search'; source: SearchSource; placeholder: string; many?: true }
  | { kind: 'user' }
  | { kind: 'file'; kinds: readonly string[] };

/** What the check of a field gets besides the value; checks use no clock and no database. */
export interface Around {
  /** YYYY-MM-DD in Seoul. */
  today: string;
  /** Filled in the messenger, or entered by an officer from paper: some checks apply online only. */
  channel: 'ONLINE' | 'PAPER';
  answers: Answers;
}

type OnPaper = 'only' | 'never' | 'optional';

export interface Field<T extends Value = Value> {
  label: string;
  /** Help under the field. */
  hint?: string;
  /** A text above the field, such as the terms to which the person agrees. */
  above?: string;
  input: Input;
  /** Of a number: what it counts. People read the number in groups of three digits, with the unit after it. */
  unit?: string;
  /** Normalises the value or refuses it; its message is shown at the field. */
  schema: z.ZodType<T>;
  /** A check that needs more than the value. Returns the refusal, or null. */
  check?: (value: T, around: Around) => string | null;
  optional?: true;
  /** Asked only when the answer of another field is (or contains) one of these, or is given and is none of `not`. */
  when?: { field: string; is: readonly string[] } | { field: string; not: readonly string[] };
  /** For a form that an officer enters from paper: asked only there, never asked there, or optional there. */
  onPaper?: OnPaper;
  /** The field was added when filings existed already, so it may be absent from stored answers. */
  added?: true;
  /** Of a file: what its name says when it is this one; see Step.box. */
  named?: RegExp;
  /** Personal data, and how it is masked outside the review (`text`: all of it); destroyed after its retention time. */
  personal?: 'name' | 'phone' | 'email' | 'text';
  /** Free text that may name people: destroyed together with personal data, but not masked. */
  words?: true;
  /** 누출금지 대상정보 (IP, MAC, diagrams): shown in review modals only. */
  sensitive?: true;
}

// biome-ignore lint/suspicious/noExplicitAny: a form holds fields of different values; each keeps its own type
export type Fields = Record<string, Field<any>>;

export interface Step {
  title: string;
  /** The title when an officer enters the form from paper, which asks fewer fields. */
  paperTitle?: string;
  /** Plain sentences above the fields. */
  intro?: string;
  /** A warning; it is also shown when the step is skipped and only summarised, see `known`. */
  caution?: string;
  /** Replaces `intro` when an officer enters the form from paper. */
  paperIntro?: string;
  fields: readonly string[];
  /** File fields that are chosen together online, in one box, and told apart by their names. */
  box?: { label: string; hint: string; fields: readonly string[] };
  /** Data about the applicant or their consent: nobody may fill it in for another person. */
  own?: true;
  /** Filled in from known data: while that data is valid, it is shown above the next step and the step is skipped. */
  known?: true;
}

export interface Form<F extends Fields = Fields> {
  fields: F;
  steps: readonly Step[];
  /** The last step shows all answers, so it is submitted directly, without a summary. */
  brief?: true;
  /** The most frequent answers: filled in when the form is begun online, with a hint that they are preset. */
  presets?: Answers;
  /** Derives answers from a given one, for fields that still hold their preset. */
  reads?: (answers: Answers) => Answers;
}

type Given<D> = D extends { optional: true } | { when: object } | { onPaper: OnPaper } | { added: true }
  ? undefined
  : never;
/** The answers of a form, typed by its declarations: optional, conditional and added fields may be absent. */
export type AnswersOf<F extends Fields> = {
  [K in keyof F]: (F[K] extends Field<infer T> ? T : never) | Given<F[K]>;
};

/** What the declaration of a field says besides its input and schema. */
type Common<T extends Value> = Omit<Field<T>, 'input' | 'schema' | 'named'>;
type Made<T extends Value, D> = Omit<Field<T>, 'optional' | 'when' | 'onPaper' | 'added'> &
  Pick<D, Extract<keyof D, 'optional' | 'when' | 'onPaper' | 'added'>>;

const within = (max: number) =>
  [(value: string) => value.length <= max, `${max}자 이내로 줄여 주십시오.`] as const;

const line = (max: number) =>
  z
    .string()
    .transform((typed) => typed.trim().normalize('NFC'))
    .refine((typed) => typed.length > 0, '내용을 입력하십시오.')
    .refine(...within(max));

/** A declaration with its input and schema. The literal types of `optional` and `when` are kept for AnswersOf. */
function made<T extends Value, D>(declared: object, input: Input, schema: z.ZodType<T>): Made<T, D> {
  return { ...declared, input, schema } as unknown as Made<T, D>;
}

/** One line, or several with `lines`; `schema` sets further rules on the trimmed text. */
export function text<
  const D extends Common<string> & {
    lines?: boolean;
    max?: number;
    placeholder?: string;
    schema?: z.ZodType<string, string>;
  },
>(declared: D): Made<string, D> {
  const { lines, max = lines ? 1000 : 100, placeholder, schema, ...rest } = declared;
  const input: Input = {
    kind: 'text',
    max,
    ...(lines ? { lines } : {}),
    ...(placeholder ? { placeholder } : {}),
  };
  // The normal form must fit too: it is the field's value when the form is opened again.
  return made(rest, input, schema ? line(max).pipe(schema.refine(...within(max))) : line(max));
}

/**
 * An e-mail address in a plain text field. Slack checks its own e-mail field before it sends the form, so people would
 * see the errors of the other fields only after correcting this one.
 */
export function email<const D extends Common<string> & { schema: z.ZodType<string, string> }>(
  declared: D,
): Made<string, D> {
  return made(declared, { kind: 'text', max: 254 }, line(254).pipe(declared.schema));
}

export function choice<
  const D extends Common<string> & { options: readonly Option[]; shape?: 'radio' | 'select' },
>(declared: D): Made<string, D> {
  const { options, shape = 'radio', ...rest } = declared;
  const values = options.map((option) => option.value);
  const schema = z.string().refine((value) => values.includes(value), '보기에서 하나를 선택하십시오.');
  return made(rest, { kind: 'choice', options, shape }, schema);
}

export function choices<const D extends Common<string[]> & { options: readonly Option[] }>(
  declared: D,
): Made<string[], D> {
  const { options, ...rest } = declared;
  const values = options.map((option) => option.value);
  const schema = z
    .array(z.string())
    .min(1, '하나 이상 선택하십시오.')
    .refine((chosen) => chosen.every((value) => values.includes(value)), '보기에서 선택하십시오.');
  return made(rest, { kind: 'choices', options }, schema);
}

/** A day as YYYY-MM-DD. */
export function date<const D extends Common<string>>(declared: D): Made<string, D> {
  return made(declared, { kind: 'date' }, z.iso.date('날짜를 선택하십시오. 예: 2026-12-31'));
}

/** Also shown to people who chose the entry that says that nothing was found. */
const NOT_CHOSEN =
  '목록에서 기관을 선택하십시오. 찾는 기관이 없으면 홈의 ‘Q&A 문의’로 기관명과 기관코드를 알려 주십시오.';

/** An agency, chosen by searching; the answer is its code. */
export function agency<const D extends Common<string>>(declared: D): Made<string, D> {
  const placeholder = '기관명 일부나 약칭을 입력하십시오 (예: 행정안전, 행안부, ㅎㅇㅂ)';
  const schema = z.string().regex(/^[0-9A-Z]{7}$/, NOT_CHOSEN);
  return made(declared, { kind: 'search', source: 'agency', placeholder }, schema);
}

interface Searched {
  source: SearchSource;
  placeholder: string;
}

/** One entry of a source, chosen by searching; the answer is its id. The procedure checks that it may be chosen. */
export function search<const D extends Common<string> & Searched>(declared: D): Made<string, D> {
  const { source, placeholder, ...rest } = declared;
  const input: Input = { kind: 'search', source, placeholder };
  return made(rest, input, z.string().min(1, '목록에서 선택하십시오.').max(75));
}

/** Several entries of a source, chosen by searching; at most 100. */
export function searches<const D extends Common<string[]> & Searched>(declared: D): Made<string[], D> {
  const { source, placeholder, ...rest } = declared;
  const input: Input = { kind: 'search', source, placeholder, many: true };
  const schema = z
    .array(z.string().max(75))
    .min(1, '하나 이상 선택하십시오.')
    .max(100, '100개까지 선택할 수 있습니다.');
  return made(rest, input, schema);
}

/** A person of the workspace; the answer is the messenger account. */
export function user<const D extends Common<string>>(declared: D): Made<string, D> {
  return made(declared, { kind: 'user' }, z.string().regex(/^[UW][A-Z0-9]+$/, '사람을 선택하십시오.'));
}

const fileRef = z.object({ sha256: z.string(), name: z.string(), size: z.number(), type: z.string() });

/** One file; its content is checked before it is stored. */
export function file<const D extends Common<FileRef[]> & { kinds: readonly string[]; named?: RegExp }>(
  declared: D,
): Made<FileRef[], D> {
  const { kinds, ...rest } = declared;
  const schema = z.array(fileRef).length(1, '파일을 하나만 첨부하십시오.');
  return made(rest, { kind: 'file', kinds }, schema);
}

export function form<const F extends Fields>(
  fields: F,
  steps: readonly Step[],
  how: Pick<Form, 'brief' | 'presets' | 'reads'> = {},
): Form<F> {
  return { fields, steps, ...how };
}
