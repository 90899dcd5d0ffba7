import type { InputBlock, KnownBlock } from '@slack/types';
import { visibleText } from '../../core/typed-text.ts';
import type { FileRef } from '../../store/blobs.ts';
import { button, context, cut, LIMIT, plain, section, title } from '../blocks.ts';
import { type ChosenFile, chosenFiles, type StateValues } from '../entered.ts';
import { askedFields, getField, isEmpty, isOptionalOn, showValue, watchedFields } from './answers.ts';
import { elementOf } from './element.ts';
import type { Answers, Field, Form, Value } from './form.ts';

export interface FormViewOptions {
  answers: Answers;
  /** Under the field, by name: a refusal that came too late for the acknowledgement. */
  problems?: Record<string, string>;
  /** Above the field, by name: what an officer asked to correct. */
  remarks?: Record<string, string>;
  /** An officer enters it from paper. */
  paper?: boolean;
  /** File fields of which another file is chosen: every other file that is there is shown instead of its field. */
  replacing?: readonly string[];
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
  const { problems = {}, remarks = {}, replacing } = options;
  const kept = field.input.kind === 'file' && !isEmpty(value);
  const remark = remarks[name] ? [section(`⚠ 보완요청: ${remarks[name]}`)] : [];
  if (kept && replacing && !replacing.includes(name) && !problems[name]) {
    const change = button(REPLACE_FILE, `${field.label} 바꾸기`, { value: setOf([...replacing, name]) });
    return [...remark, title(field.label, change), section(`✔ 첨부됨: ${showValue(field, value)}`)];
  }
  const input: InputBlock = {
    type: 'input',
    block_id: name,
    label: plain(field.label, LIMIT.label),
    element: elementOf(field.input, { value, watched, nameOf: options.nameOf }),
    // In a window of one step, a file that is kept need not be chosen again.
    optional: isOptionalOn(field, channelOf(options)) || (kept && !replacing),
    ...(watched ? { dispatch_action: true } : {}),
    ...hintOf(field, value, options.paper ? undefined : form.presets?.[name]),
  };
  return [
    ...(field.above ? [section(field.above)] : []),
    ...remark,
    input,
    ...(kept ? keptBlocks(field, name, options) : []),
    ...(problems[name] ? [section(`✖ ${problems[name]}`)] : []),
  ];
}

/** Below the field: what is there while nothing else is chosen, and the way to leave it so. */
function keptBlocks(field: Field, name: string, { answers, replacing }: FormViewOptions): KnownBlock[] {
  const shown = `✔ 첨부됨: ${showValue(field, answers[name])}`;
  if (!replacing) return [context(`${shown} — 바꾸려면 새 파일을 올리십시오.`)];
  const others = replacing.filter((one) => one !== name);
  return [section(shown, button(REPLACE_FILE, '그대로 두기', { value: setOf(others) }))];
}

/** The value is the file fields that are to be chosen anew, after a sign that keeps it from being empty. */
export const REPLACE_FILE = 'form.replaceFile';
const setOf = (names: readonly string[]) => `=${names.join(',')}`;
export const readSet = (value: string): string[] => value.replace(/^=/, '').split(',').filter(Boolean);

const PRESET = '미리 골라 둔 값입니다. 다르면 바꾸십시오.';

/** What was filled in for the person is said to be, so that nobody takes it for an answer of theirs. */
function hintOf({ hint }: Field, value: Value | undefined, preset: Value | undefined) {
  const isPreset = preset !== undefined && JSON.stringify(value) === JSON.stringify(preset);
  const said = [...(hint ? [hint] : []), ...(isPreset ? [PRESET] : [])].join(' ');
  return said ? { hint: plain(said, LIMIT.label) } : {};
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
