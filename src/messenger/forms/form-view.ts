import type { InputBlock, KnownBlock, PlainTextOption } from '@slack/types';
import { visibleText } from '../../core/typed-text.ts';
import type { FileRef } from '../../store/blobs.ts';
import { context, cut, LIMIT, plain, section } from '../blocks.ts';
import { type ChosenFile, chosenFiles, FORM_VALUE, type StateValues } from '../entered.ts';
import { askedFields, getField, isEmpty, isOptionalOn, showValue, watchedFields } from './answers.ts';
import type { Answers, Field, Form, Option, SearchSource, Value } from './form.ts';

/** The element's action id says what it does: nothing, redraw the form, or search. One element a block. */
export const FORM_CHANGE = 'form.change';
/** Followed by the source that is looked in. */
export const FORM_SEARCH = 'form.search';

export interface FormViewOptions {
  answers: Answers;
  /** Under the field, by name: a refusal that came too late for the acknowledgement. */
  problems?: Record<string, string>;
  /** Above the field, by name: what an officer asked to correct. */
  remarks?: Record<string, string>;
  /** An officer enters it from paper. */
  paper?: boolean;
  /** The name behind a searched code. */
  nameOf: (code: string) => string;
}

/** The blocks of one step: what is typed survives an update because block and action ids stay the same. */
export function stepBlocks(form: Form, step: number, options: FormViewOptions): KnownBlock[] {
  const watched = watchedFields(form);
  const { intro: online, paperIntro } = form.steps[step] ?? {};
  const intro = options.paper ? (paperIntro ?? online) : online;
  return [
    ...(intro ? [section(intro)] : []),
    ...askedFields(form, step, options.answers, channelOf(options)).flatMap((name) =>
      fieldBlocks(form, name, watched.has(name), options),
    ),
  ];
}

const channelOf = ({ paper }: FormViewOptions) => (paper ? 'PAPER' : 'ONLINE');

function fieldBlocks(form: Form, name: string, watched: boolean, options: FormViewOptions): KnownBlock[] {
  const field = getField(form, name);
  const value = options.answers[name];
  const { problems = {}, remarks = {} } = options;
  const kept = field.input.kind === 'file' && !isEmpty(value);
  const input: InputBlock = {
    type: 'input',
    block_id: name,
    label: plain(field.label, LIMIT.label),
    element: element(field, value, watched, options.nameOf),
    // A file that is kept need not be chosen again.
    optional: isOptionalOn(field, channelOf(options)) || kept,
    ...(watched ? { dispatch_action: true } : {}),
    ...hintOf(field, value, options.paper ? undefined : form.presets?.[name]),
  };
  return [
    ...(field.above ? [section(field.above)] : []),
    ...(remarks[name] ? [section(`⚠ 보완요청: ${remarks[name]}`)] : []),
    input,
    ...(kept ? [context(`✔ 첨부됨: ${showValue(field, value)} — 바꾸려면 새 파일을 올리십시오.`)] : []),
    ...(problems[name] ? [section(`✖ ${problems[name]}`)] : []),
  ];
}

const PRESET = '미리 골라 둔 값입니다. 다르면 바꾸십시오.';

/** What was filled in for the person is said to be, so that nobody takes it for an answer of theirs. */
function hintOf({ hint }: Field, value: Value | undefined, preset: Value | undefined) {
  const isPreset = preset !== undefined && JSON.stringify(value) === JSON.stringify(preset);
  const said = [...(hint ? [hint] : []), ...(isPreset ? [PRESET] : [])].join(' ');
  return said ? { hint: plain(said, LIMIT.label) } : {};
}

/** What Slack takes as an initial value; a draft may hold anything that was sent for it. */
const DAY = /^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/;
const ACCOUNT = /^[UW][A-Z0-9]+$/;

/** Cameras and scanners write one as the other; it is taken in as jpg. */
const extensionsOf = (kind: string) => (kind === 'jpg' ? ['jpg', 'jpeg'] : [kind]);

/** What somebody is in charge of. */
const OWN: readonly SearchSource[] = ['ownSystem'];

function element(
  field: Field,
  value: Value | undefined,
  watched: boolean,
  nameOf: (code: string) => string,
): InputBlock['element'] {
  const { input } = field;
  const action_id = watched ? FORM_CHANGE : FORM_VALUE;
  const typed = typeof value === 'string' && value !== '' ? value.slice(0, LIMIT.text) : undefined;
  const initial = typed === undefined ? {} : { initial_value: typed };
  const placeholder =
    'placeholder' in input && input.placeholder ? { placeholder: plain(input.placeholder, 150) } : {};
  switch (input.kind) {
    case 'text':
      return {
        type: 'plain_text_input',
        action_id,
        // What was filled in for the person may be longer: it is shown, and refused in words when it is submitted.
        max_length: Math.min(Math.max(input.max, typed?.length ?? 0), LIMIT.text),
        ...(input.lines ? { multiline: true } : {}),
        ...placeholder,
        ...initial,
      };
    case 'email':
      return { type: 'email_text_input', action_id, ...placeholder, ...initial };
    case 'url':
      return { type: 'url_text_input', action_id, ...placeholder, ...initial };
    case 'date':
      return { type: 'datepicker', action_id, ...(typed && DAY.test(typed) ? { initial_date: typed } : {}) };
    case 'choice': {
      const options = input.options.map(option);
      const chosen = options.find((one) => one.value === value);
      const initial_option = chosen ? { initial_option: chosen } : {};
      return input.shape === 'radio'
        ? { type: 'radio_buttons', action_id, options, ...initial_option }
        : {
            type: 'static_select',
            action_id,
            options,
            placeholder: plain('선택하십시오'),
            ...initial_option,
          };
    }
    case 'choices': {
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
    case 'search': {
      const asked = {
        action_id: `${FORM_SEARCH}.${input.source}`,
        // Slack's default of 3 is a whole Korean name; what is one's own is few, and shown before anything is typed.
        min_query_length: OWN.includes(input.source) ? 0 : 1,
        placeholder: plain(input.placeholder, 150),
      };
      if (input.many) {
        const chosen = (Array.isArray(value) ? value : [])
          .filter((one) => typeof one === 'string' && one.length <= LIMIT.option)
          .slice(0, 100)
          .map((one) => ({ text: plain(nameOf(String(one)), LIMIT.option), value: String(one) }));
        return {
          type: 'multi_external_select',
          ...asked,
          ...(chosen.length > 0 ? { initial_options: chosen } : {}),
        };
      }
      return {
        type: 'external_select',
        ...asked,
        ...(typed && typed.length <= LIMIT.option
          ? { initial_option: { text: plain(nameOf(typed), LIMIT.option), value: typed } }
          : {}),
      };
    }
    case 'user':
      return {
        type: 'users_select',
        action_id,
        placeholder: plain('사람을 고르십시오'),
        ...(typed && ACCOUNT.test(typed) ? { initial_user: typed } : {}),
      };
    case 'file':
      return { type: 'file_input', action_id, filetypes: input.kinds.flatMap(extensionsOf), max_files: 1 };
  }
}

function option({ value, label, description }: Option): PlainTextOption {
  return {
    value,
    text: plain(label, LIMIT.option),
    ...(description ? { description: plain(description, LIMIT.option) } : {}),
  };
}

interface ReadState {
  /** Typed answers by field; a cleared field is '' or [], so that a draft forgets it. Files are not here. */
  typed: Answers;
  /** Newly chosen files by field. */
  files: Record<string, ChosenFile[]>;
}

/**
 * Reads what a window of this step holds. What does not belong to it is ignored: a window writes its own fields only,
 * and undoes nothing that another one wrote.
 */
export function readState(form: Form, step: number, values: StateValues): ReadState {
  const own = form.steps[step]?.fields ?? [];
  const typed: Answers = {};
  const files: ReadState['files'] = {};
  for (const [name, byAction] of Object.entries(values)) {
    if (!own.includes(name)) continue;
    const state = Object.values(byAction)[0];
    if (!state) continue;
    const { input } = getField(form, name);
    const { kind } = input;
    if (kind === 'file') {
      const chosen = chosenFiles(state);
      if (chosen.length > 0) files[name] = chosen;
    } else if (kind === 'choices' || (kind === 'search' && input.many)) {
      typed[name] = (state.selected_options ?? []).map((one) => one.value ?? '');
    } else {
      typed[name] = visibleText(
        state.value ?? state.selected_date ?? state.selected_user ?? state.selected_option?.value ?? '',
      );
    }
  }
  return { typed, files };
}

/** Labelled lines of the answers of one step, as people read them. */
export function stepLines(form: Form, step: number, answers: Answers, nameOf: (code: string) => string) {
  return askedFields(form, step, answers) // what was not asked has no answer
    .filter((name) => !isEmpty(answers[name]))
    .map((name) => {
      const field = getField(form, name);
      return { label: field.label, text: cut(showValue(field, answers[name], nameOf), LIMIT.text) };
    });
}

/** The files among the answers, with the label of their field. */
export function filesOf(form: Form, answers: Answers): { name: string; label: string; ref: FileRef }[] {
  return Object.entries(form.fields).flatMap(([name, field]) =>
    field.input.kind === 'file'
      ? ((answers[name] ?? []) as FileRef[]).map((ref) => ({ name, label: field.label, ref }))
      : [],
  );
}
