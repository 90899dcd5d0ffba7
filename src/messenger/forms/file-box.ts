import type { Button, InputBlock, KnownBlock, StaticSelect } from '@slack/types';
import type { FileRef } from '../../store/blobs.ts';
import { LIMIT, plain, section, title } from '../blocks.ts';
import { FORM_VALUE } from '../entered.ts';
import { alert } from '../newer-blocks.ts';
import { getField, isAskedOn, isEmpty, showValue } from './answers.ts';
import { fileElement } from './element.ts';
import type { Answers, Form } from './form.ts';

/** The block of the one input, followed by the fields for which it asks; errors of those are shown at it. */
const FILE_BOX = 'files';
export const boxId = (open: readonly string[]) => [FILE_BOX, ...open].join('.');

/** The fields for which the input of this block asks; null: it is another block. */
export function askedInBox(blockId: string): string[] | null {
  const [box, ...fields] = blockId.split('.');
  return box === FILE_BOX && fields.length > 0 ? fields : null;
}

/** Says which file this one is; the value of an option is `from>to`, two fields. */
export const FILE_IS = 'form.fileIs';

/** The file fields of a step that are chosen in one box: none when it is entered from paper. */
export function boxFields(form: Form, step: number, paper: boolean): string[] {
  const fields = form.steps[step]?.box?.fields ?? [];
  return paper ? [] : fields.filter((name) => isAskedOn(getField(form, name), 'ONLINE'));
}

/** Those for which a file is to be chosen: there is none yet, or another one is wanted. */
function openSlots(fields: readonly string[], answers: Answers, replacing: readonly string[]): string[] {
  return fields.filter((name) => isEmpty(answers[name]) || replacing.includes(name));
}

const WHICH_IS_WHICH =
  '파일 이름으로 알 수 없어 고른 순서대로 나누었습니다. 다르면 파일 옆에서 무엇인지 고르고, 맞으면 그대로 진행하십시오.';

interface BoxOptions {
  answers: Answers;
  problems: Record<string, string>;
  remarks: Record<string, string>;
  replacing: readonly string[];
  unsure: boolean;
  /** The button that asks for another file in place of this field's, or keeps the one that is there. */
  change: (name: string) => Button;
}

/** The files that are there, each with what it is, and one input for those that are not. */
export function boxBlocks(
  form: Form,
  step: number,
  fields: readonly string[],
  options: BoxOptions,
): KnownBlock[] {
  const { answers, problems, remarks, replacing, unsure, change } = options;
  const box = form.steps[step]?.box;
  if (!box || fields.length === 0) return [];
  const wrong = Object.keys(problems).flatMap((name) => askedInBox(name) ?? [name]);
  const open = openSlots(fields, answers, [...replacing, ...wrong]);
  const there = fields.filter((name) => !isEmpty(answers[name]));
  const labels = (names: readonly string[]) => names.map((name) => getField(form, name).label).join(', ');
  const [only, ...others] = open;
  const hint = only && others.length === 0 ? getField(form, only).hint : box.hint;
  const input: InputBlock = {
    type: 'input',
    block_id: boxId(open), // of its own for other files: Slack would show those chosen before again
    label: plain(open.length === fields.length ? box.label : labels(open), LIMIT.label),
    ...(hint ? { hint: plain(hint, LIMIT.label) } : {}),
    element: fileElement(FORM_VALUE, kindsOf(form, fields), open.length),
  };
  return [
    // Beside the files and not at the top: the window stays where it was scrolled to.
    ...(unsure ? [alert('warning', WHICH_IS_WHICH)] : []),
    ...there.flatMap((name): KnownBlock[] => [
      ...(remarks[name] ? [alert('warning', `보완요청: ${remarks[name]}`)] : []),
      title(labels([name]), change(name)),
      {
        ...section(`✔ 첨부됨: ${showValue(getField(form, name), answers[name])}`),
        accessory: whichSelect(form, fields, name),
      },
    ]),
    ...(open.length > 0 ? [input] : []),
    ...Object.entries(problems).flatMap(([name, problem]) =>
      fields.includes(name)
        ? [alert('error', `${labels([name])}: ${problem}`)]
        : askedInBox(name)
          ? [alert('error', problem)]
          : [],
    ),
  ];
}

const kindsOf = (form: Form, fields: readonly string[]) => [
  ...new Set(
    fields.flatMap((name) => {
      const { input } = getField(form, name);
      return input.kind === 'file' ? input.kinds : [];
    }),
  ),
];

function whichSelect(form: Form, fields: readonly string[], name: string): StaticSelect {
  const options = fields.map((other) => ({
    text: plain(getField(form, other).label, LIMIT.option),
    value: `${name}>${other}`,
  }));
  const own = options.find(({ value }) => value === `${name}>${name}`);
  return { type: 'static_select', action_id: FILE_IS, options, ...(own ? { initial_option: own } : {}) };
}

/** Files change places when one of them is said to be the other; an unknown field changes nothing. */
export function movedFile(fields: readonly string[], answers: Answers, value: string): Answers {
  const [from = '', to = ''] = value.split('>');
  if (from === to || !fields.includes(from) || !fields.includes(to)) return {};
  return { [from]: answers[to] ?? [], [to]: answers[from] ?? [] };
}

interface Sorted {
  /** By field. */
  refs: Record<string, FileRef[]>;
  /** Whether a file may be another one: it is where it is because of its order, and there was more than one place. */
  unsure: boolean;
}

/**
 * Gives each file a place among the open ones: by its name, else in the order in which they were chosen. Where there are
 * fewer files than places, a file that lies in one of them already stays there, and places without a file come first.
 */
export function sortFiles(
  form: Form,
  open: readonly string[],
  chosen: readonly FileRef[],
  answers: Answers,
): Sorted {
  const refs: Sorted['refs'] = {};
  const fits = (name: string, ref: FileRef) =>
    getField(form, name).named?.test(ref.name.normalize('NFC')) === true;
  /** @returns the files that got no place */
  const give = (files: readonly FileRef[], placeOf: (ref: FileRef) => string | undefined) =>
    files.filter((ref) => {
      const place = placeOf(ref);
      if (!place || refs[place]) return true;
      refs[place] = [ref];
      return false;
    });
  const unnamed = give(chosen, (ref) => {
    const [named, ...more] = open.filter((name) => fits(name, ref));
    return more.length === 0 ? named : undefined;
  });
  const few = chosen.length < open.length;
  const rest = few
    ? give(unnamed, ({ sha256 }) => open.find((name) => fileIn(answers, name)?.sha256 === sha256))
    : unnamed;
  const free = open.filter((name) => !refs[name]);
  const places = few ? [...free].sort((a, b) => held(answers, a) - held(answers, b)) : free;
  for (const [index, ref] of rest.entries()) {
    const place = places[index];
    if (place) refs[place] = [ref];
  }
  const guessed = open.filter((name) => {
    const ref = fileIn(refs, name) ?? fileIn(answers, name);
    return ref && !fits(name, ref);
  });
  const chose = rest.length > 0 && free.length > 1;
  return { refs, unsure: chose || (open.length > 1 && guessed.length > 1) };
}

const held = (answers: Answers, name: string) => (fileIn(answers, name) ? 1 : 0);

function fileIn(answers: Answers, name: string): FileRef | null {
  const [one] = Array.isArray(answers[name]) ? answers[name] : [];
  return typeof one === 'object' ? one : null;
}

/** Errors of fields for which the input of this block asks, as one at the block. */
export function errorsAtBox(
  form: Form,
  blockId: string | null,
  errors: Record<string, string>,
): Record<string, string> {
  const asked = (blockId && askedInBox(blockId)) || [];
  const missing = asked.filter((name) => errors[name]);
  if (!blockId || missing.length === 0) return errors;
  const others = Object.fromEntries(Object.entries(errors).filter(([name]) => !asked.includes(name)));
  const labels = missing.map((name) => getField(form, name).label).join(', ');
  return { ...others, [blockId]: others[blockId] ?? `${labels}: 파일을 첨부하십시오.` };
}
