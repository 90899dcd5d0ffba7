import { z } from 'zod';
import type { FileRef } from '../../store/blobs.ts';

/**
 * Forms are data. A field is declared once; the modal, the parser, the officers' summary, the comparison of two
 * revisions, the printed form and the export all come from the declaration.
 */
export type Value = string | string[] | FileRef[];
/** What was answered, by field name; a field that does not apply is absent. */
export type Answers = Record<string, Value | undefined>;

export interface Option {
  /** Stored; at most 75 characters. */
  value: string;
  label: string;
  description?: string;
}

/** What a search field looks in; the answer is the code or id of what was chosen. */
export type SearchSource =
  | 'agency'
  /** Registered people. */
  | 'person'
  /** Registered people of the agencies whose systems one is the contact of. */
  | 'colleague'
  /** People who are in charge of a system, also those who are gone: for officers. */
  | 'contact'
  | 'system'
  /** Systems whose contact one is. */
  | 'ownSystem'
  /** Systems of one's agency, by name and standing alone. */
  | 'agencySystem'
  /** What one may report an incident of: systems of one's agency, and those in one's charge. */
  | 'reportable';

/** Where what is chosen is a person. */
export const PERSON_SOURCES: readonly SearchSource[] = ['person', 'colleague', 'contact'];

export type Input =
  | { kind: 'text'; lines?: boolean; max: number; placeholder?: string }
  | { kind: 'choice'; options: readonly Option[]; shape: 'radio' | 'select' }
  | { kind: 'choices'; options: readonly Option[] }
  | { kind: 'date' }
  /** Chosen by type-ahead from one of the sources of the wizard; with `many`, several. */
  | { kind: 'search'; source: SearchSource; placeholder: string; many?: true }
  | { kind: 'user' }
  | { kind: 'file'; kinds: readonly string[] };

/** What a field may be told besides its own value; rules have no clock and no database. */
export interface Around {
  /** YYYY-MM-DD in Seoul. */
  today: string;
  /** Filled in the messenger, or entered by an officer from paper: some rules hold only online. */
  channel: 'ONLINE' | 'PAPER';
  answers: Answers;
}

type OnPaper = 'only' | 'never' | 'optional';

export interface Field<T extends Value = Value> {
  label: string;
  /** Help under the field. */
  hint?: string;
  /** Read before it is answered, above the field: what is agreed to. */
  above?: string;
  input: Input;
  /** Normalises and refuses; its message is what the person reads at the field. */
  schema: z.ZodType<T>;
  /** Refusals that need more than the value. Returns the refusal, or null. */
  check?: (value: T, around: Around) => string | null;
  optional?: true;
  /** Asked only when the answer of another field is (or contains) one of these. */
  when?: { field: string; is: readonly string[] };
  /** Where an officer enters the form from paper: asked there alone, not asked there, or may be left out there. */
  onPaper?: OnPaper;
  /** The form had filings before it had this field: whoever reads answers reckons with its absence. */
  added?: true;
  /** Personal data and how it is masked outside review (`text`: whole); destroyed when its time is over. */
  personal?: 'name' | 'phone' | 'email' | 'text';
  /** Free words in which people may be named: destroyed with what is personal, and shown like everything else. */
  words?: true;
  /** 누출금지 대상정보 (IP, MAC, diagrams): shown in review modals only. */
  sensitive?: true;
}

// biome-ignore lint/suspicious/noExplicitAny: a form holds fields of different values; each keeps its own type
export type Fields = Record<string, Field<any>>;

export interface Step {
  title: string;
  /** The same where an officer enters the form from paper, which lacks a part of it. */
  paperTitle?: string;
  /** Plain sentences above the fields. */
  intro?: string;
  /** What to be careful about: stands also beside what is known, see `known`. */
  caution?: string;
  /** Instead of them where an officer enters the form from paper. */
  paperIntro?: string;
  fields: readonly string[];
  /** Tells of the applicant, or is agreed to by them: nobody fills it for somebody else. */
  own?: true;
  /** Filled in from what is known: while that holds, it stands above the next step instead of being one. */
  known?: true;
}

export interface Form<F extends Fields = Fields> {
  fields: F;
  steps: readonly Step[];
  /** All that is told stands on its last step: that is submitted, without a summary to read it again. */
  brief?: true;
  /** What most answer: filled in where the form is begun online, and said to be. */
  presets?: Answers;
  /** What an answer tells of others that are still as they were preset. */
  reads?: (answers: Answers) => Answers;
}

type Given<D> = D extends { optional: true } | { when: object } | { onPaper: OnPaper } | { added: true }
  ? undefined
  : never;
/** The answers of a form, typed by its declarations: optional, conditional and added fields may be absent. */
export type AnswersOf<F extends Fields> = {
  [K in keyof F]: (F[K] extends Field<infer T> ? T : never) | Given<F[K]>;
};

interface Common<T extends Value> {
  label: string;
  hint?: string;
  above?: string;
  optional?: true;
  when?: { field: string; is: readonly string[] };
  onPaper?: OnPaper;
  added?: true;
  personal?: 'name' | 'phone' | 'email' | 'text';
  words?: true;
  sensitive?: true;
  check?: (value: T, around: Around) => string | null;
}
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

/** The declaration with its input and schema; the literal types of `optional` and `when` reach AnswersOf. */
function made<T extends Value, D>(declared: object, input: Input, schema: z.ZodType<T>): Made<T, D> {
  return { ...declared, input, schema } as unknown as Made<T, D>;
}

/** A schema from a rule that gives the normal form of a text, or the Korean sentence that refuses it. */
export function rule(
  parse: (typed: string) => { ok: true; value: string } | { ok: false; message: string },
): z.ZodType<string, string> {
  return z.string().transform((typed, context) => {
    const parsed = parse(typed);
    if (parsed.ok) return parsed.value;
    context.issues.push({ code: 'custom', message: parsed.message, input: typed });
    return z.NEVER;
  });
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
  // Also the normal form: it comes back as the field's value when the form is opened again.
  return made(rest, input, schema ? line(max).pipe(schema.refine(...within(max))) : line(max));
}

/**
 * A line as any other: Slack's own e-mail field is checked before anything is sent, so that what is wrong in other
 * fields would be told only after it.
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

/** YYYY-MM-DD. */
export function date<const D extends Common<string>>(declared: D): Made<string, D> {
  return made(declared, { kind: 'date' }, z.iso.date('날짜를 선택하십시오. 예: 2026-12-31'));
}

/** Also read by whoever chose the line that says that nothing was found. */
const NOT_CHOSEN =
  '목록에서 기관을 선택하십시오. 찾는 기관이 없으면 홈의 ‘Q&A 문의’로 기관명과 기관코드를 알려 주십시오.';

/** Chosen by type-ahead; the answer is the agency's code. */
export function agency<const D extends Common<string>>(declared: D): Made<string, D> {
  const placeholder = '기관명 일부나 약칭을 입력하십시오 (예: 행정안전, 행안부, ㅎㅇㅂ)';
  const schema = z.string().regex(/^[0-9A-Z]{7}$/, NOT_CHOSEN);
  return made(declared, { kind: 'search', source: 'agency', placeholder }, schema);
}

interface Searched {
  source: SearchSource;
  placeholder: string;
}

/** Chosen by type-ahead; the answer is the row's id. What may be chosen is checked by the procedure. */
export function search<const D extends Common<string> & Searched>(declared: D): Made<string, D> {
  const { source, placeholder, ...rest } = declared;
  const input: Input = { kind: 'search', source, placeholder };
  return made(rest, input, z.string().min(1, '목록에서 선택하십시오.').max(75));
}

/** Several, chosen by type-ahead; at most 100. */
export function searches<const D extends Common<string[]> & Searched>(declared: D): Made<string[], D> {
  const { source, placeholder, ...rest } = declared;
  const input: Input = { kind: 'search', source, placeholder, many: true };
  const schema = z
    .array(z.string().max(75))
    .min(1, '하나 이상 선택하십시오.')
    .max(100, '100개까지 선택할 수 있습니다.');
  return made(rest, input, schema);
}

/** Somebody of the workspace; the answer is the messenger account. */
export function user<const D extends Common<string>>(declared: D): Made<string, D> {
  return made(declared, { kind: 'user' }, z.string().regex(/^[UW][A-Z0-9]+$/, '사람을 선택하십시오.'));
}

const fileRef = z.object({ sha256: z.string(), name: z.string(), size: z.number(), type: z.string() });

/** One file; its content was checked when it was taken in. */
export function file<const D extends Common<FileRef[]> & { kinds: readonly string[] }>(
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
