import { type Dict, dict, dicts, isDict, str } from './json.ts';
import type { Values } from './types.ts';

/** The key under which an element keeps its value in view.state.values, and what it holds when empty. */
interface Holder {
  key: string;
  empty: null | readonly never[];
  initial?: string;
}

const HOLDERS: Record<string, Holder> = {
  plain_text_input: { key: 'value', empty: null, initial: 'initial_value' },
  number_input: { key: 'value', empty: null, initial: 'initial_value' },
  email_text_input: { key: 'value', empty: null, initial: 'initial_value' },
  url_text_input: { key: 'value', empty: null, initial: 'initial_value' },
  rich_text_input: { key: 'rich_text_value', empty: null, initial: 'initial_value' },
  datepicker: { key: 'selected_date', empty: null, initial: 'initial_date' },
  timepicker: { key: 'selected_time', empty: null, initial: 'initial_time' },
  datetimepicker: { key: 'selected_date_time', empty: null, initial: 'initial_date_time' },
  radio_buttons: { key: 'selected_option', empty: null, initial: 'initial_option' },
  static_select: { key: 'selected_option', empty: null, initial: 'initial_option' },
  external_select: { key: 'selected_option', empty: null, initial: 'initial_option' },
  users_select: { key: 'selected_user', empty: null, initial: 'initial_user' },
  conversations_select: { key: 'selected_conversation', empty: null, initial: 'initial_conversation' },
  channels_select: { key: 'selected_channel', empty: null, initial: 'initial_channel' },
  checkboxes: { key: 'selected_options', empty: [], initial: 'initial_options' },
  multi_static_select: { key: 'selected_options', empty: [], initial: 'initial_options' },
  multi_external_select: { key: 'selected_options', empty: [], initial: 'initial_options' },
  multi_users_select: { key: 'selected_users', empty: [], initial: 'initial_users' },
  multi_conversations_select: { key: 'selected_conversations', empty: [], initial: 'initial_conversations' },
  multi_channels_select: { key: 'selected_channels', empty: [], initial: 'initial_channels' },
  file_input: { key: 'files', empty: [] },
};

/** The value key of an element type (`value`, `selected_option` …); undefined for those that hold none. */
export function valueKey(type: unknown): string | undefined {
  return HOLDERS[str(type)]?.key;
}

/** Every element of a block that a person can act on. */
export function elementsOf(block: Dict): Dict[] {
  if (block.type === 'input') return isDict(block.element) ? [block.element] : [];
  if (block.type === 'section') return isDict(block.accessory) ? [block.accessory] : [];
  if (block.type === 'actions' || block.type === 'context_actions') return dicts(block.elements);
  return [];
}

/** The element with these ids and the block around it. */
export function findElement(blocks: readonly Dict[], blockId: string, actionId: string) {
  for (const block of blocks) {
    if (block.block_id !== blockId) continue;
    const element = elementsOf(block).find((e) => e.action_id === actionId);
    if (element) return { block, element };
  }
  return undefined;
}

/** All options of an element, those in groups included. */
export function optionsOf(element: Dict): Dict[] {
  return [
    ...dicts(element.options),
    ...dicts(element.option_groups).flatMap((group) => dicts(group.options)),
  ];
}

function initialValue(element: Dict, holder: Holder): Dict {
  const given = holder.initial ? element[holder.initial] : undefined;
  return { type: element.type, [holder.key]: given ?? holder.empty };
}

/** Finds the option in the view by its value; everything else that the client sent is ignored. */
function knownOption(element: Dict, option: unknown): Dict | null {
  if (!isDict(option)) return null;
  if (element.type === 'external_select' || element.type === 'multi_external_select') return option;
  return optionsOf(element).find((known) => known.value === option.value) ?? null;
}

function cleanValue(element: Dict, holder: Holder, given: Dict): Dict {
  const raw = given[holder.key];
  if (holder.key === 'selected_option')
    return { type: element.type, selected_option: knownOption(element, raw) };
  if (holder.key === 'selected_options') {
    const chosen = dicts(raw).map((option) => knownOption(element, option));
    return { type: element.type, selected_options: chosen.filter((option) => option !== null) };
  }
  const isEmpty = raw === undefined || raw === null || raw === '';
  return { type: element.type, [holder.key]: isEmpty ? holder.empty : raw };
}

/** The value that a person gave an element, in Slack's shape; anything that the element cannot hold is dropped. */
export function valueGiven(element: Dict, given: Dict): Dict {
  if (element.type === 'overflow') return { selected_option: knownOption(element, given.selected_option) };
  const holder = HOLDERS[str(element.type)];
  return holder ? cleanValue(element, holder, given) : {};
}

/**
 * The state of a view's elements. A value in `typed` with the same block_id, action_id and type is kept; other elements
 * start with their initial value.
 */
export function stateOf(blocks: readonly Dict[], typed: Values = {}): Values {
  const values: Values = {};
  for (const block of blocks) {
    const blockId = str(block.block_id);
    for (const element of elementsOf(block)) {
      const holder = HOLDERS[str(element.type)];
      if (!holder) continue;
      const actionId = str(element.action_id);
      const given = dict(dict(typed[blockId])[actionId]);
      const kept =
        given.type === element.type ? cleanValue(element, holder, given) : initialValue(element, holder);
      values[blockId] = { ...values[blockId], [actionId]: kept };
    }
  }
  return values;
}

/** Merges two sets of values, element by element: `over` wins. Values that do not have Slack's shape are left out. */
export function overlay(under: Values, over: unknown): Values {
  const result: Values = { ...under };
  for (const [blockId, actions] of Object.entries(dict(over))) {
    for (const [actionId, value] of Object.entries(dict(actions))) {
      if (isDict(value)) result[blockId] = { ...result[blockId], [actionId]: value };
    }
  }
  return result;
}
