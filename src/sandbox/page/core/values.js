/**
 * The typed values of a view, in the shape of Slack's `view.state.values`:
 * values[block_id][action_id] = {type, …the value}.
 */

/** For each element type: the key of its value, the key of its initial value, and the empty value. */
const KINDS = {
  plain_text_input: ['value', 'initial_value', null],
  email_text_input: ['value', 'initial_value', null],
  url_text_input: ['value', 'initial_value', null],
  number_input: ['value', 'initial_value', null],
  static_select: ['selected_option', 'initial_option', null],
  external_select: ['selected_option', 'initial_option', null],
  radio_buttons: ['selected_option', 'initial_option', null],
  multi_static_select: ['selected_options', 'initial_options', []],
  multi_external_select: ['selected_options', 'initial_options', []],
  checkboxes: ['selected_options', 'initial_options', []],
  users_select: ['selected_user', 'initial_user', null],
  multi_users_select: ['selected_users', 'initial_users', []],
  conversations_select: ['selected_conversation', 'initial_conversation', null],
  multi_conversations_select: ['selected_conversations', 'initial_conversations', []],
  channels_select: ['selected_channel', 'initial_channel', null],
  multi_channels_select: ['selected_channels', 'initial_channels', []],
  datepicker: ['selected_date', 'initial_date', null],
  timepicker: ['selected_time', 'initial_time', null],
  datetimepicker: ['selected_date_time', 'initial_date_time', null],
  rich_text_input: ['rich_text_value', 'initial_value', null],
  file_input: ['files', '', []],
};

const isStateful = (element) => Object.hasOwn(KINDS, element.type);

/** @returns {string} the key under which Slack sends this element's value */
const valueKey = (element) => KINDS[element.type][0];

export const readValue = (element, held) => held?.[valueKey(element)] ?? KINDS[element.type][2];

export const wrapValue = (element, value) => ({ type: element.type, [valueKey(element)]: value });

function initialValue(element) {
  const [, initialKey, empty] = KINDS[element.type];
  return wrapValue(element, element[initialKey] ?? empty);
}

function elementsIn(block) {
  if (block.type === 'input') return [block.element];
  if (block.type === 'section') return block.accessory ? [block.accessory] : [];
  return block.type === 'actions' ? block.elements : [];
}

/** @returns {{block: object, element: object}[]} every element of the blocks that holds a value */
export function fieldsOf(blocks) {
  return blocks.flatMap((block) =>
    elementsIn(block)
      .filter(isStateful)
      .map((element) => ({ block, element })),
  );
}

/**
 * The values of a view that has just arrived. A field that was there before (same block_id, action_id and type) keeps
 * its typed value; others take the value that the workspace has stored, or else their initial value.
 * @param {{blocks: object[], values: object} | null} before the same view as it was on the page
 * @param {{blocks: object[], state?: {values: object}}} view
 */
export function mergeValues(before, view) {
  const kept = new Set((before ? fieldsOf(before.blocks) : []).map(fieldKey));
  const values = {};
  for (const field of fieldsOf(view.blocks)) {
    const { block_id } = field.block;
    const { action_id } = field.element;
    const typed = kept.has(fieldKey(field)) ? before.values[block_id]?.[action_id] : undefined;
    const held = sameType(view.state?.values?.[block_id]?.[action_id], field.element);
    values[block_id] = { ...values[block_id], [action_id]: typed ?? held ?? initialValue(field.element) };
  }
  return values;
}

const fieldKey = ({ block, element }) => JSON.stringify([block.block_id, element.action_id, element.type]);
const sameType = (held, element) => (held?.type === element.type ? held : undefined);

const isEmpty = (value) =>
  value === null || value === undefined || value === '' || (Array.isArray(value) && value.length === 0);

/**
 * The checks that Slack's own client makes before it sends a form.
 * @returns {Record<string, string>} block_id -> what is wrong and what to do
 */
export function checkForm(blocks, values) {
  const errors = {};
  for (const block of blocks) {
    if (block.type !== 'input' || !isStateful(block.element)) continue;
    const value = readValue(block.element, values[block.block_id]?.[block.element.action_id]);
    const wrong = isBlank(value) ? missing(block) : checkValue(block.element, value);
    if (wrong) errors[block.block_id] = wrong;
  }
  return errors;
}

const isBlank = (value) => isEmpty(typeof value === 'string' ? value.trim() : value);

const MISSING = {
  radio_buttons: '하나를 선택하십시오.',
  file_input: '파일을 첨부하십시오.',
};

const missing = ({ optional, element }) =>
  optional ? null : (MISSING[element.type] ?? '필수 항목입니다. 값을 입력하십시오.');

function checkValue(element, value) {
  const check = CHECKS[element.type];
  return check ? check(element, value) : null;
}

const CHECKS = {
  plain_text_input(element, value) {
    const length = [...value].length;
    if (element.min_length && length < element.min_length)
      return `${element.min_length}자 이상 써 주십시오. (지금 ${length}자)`;
    if (element.max_length && length > element.max_length)
      return `${element.max_length}자까지 쓸 수 있습니다. (지금 ${length}자)`;
    return null;
  },
  number_input(element, value) {
    if (!(element.is_decimal_allowed ? /^-?\d+(\.\d+)?$/ : /^-?\d+$/).test(value.trim()))
      return element.is_decimal_allowed ? '숫자로 써 주십시오.' : '소수점 없는 숫자로 써 주십시오.';
    if (element.min_value !== undefined && Number(value) < Number(element.min_value))
      return `${element.min_value} 이상의 숫자를 써 주십시오.`;
    if (element.max_value !== undefined && Number(value) > Number(element.max_value))
      return `${element.max_value} 이하의 숫자를 써 주십시오.`;
    return null;
  },
  email_text_input: (_element, value) =>
    /^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(value.trim())
      ? null
      : '이메일 주소를 name@example.kr 꼴로 써 주십시오.',
  url_text_input: (_element, value) =>
    /^https?:\/\/[^\s/]+/.test(value.trim()) ? null : '주소를 https:// 부터 써 주십시오.',
};
