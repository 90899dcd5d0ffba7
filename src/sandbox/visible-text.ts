import { type Dict, dict, dicts, isDict, str } from './core/json.ts';
import { elementsOf } from './core/view-state.ts';

/** Parts of blocks that are hidden until a person opens something. */
const HIDDEN = new Set(['confirm', 'placeholder', 'initial_option', 'initial_options', 'metadata', 'state']);
const LISTS = new Set(['static_select', 'multi_static_select', 'overflow']);

/** How an alert is seen. */
const ALERT_MARKS: Readonly<Record<string, string>> = { warning: '⚠ ', error: '✖ ' };

function unescapeText(text: string): string {
  return text.replace(/&lt;/g, '<').replace(/&gt;/g, '>').replace(/&amp;/g, '&');
}

function collect(value: unknown, into: string[]): void {
  if (Array.isArray(value)) {
    for (const each of value) collect(each, into);
  } else if (isDict(value)) {
    if (value.type === 'alert') {
      into.push(`${ALERT_MARKS[str(value.level)] ?? ''}${unescapeText(str(dict(value.text).text))}`);
      return;
    }
    if (typeof value.text === 'string') into.push(unescapeText(value.text));
    for (const [key, inner] of Object.entries(value)) {
      const isClosed = HIDDEN.has(key) || (LISTS.has(str(value.type)) && key.startsWith('option'));
      if (!isClosed && typeof inner === 'object') collect(inner, into);
    }
  }
}

/** All visible text of blocks, line by line. */
function blocksText(blocks: unknown): string {
  const lines: string[] = [];
  collect(blocks, lines);
  return lines.join('\n');
}

/** The visible text of a view: title, blocks and buttons. */
export function viewText(view: Dict): string {
  const lines: string[] = [];
  collect([view.title, view.blocks, view.submit, view.close], lines);
  return lines.join('\n');
}

/** The visible text of a message: its blocks if it has any, else its text; and the names of its files. */
export function messageText(message: Dict): string {
  const blocks = dicts(message.blocks);
  const body = blocks.length > 0 ? blocksText(blocks) : unescapeText(str(message.text));
  const attachments = blocksText(message.attachments);
  const files = dicts(message.files).map((file) => str(file.name));
  return [body, attachments, ...files].filter(Boolean).join('\n');
}

/** A label for comparison: without emoji codes, pictographs at the ends and superfluous spaces. */
export function plainLabel(text: string): string {
  return unescapeText(text)
    .replace(/:[a-z0-9_+-]+:/g, ' ')
    .replace(/\*/g, '')
    .replace(/\s+/g, ' ')
    .replace(/^(?:\p{Extended_Pictographic}|\uFE0F|\s)+|(?:\p{Extended_Pictographic}|\uFE0F|\s)+$/gu, '');
}

interface Pressable {
  label: string;
  block: Dict;
  element: Dict;
  /** The chosen option, for an entry of an overflow menu. */
  option?: Dict;
}

/** Buttons and overflow entries, in the order on the screen. */
export function pressables(blocks: readonly Dict[]): Pressable[] {
  return blocks.flatMap((block) =>
    elementsOf(block).flatMap((element): Pressable[] => {
      if (element.type === 'button')
        return [{ label: plainLabel(str(dict(element.text).text)), block, element }];
      if (element.type !== 'overflow') return [];
      return dicts(element.options).map((option) => ({
        label: plainLabel(str(dict(option.text).text)),
        block,
        element,
        option,
      }));
    }),
  );
}

export interface Field {
  label: string;
  block: Dict;
  element: Dict;
}

/** The fields of blocks: inputs by their label, a section's accessory by its text, others by their placeholder. */
export function fields(blocks: readonly Dict[]): Field[] {
  return blocks.flatMap((block) =>
    elementsOf(block)
      .filter(({ type }) => type !== 'button' && type !== 'overflow' && type !== 'image')
      .map((element) => {
        const named =
          block.type === 'input' ? block.label : block.type === 'section' ? block.text : element.placeholder;
        return { label: plainLabel(str(dict(named).text)), block, element };
      }),
  );
}
