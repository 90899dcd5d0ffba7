import type { Button, InputBlock, KnownBlock } from '@slack/types';
import { visibleText } from '../../core/typed-text.ts';
import type { FileRef } from '../../store/blobs.ts';
import { button, context, cut, LIMIT, plain, section, title } from '../blocks.ts';
import { type ChosenFile, chosenFiles, type StateValues } from '../entered.ts';
import { alert } from '../newer-blocks.ts';
import { askedFields, getField, isEmpty, isOptionalOn, showValue, watchedFields } from './answers.ts';
import { elementOf } from './element.ts';
import { askedInBox, boxBlocks, boxFields } from './file-box.ts';
import type { Answers, Field, Form, Value } from './form.ts';

export interface FormViewOptions {
  answers: Answers;
  /** Shown under the field, by field name: an error that came too late to be the answer to the submission. */
  problems?: Record<string, string>;
  /** Shown above the field, by field name: what an officer asked to correct. */
  remarks?: Record<string, string>;
  /** Whether an officer enters the form from paper. */
  paper?: boolean;
  /** File fields that are shown for choosing another file; the other file fields show their stored file only. */
  replacing?: readonly string[];
  /** Files in the box were sorted by their order only: the person is asked to look. */
  unsure?: boolean;
  /** Gives the name for the code in a search field. */
  nameOf: (code: string) => string;
}

/** The blocks of one step. Typed values survive an update of the view, since block and action ids stay the same. */
export function stepBlocks(form: Form, step: number, options: FormViewOptions): KnownBlock[] {
  const watched = watchedFields(form);
  const { intro: online, paperIntro } = form.steps[step] ?? {};
  const intro = options.paper ? (paperIntro ?? online) : online;
  const boxed = boxFields(form, step, options.paper === true);
  return [
    ...(intro ? [section(intro)] : []),
    ...askedFields(form, step, options.answers, channelOf(options)).flatMap((name) => {
      if (!boxed.includes(name)) return fieldBlocks(form, name, watched.has(name), options);
      return name === boxed[0] ? boxBlocks(form, step, boxed, boxOptions(form, options)) : [];
    }),
  ];
}

function boxOptions(form: Form, options: FormViewOptions) {
  const { answers, problems = {}, remarks = {}, replacing = [], unsure = false } = options;
  const change = (name: string) => changeButton(getField(form, name), name, replacing);
  return { answers, problems, remarks, replacing, unsure, change };
}

/** Asks for another file, or keeps the one that is there after all. */
function changeButton({ label }: Field, name: string, replacing: readonly string[]): Button {
  return replacing.includes(name)
    ? button(REPLACE_FILE, '그대로 두기', { value: setOf(replacing.filter((one) => one !== name)) })
    : button(REPLACE_FILE, `${label} 바꾸기`, { value: setOf([...replacing, name]) });
}

const channelOf = ({ paper }: FormViewOptions) => (paper ? 'PAPER' : 'ONLINE');

function fieldBlocks(form: Form, name: string, watched: boolean, options: FormViewOptions): KnownBlock[] {
  const field = getField(form, name);
  const value = options.answers[name];
  const { problems = {}, remarks = {}, replacing } = options;
  const kept = field.input.kind === 'file' && !isEmpty(value);
  const remark = remarks[name] ? [alert('warning', `보완요청: ${remarks[name]}`)] : [];
  if (kept && replacing && !replacing.includes(name) && !problems[name]) {
    return [
      ...remark,
      title(field.label, changeButton(field, name, replacing)),
      section(`✔ 첨부됨: ${showValue(field, value)}`),
    ];
  }
  const input: InputBlock = {
    type: 'input',
    block_id: name,
    label: plain(field.label, LIMIT.label),
    element: elementOf(field.input, { value, watched, nameOf: options.nameOf }),
    // In a form window of one step, a stored file need not be chosen again.
    optional: isOptionalOn(field, channelOf(options)) || (kept && !replacing),
    ...(watched ? { dispatch_action: true } : {}),
    ...hintOf(field, value, options.paper ? undefined : form.presets?.[name]),
  };
  return [
    ...(field.above ? [section(field.above)] : []),
    ...remark,
    input,
    ...(kept ? keptBlocks(field, name, options) : []),
    ...(problems[name] ? [alert('error', problems[name])] : []),
  ];
}

/** Below a file field: the stored file, and a button to keep it. */
function keptBlocks(field: Field, name: string, { answers, replacing }: FormViewOptions): KnownBlock[] {
  const attached = `✔ 첨부됨: ${showValue(field, answers[name])}`;
  if (!replacing) return [context(`${attached} — 바꾸려면 새 파일을 올리십시오.`)];
  return [section(attached, changeButton(field, name, replacing))];
}

/** A button whose value lists the file fields to choose anew; the leading `=` keeps the value from being empty. */
export const REPLACE_FILE = 'form.replaceFile';
const setOf = (names: readonly string[]) => `=${names.join(',')}`;
export const readSet = (value: string): string[] => value.replace(/^=/, '').split(',').filter(Boolean);

const PRESET = '미리 골라 둔 값입니다. 다르면 바꾸십시오.';

/** The hint of a field; for a preset value it adds that the value was preset, so that people check it. */
function hintOf({ hint }: Field, value: Value | undefined, preset: Value | undefined) {
  const isPreset = preset !== undefined && JSON.stringify(value) === JSON.stringify(preset);
  const text = [...(hint ? [hint] : []), ...(isPreset ? [PRESET] : [])].join(' ');
  return text ? { hint: plain(text, LIMIT.label) } : {};
}

export interface ReadState {
  /** Answers by field, without files; a cleared field is '' or [], so that the draft forgets its former answer. */
  typed: Answers;
  /** Newly chosen files by field. */
  files: Record<string, ChosenFile[]>;
  /** What was chosen in the one box of the step: its block, and the fields for which it asks. */
  box?: { blockId: string; asked: string[]; files: ChosenFile[] };
}

/**
 * Reads the values of a window of this step. Values of other steps are ignored: a window changes its own fields only
 * and does not undo what another window wrote.
 */
export function readState(form: Form, step: number, values: StateValues): ReadState {
  const own = form.steps[step]?.fields ?? [];
  const typed: Answers = {};
  const files: ReadState['files'] = {};
  let box: ReadState['box'];
  for (const [name, byAction] of Object.entries(values)) {
    const asked = askedInBox(name)?.filter((one) => form.steps[step]?.box?.fields.includes(one)) ?? [];
    if (asked.length > 0) box = { blockId: name, asked, files: chosenFiles(Object.values(byAction)[0]) };
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
  return { typed, files, ...(box ? { box } : {}) };
}

/** Labelled lines of the answers of one step, as people read them. */
export function stepLines(form: Form, step: number, answers: Answers, nameOf: (code: string) => string) {
  return askedFields(form, step, answers) // fields that were not asked have no answer
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
