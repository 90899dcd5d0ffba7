import type { ELEMENT_FAULTS } from './blockkit-faults.ts';
import { button, han, long, option, select, textInput, times } from './blockkit-samples.ts';
import { plain } from './bolt-app.ts';

/** Corners that the tables above do not reach; written as [what, element, where, problem], too. */
export const CORNER_FAULTS: typeof ELEMENT_FAULTS = [
  ['value as a number', button({ value: 7 }), '/value', 'must provide a string'],
  ['flag as a string', textInput({ multiline: 'yes' }), '/multiline', 'must provide a boolean'],
  ['half a file', { type: 'file_input', max_files: 1.5 }, '/max_files', 'must provide an integer'],
  ['options as an object', select({ options: {} }), '/options', 'must provide an array'],
  [
    'no file at all',
    { type: 'file_input', max_files: 0 },
    '/max_files',
    'must be greater than or equal to 1',
  ],
  [
    'foreign initial options',
    { type: 'checkboxes', options: [option()], initial_options: [option('b', 'w')] },
    '/initial_options',
    'must be one of the provided options',
  ],
  [
    'foreign initial option in groups',
    {
      type: 'static_select',
      option_groups: [{ label: plain('a'), options: [option()] }],
      initial_option: option('b', 'w'),
    },
    '/initial_option',
    'must be one of the provided options',
  ],
  [
    'long group label',
    { type: 'static_select', option_groups: [{ label: plain(han(76)), options: [option()] }] },
    '/option_groups/0/label/text',
    long(75),
  ],
  [
    'neither options nor groups',
    { type: 'static_select' },
    '',
    'must define exactly one of: options, option_groups',
  ],
  [
    'selecting nothing at most',
    { type: 'multi_users_select', max_selected_items: 0 },
    '/max_selected_items',
    'must be greater than or equal to 1',
  ],
  [
    'negative query length',
    { type: 'external_select', min_query_length: -1 },
    '/min_query_length',
    'must be greater than or equal to 0',
  ],
  [
    'unknown kind of conversation',
    { type: 'conversations_select', filter: { include: ['dm'] } },
    '/filter/include/0',
    'must be one of the allowed values: im, mpim, private, public',
  ],
  [
    'unknown dispatch trigger',
    textInput({ dispatch_action_config: { trigger_actions_on: ['on_blur'] } }),
    '/dispatch_action_config/trigger_actions_on/0',
    'must be one of the allowed values: on_enter_pressed, on_character_entered',
  ],
  [
    'seconds as a date',
    { type: 'datetimepicker', initial_date_time: 99 },
    '/initial_date_time',
    'must be greater than or equal to 1000000000',
  ],
  [
    'date in words',
    { type: 'datepicker', initial_date: '내일' },
    '/initial_date',
    'must be a valid date in the form YYYY-MM-DD',
  ],
  [
    'text as rich text',
    { type: 'rich_text_input', initial_value: { type: 'rich_text', elements: [{ type: 'paragraph' }] } },
    '/initial_value/elements/0/type',
    'unsupported type: paragraph',
  ],
  [
    'bad url in an overflow entry',
    { type: 'overflow', options: [option('a', 'v', { url: 'x' })] },
    '/options/0/url',
    'must be a valid URL',
  ],
  ['long url', button({ url: `https://a.kr/${'a'.repeat(3000)}` }), '/url', long(3000)],
  ['long accessibility label', button({ accessibility_label: han(76) }), '/accessibility_label', long(75)],
  ['long confirm text', button({ confirm: { text: plain(han(301)) } }), '/confirm/text/text', long(300)],
  [
    'long confirm title',
    button({ confirm: { text: plain('a'), title: plain(han(101)) } }),
    '/confirm/title/text',
    long(100),
  ],
  [
    'long confirm button',
    button({ confirm: { text: plain('a'), confirm: plain(han(31)) } }),
    '/confirm/confirm/text',
    long(30),
  ],
  [
    '101 options in a group',
    { type: 'static_select', option_groups: [{ label: plain('a'), options: times(101, () => option()) }] },
    '/option_groups/0/options',
    'no more than 100 items allowed',
  ],
  [
    '101 groups',
    { type: 'static_select', option_groups: times(101, () => ({ label: plain('a'), options: [option()] })) },
    '/option_groups',
    'no more than 100 items allowed',
  ],
  [
    '11 radio buttons',
    { type: 'radio_buttons', options: times(11, () => option()) },
    '/options',
    'no more than 10 items allowed',
  ],
  ['long text to begin with', textInput({ initial_value: han(3001) }), '/initial_value', long(3000)],
  [
    'impossible minutes',
    { type: 'timepicker', initial_time: '09:60' },
    '/initial_time',
    'must be a valid time in the form HH:mm',
  ],
  ['negative min_length', textInput({ min_length: -1 }), '/min_length', 'must be greater than or equal to 0'],
  ['long min_length', textInput({ min_length: 3001 }), '/min_length', 'must be less than or equal to 3000'],
  [
    'max_length of nothing',
    textInput({ max_length: 0 }),
    '/max_length',
    'must be greater than or equal to 1',
  ],
];
