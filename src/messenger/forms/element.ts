import type {
  Checkboxes,
  ExternalSelect,
  FileInput,
  InputBlock,
  MultiExternalSelect,
  PlainTextInput,
  PlainTextOption,
  RadioButtons,
  StaticSelect,
  UsersSelect,
} from '@slack/types';
import { isDay } from '../../core/calendar.ts';
import { LIMIT, plain } from '../blocks.ts';
import { FORM_VALUE } from '../entered.ts';
import type { Input, Option, SearchSource, Value } from './form.ts';

/**
 * Action ids of a form's elements, one element per block: FORM_VALUE only holds a value, FORM_CHANGE redraws the form,
 * FORM_SEARCH searches.
 */
export const FORM_CHANGE = 'form.change';
/** Followed by a dot and the source in which it searches. */
export const FORM_SEARCH = 'form.search';

/** The initial account that Slack accepts; a draft may hold any text that was sent for the field. */
const ACCOUNT = /^[UW][A-Z0-9]+$/;

/** Cameras and scanners use both extensions for a jpg; the file is stored as jpg. */
const extensionsOf = (kind: string) => (kind === 'jpg' ? ['jpg', 'jpeg'] : [kind]);

/** Sources with few entries: all are listed before anything is typed. */
const LISTED: readonly SearchSource[] = ['ownSystem', 'agencySystem'];

/** What an element shows when it is drawn. */
interface Filled {
  value: Value | undefined;
  /** Whether a change of this field redraws the form. */
  watched: boolean;
  /** Gives the name for the code in a search field. */
  nameOf: (code: string) => string;
}

type Kind<K extends Input['kind']> = Extract<Input, { kind: K }>;

/** Makes the element of a field, with its current value. */
export function elementOf(input: Input, filled: Filled): InputBlock['element'] {
  const action_id = filled.watched ? FORM_CHANGE : FORM_VALUE;
  const typed = typedIn(filled.value);
  switch (input.kind) {
    case 'text':
      return textElement(input, action_id, typed);
    case 'date':
      return { type: 'datepicker', action_id, ...(typed && isDay(typed) ? { initial_date: typed } : {}) };
    case 'choice':
      return choiceElement(input, action_id, filled.value);
    case 'choices':
      return choicesElement(input, action_id, filled.value);
    case 'search':
      return input.many ? multiSearchElement(input, filled) : searchElement(input, typed, filled.nameOf);
    case 'user':
      return userElement(action_id, typed);
    case 'file':
      return fileElement(action_id, input.kinds, 1);
  }
}

/** Takes files of these kinds, by their extension. */
export function fileElement(action_id: string, kinds: readonly string[], max_files: number): FileInput {
  return { type: 'file_input', action_id, filetypes: kinds.flatMap(extensionsOf), max_files };
}

function typedIn(value: Value | undefined): string | undefined {
  return typeof value === 'string' && value !== '' ? value.slice(0, LIMIT.text) : undefined;
}

const placeholderOf = ({ placeholder }: { placeholder?: string }) =>
  placeholder ? { placeholder: plain(placeholder, 150) } : {};

function textElement(input: Kind<'text'>, action_id: string, typed: string | undefined): PlainTextInput {
  return {
    type: 'plain_text_input',
    action_id,
    // A prefilled text may be longer than the field allows: it is shown, and refused in words at the submission.
    max_length: Math.min(Math.max(input.max, typed?.length ?? 0), LIMIT.text),
    ...(input.lines ? { multiline: true } : {}),
    ...placeholderOf(input),
    ...(typed === undefined ? {} : { initial_value: typed }),
  };
}

function choiceElement(
  input: Kind<'choice'>,
  action_id: string,
  value: Value | undefined,
): RadioButtons | StaticSelect {
  const options = input.options.map(option);
  const chosen = options.find((one) => one.value === value);
  const initial_option = chosen ? { initial_option: chosen } : {};
  if (input.shape === 'radio') return { type: 'radio_buttons', action_id, options, ...initial_option };
  return { type: 'static_select', action_id, options, placeholder: plain('선택하십시오'), ...initial_option };
}

function choicesElement(input: Kind<'choices'>, action_id: string, value: Value | undefined): Checkboxes {
  const options = input.options.map(option);
  const chosen = options.filter(
    (one) => Array.isArray(value) && (value as string[]).includes(one.value ?? ''),
  );
  return {
    type: 'checkboxes',
    action_id,
    options,
    ...(chosen.length > 0 ? { initial_options: chosen } : {}),
  };
}

function searched({ source, placeholder }: Kind<'search'>) {
  return {
    action_id: `${FORM_SEARCH}.${source}`,
    min_query_length: LISTED.includes(source) ? 0 : 1, // Slack's default of 3 letters is a whole Korean name
    placeholder: plain(placeholder, 150),
  };
}

function searchElement(
  input: Kind<'search'>,
  typed: string | undefined,
  nameOf: Filled['nameOf'],
): ExternalSelect {
  return {
    type: 'external_select',
    ...searched(input),
    ...(typed && typed.length <= LIMIT.option
      ? { initial_option: { text: plain(nameOf(typed), LIMIT.option), value: typed } }
      : {}),
  };
}

function multiSearchElement(input: Kind<'search'>, { value, nameOf }: Filled): MultiExternalSelect {
  const chosen = (Array.isArray(value) ? value : [])
    .filter((one) => typeof one === 'string' && one.length <= LIMIT.option)
    .slice(0, 100)
    .map((one) => ({ text: plain(nameOf(String(one)), LIMIT.option), value: String(one) }));
  return {
    type: 'multi_external_select',
    ...searched(input),
    ...(chosen.length > 0 ? { initial_options: chosen } : {}),
  };
}

function userElement(action_id: string, typed: string | undefined): UsersSelect {
  return {
    type: 'users_select',
    action_id,
    placeholder: plain('사람을 고르십시오'),
    ...(typed && ACCOUNT.test(typed) ? { initial_user: typed } : {}),
  };
}

function option({ value, label, description }: Option): PlainTextOption {
  return {
    value,
    text: plain(label, LIMIT.option),
    ...(description ? { description: plain(description, LIMIT.option) } : {}),
  };
}
