import { type Dict, dicts, isDict } from '../core/json.ts';
import {
  anything,
  array,
  boolean,
  type Check,
  integer,
  object,
  type Report,
  string,
  typed,
} from './check.ts';
import * as part from './objects.ts';
import { richText } from './rich-text.ts';

type Also = (value: Dict, at: string, report: Report) => void;

const PLACEHOLDER = { placeholder: part.plain(150) };
const FOCUS = { focus_on_load: boolean };
const CONFIRM = { confirm: part.confirm };
const SELECTED = { max_selected_items: integer(1) };

/** The shape of an element: its own keys, and the type and action_id that every element has. */
function element(required: Record<string, Check>, optional: Record<string, Check>, also?: Also): Check {
  return object(
    { required: { type: anything, ...required }, optional: { action_id: string(255), ...optional } },
    also,
  );
}

const sameOption = (a: Dict, b: unknown) => isDict(b) && a.value === b.value;

const initialAmongOptions: Also = (value, at, report) => {
  const groups = dicts(value.option_groups).flatMap((group) => dicts(group.options));
  const options = [...dicts(value.options), ...groups];
  const initial = [
    ...dicts(value.initial_options),
    ...(isDict(value.initial_option) ? [value.initial_option] : []),
  ];
  for (const one of initial) {
    if (options.some((option) => sameOption(option, one))) continue;
    const key = value.initial_options === undefined ? 'initial_option' : 'initial_options';
    report.add(`${at}/${key}`, 'must be one of the provided options');
  }
};

const staticOptions: Also = (value, at, report) => {
  if ((value.options === undefined) === (value.option_groups === undefined)) {
    report.add(at, 'must define exactly one of: options, option_groups');
  }
  initialAmongOptions(value, at, report);
};

const STATIC = {
  options: array(part.plainOption, { min: 1, max: 100 }),
  option_groups: array(part.optionGroup, { min: 1, max: 100 }),
};
const SELECT = { ...PLACEHOLDER, ...FOCUS, ...CONFIRM };
const MULTI = { ...SELECT, ...SELECTED };
const EXTERNAL = { min_query_length: integer(0) };
const CONVERSATION = { default_to_current_conversation: boolean, filter: part.filter };
const ids = array(string(255), { min: 1 });

const SELECTS: Record<string, Check> = {
  static_select: element({}, { ...SELECT, ...STATIC, initial_option: part.plainOption }, staticOptions),
  external_select: element({}, { ...SELECT, ...EXTERNAL, initial_option: part.plainOption }),
  users_select: element({}, { ...SELECT, initial_user: string(255) }),
  conversations_select: element(
    {},
    { ...SELECT, ...CONVERSATION, initial_conversation: string(255), response_url_enabled: boolean },
  ),
  channels_select: element({}, { ...SELECT, initial_channel: string(255), response_url_enabled: boolean }),
  multi_static_select: element(
    {},
    { ...MULTI, ...STATIC, initial_options: array(part.plainOption, { min: 1, max: 100 }) },
    staticOptions,
  ),
  multi_external_select: element(
    {},
    { ...MULTI, ...EXTERNAL, initial_options: array(part.plainOption, { min: 1, max: 100 }) },
  ),
  multi_users_select: element({}, { ...MULTI, initial_users: ids }),
  multi_conversations_select: element({}, { ...MULTI, ...CONVERSATION, initial_conversations: ids }),
  multi_channels_select: element({}, { ...MULTI, initial_channels: ids }),
};

const CHOICES: Record<string, Check> = {
  checkboxes: element(
    { options: array(part.richOption, { min: 1, max: 10 }) },
    { ...FOCUS, ...CONFIRM, initial_options: array(part.richOption, { min: 1, max: 10 }) },
    initialAmongOptions,
  ),
  radio_buttons: element(
    { options: array(part.richOption, { min: 1, max: 10 }) },
    { ...FOCUS, ...CONFIRM, initial_option: part.richOption },
    initialAmongOptions,
  ),
};

const PICKERS: Record<string, Check> = {
  datepicker: element({}, { ...SELECT, initial_date: part.date }),
  timepicker: element({}, { ...SELECT, initial_time: part.time, timezone: string(255) }),
};
const DATETIME = {
  datetimepicker: element({}, { ...FOCUS, ...CONFIRM, initial_date_time: part.epochSeconds }),
};

const BUTTONS: Record<string, Check> = {
  button: element(
    { text: part.plain(75) },
    { value: string(2000), url: part.url, style: part.style, accessibility_label: string(75), ...CONFIRM },
  ),
  overflow: element({ options: array(part.overflowOption, { min: 1, max: 5 }) }, CONFIRM),
};

const TEXT = { ...PLACEHOLDER, ...FOCUS, dispatch_action_config: part.dispatchConfig };

const lengthsAgree: Also = (value, at, report) => {
  const { min_length: min, max_length: max } = value;
  if (typeof min === 'number' && typeof max === 'number' && min > max) {
    report.add(`${at}/min_length`, 'must be less than or equal to max_length');
  }
  if (!part.fits(value.initial_value, max)) report.add(`${at}/initial_value`, 'must be within max_length');
};

const TEXTS: Record<string, Check> = {
  plain_text_input: element(
    {},
    {
      ...TEXT,
      initial_value: string(3000, 0),
      multiline: boolean,
      min_length: integer(0, 3000),
      max_length: integer(1, 3000),
    },
    lengthsAgree,
  ),
  email_text_input: element({}, { ...TEXT, initial_value: string(3000, 0) }),
  url_text_input: element({}, { ...TEXT, initial_value: string(3000, 0) }),
  number_input: element(
    { is_decimal_allowed: boolean },
    { ...TEXT, initial_value: part.numeric, min_value: part.numeric, max_value: part.numeric },
  ),
};
const RICH = {
  rich_text_input: element(
    {},
    { ...TEXT, initial_value: richText, min_lines: integer(1), max_lines: integer(1) },
  ),
};
const FILE = {
  file_input: element({}, { filetypes: array(string(255), { min: 1 }), max_files: integer(1, 10) }),
};

export const image = object(part.IMAGE, part.oneImageSource);

export const accessory = typed({ ...SELECTS, ...CHOICES, ...PICKERS, ...BUTTONS, image });
export const actionElement = typed({ ...SELECTS, ...CHOICES, ...PICKERS, ...DATETIME, ...BUTTONS, ...RICH });
export const contextElement = typed({
  image,
  plain_text: part.plain(3000),
  mrkdwn: part.anyText(3000),
});

const INPUTS = { ...SELECTS, ...CHOICES, ...PICKERS, ...DATETIME, ...TEXTS, ...RICH };
/** A file input is allowed in a modal only. */
export const modalInput = typed({ ...INPUTS, ...FILE });
export const input = typed(INPUTS);
