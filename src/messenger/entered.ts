import { isDay } from '../core/calendar.ts';
import { visibleText } from '../core/typed-text.ts';

/** The action id of every input element that holds one value; the block id tells which field it is. */
export const FORM_VALUE = 'form.value';

/** The value of one element in a submitted view, in the shape of Block Kit. */
export interface Entered {
  type: string;
  value?: string | null;
  selected_option?: { value?: string } | null;
  selected_options?: { value?: string }[];
  selected_date?: string | null;
  selected_user?: string | null;
  selected_users?: string[];
  files?: GivenFile[];
}

/** The values of a view, by block id and action id. */
export type StateValues = Record<string, Record<string, Entered>>;

/** What was entered in the element of this block. */
export const enteredIn = (values: StateValues, blockId: string): Entered | undefined =>
  values[blockId]?.[FORM_VALUE];

/** A file as the messenger describes it. */
export interface GivenFile {
  id: string;
  name?: string | null;
  size?: number;
  mode?: string;
  mimetype?: string;
  url_private?: string;
  url_private_download?: string;
}

type Json = Record<string, unknown>;

const isJson = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const listOf = (value: unknown): Json[] => (Array.isArray(value) ? value.filter(isJson) : []);

/**
 * Reads the values of a submitted view. A payload may hold anything: a value of the wrong type counts as empty, which
 * the form then refuses in words. Invisible characters are removed from texts.
 */
export function readEntered(values: unknown): StateValues {
  return mapped(values, (byAction) => mapped(byAction, enteredOf));
}

function mapped<T>(given: unknown, read: (one: unknown) => T): Record<string, T> {
  if (!isJson(given)) return {};
  return Object.fromEntries(Object.entries(given).map(([key, one]) => [key, read(one)]));
}

const TEXTS = ['value', 'selected_user'] as const;

function enteredOf(given: unknown): Entered {
  const entered: Json = isJson(given) ? given : {};
  const { type, selected_date, selected_option, selected_options, selected_users, files } = entered;
  return {
    type: textOf(type) ?? '',
    ...textsIn(entered, TEXTS),
    ...(typeof selected_date === 'string' && isDay(selected_date) ? { selected_date } : {}),
    ...(isJson(selected_option) ? { selected_option: optionOf(selected_option) } : {}),
    ...(selected_options ? { selected_options: listOf(selected_options).map(optionOf) } : {}),
    ...(Array.isArray(selected_users)
      ? { selected_users: selected_users.flatMap((id) => textOf(id) ?? []) }
      : {}),
    ...(files ? { files: listOf(files).map(fileOf) } : {}),
  };
}

/** An option with its label, so that it can be drawn as selected again. */
const optionOf = ({ value, ...drawn }: Json) => ({ ...drawn, ...textsIn({ value }, ['value']) });

const FILE_TEXTS = ['name', 'mode', 'mimetype', 'url_private', 'url_private_download'] as const;

function fileOf(file: Json): GivenFile {
  const { id, size } = file;
  return {
    id: textOf(id) ?? '',
    ...textsIn(file, FILE_TEXTS),
    ...(typeof size === 'number' ? { size } : {}),
  };
}

/** The named properties, as far as they hold text. */
function textsIn<K extends string>(given: Json, names: readonly K[]): { [name in K]?: string } {
  const texts: { [name in K]?: string } = {};
  for (const name of names) {
    const text = textOf(given[name]);
    if (text !== undefined) texts[name] = text;
  }
  return texts;
}

const textOf = (value: unknown) => (typeof value === 'string' ? visibleText(value) : undefined);

/** A file that a person chose, before its content was checked. */
export interface ChosenFile {
  id: string;
  name: string;
  size: number;
  url: string;
  /** True when the messenger or the file's name says that it is text (a log, a snippet); the content may differ. */
  isText?: boolean;
}

/** The files that were chosen in a file input. */
export function chosenFiles(entered: Pick<Entered, 'files'> | undefined): ChosenFile[] {
  return (entered?.files ?? []).map(chosenFile);
}

export function chosenFile(file: GivenFile): ChosenFile {
  const { id, name, size, mode, mimetype, url_private_download, url_private } = file;
  const isText =
    mode === 'snippet' || mimetype?.startsWith('text/plain') || /\.(?:txt|log|out|trc)$/i.test(String(name));
  return {
    id: String(id),
    name: String(name ?? ''),
    size: Number(size ?? 0),
    url: String(url_private_download ?? url_private ?? ''),
    ...(isText ? { isText } : {}),
  };
}
