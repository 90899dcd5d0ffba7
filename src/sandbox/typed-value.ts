import { type Dict, dict, dicts, str } from './core/json.ts';
import { optionsOf, valueKey } from './core/view-state.ts';
import { plainLabel } from './visible-text.ts';

export interface Attachment {
  name: string;
  bytes: Uint8Array;
}

/** What a person enters in a field: a text, the text of an option, or a file; several of them; or nothing. */
export type Given = string | number | Date | Attachment | readonly string[] | readonly Attachment[] | null;

/** What is needed from the workspace to make a field's value. */
export interface Helpers {
  upload(file: Attachment): Promise<Dict>;
  /** The options of an external select. */
  search(query: string): Promise<Dict[]>;
  /** The id of a person or a conversation, by name or id. */
  idOf(name: string): Promise<string>;
}

function isFile(given: unknown): given is Attachment {
  return typeof given === 'object' && given !== null && 'bytes' in given;
}

function many(given: Given): (string | Attachment)[] {
  if (given === null) return [];
  const all = Array.isArray(given) ? given : [given];
  return all.map((one) => (isFile(one) ? one : asText(one)));
}

function asText(given: unknown): string {
  return given instanceof Date ? given.toISOString().slice(0, 10) : String(given);
}

const textOf = (option: Dict) => plainLabel(str(dict(option.text).text));

function choose(options: readonly Dict[], text: string): Dict {
  const wanted = plainLabel(text);
  const option = options.find((one) => textOf(one) === wanted);
  if (option) return option;
  throw new Error(`'${text}' 선택지가 없습니다. 있는 선택지: ${options.map(textOf).join(', ') || '(없음)'}`);
}

/** The first option whose text contains the query, as a person in a hurry would choose it. */
async function pick(helpers: Helpers, query: string): Promise<Dict> {
  const options = await helpers.search(query);
  const wanted = plainLabel(query);
  const match =
    options.find((one) => textOf(one) === wanted) ??
    options.find((one) => textOf(one).includes(wanted)) ??
    options[0];
  if (!match) throw new Error(`'${query}' 검색에서 나온 선택지가 없습니다.`);
  return match;
}

async function one(element: Dict, text: string, helpers: Helpers): Promise<unknown> {
  switch (str(element.type).replace('multi_', '')) {
    case 'radio_buttons':
    case 'checkboxes':
    case 'static_select':
      return choose(optionsOf(element), text);
    case 'external_select':
      return pick(helpers, text);
    case 'users_select':
    case 'conversations_select':
    case 'channels_select':
      return helpers.idOf(text);
    default:
      return text;
  }
}

function richText(text: string): Dict {
  const section = { type: 'rich_text_section', elements: [{ type: 'text', text }] };
  return { type: 'rich_text', elements: [section] };
}

/** Makes the value for view.state.values from what a person enters. @throws Error in Korean */
export async function valueFrom(element: Dict, given: Given, helpers: Helpers): Promise<Dict> {
  const type = str(element.type);
  const key = valueKey(type);
  if (!key) throw new Error(`채울 수 없는 항목입니다: ${type}`);
  if (type === 'file_input') {
    const files = many(given).filter(isFile);
    return { type, files: dicts(await Promise.all(files.map((file) => helpers.upload(file)))) };
  }
  const texts = many(given).filter((each) => typeof each === 'string');
  if (key.endsWith('s'))
    return { type, [key]: await Promise.all(texts.map((text) => one(element, text, helpers))) };
  const [text] = texts;
  if (text === undefined || given === '') return { type, [key]: null };
  if (type === 'rich_text_input') return { type, [key]: richText(text) };
  if (type === 'datetimepicker') {
    const seconds = given instanceof Date ? Math.floor(given.getTime() / 1000) : Number(text);
    return { type, [key]: seconds };
  }
  return { type, [key]: await one(element, text, helpers) };
}
