import {
  actions,
  button,
  han,
  input,
  long,
  modal,
  option,
  section,
  select,
  textInput,
  times,
} from './blockkit-samples.ts';
import { plain } from './bolt-app.ts';

export const at = '/view/blocks/0';

/** [what is planted, the block, the problem] */
export const FAULTS: [string, object, string][] = [
  ['unknown block', { type: 'sectoin' }, `unsupported type: sectoin [json-pointer:${at}/type]`],
  ['no type', {}, `missing required field: type [json-pointer:${at}]`],
  [
    'unknown key',
    { type: 'divider', disabled: true },
    `invalid additional property: disabled [json-pointer:${at}]`,
  ],
  ['long header', { type: 'header', text: plain(han(151)) }, `${long(150)} [json-pointer:${at}/text/text]`],
  [
    'mrkdwn header',
    { type: 'header', text: { type: 'mrkdwn', text: '*a*' } },
    `must be one of the allowed values: plain_text [json-pointer:${at}/text/type]`,
  ],
  ['empty section', section({}), `missing required field: text [json-pointer:${at}]`],
  ['long section', section({ text: plain(han(3001)) }), `${long(3000)} [json-pointer:${at}/text/text]`],
  [
    'empty text',
    section({ text: plain('') }),
    `must be more than 0 characters [json-pointer:${at}/text/text]`,
  ],
  [
    '11 fields',
    section({ fields: times(11, () => plain('a')) }),
    `no more than 10 items allowed [json-pointer:${at}/fields]`,
  ],
  ['long field', section({ fields: [plain(han(2001))] }), `${long(2000)} [json-pointer:${at}/fields/0/text]`],
  [
    'input as accessory',
    section({ text: plain('a'), accessory: textInput() }),
    `unsupported type: plain_text_input [json-pointer:${at}/accessory/type]`,
  ],
  [
    '11 context elements',
    { type: 'context', elements: times(11, () => plain('a')) },
    `no more than 10 items allowed [json-pointer:${at}/elements]`,
  ],
  [
    'button in context',
    { type: 'context', elements: [button()] },
    `unsupported type: button [json-pointer:${at}/elements/0/type]`,
  ],
  ['no actions', actions(), `no less than 1 items allowed [json-pointer:${at}/elements]`],
  [
    '26 actions',
    actions(...times(26, (i) => button({ action_id: `${i}` }))),
    `no more than 25 items allowed [json-pointer:${at}/elements]`,
  ],
  ['same action_id', actions(button(), button()), `duplicate action_id: b [json-pointer:${at}/elements]`],
  [
    'file input in actions',
    actions({ type: 'file_input' }),
    `unsupported type: file_input [json-pointer:${at}/elements/0/type]`,
  ],
  ['long block_id', { type: 'divider', block_id: han(256) }, `${long(255)} [json-pointer:${at}/block_id]`],
  [
    'no alt text',
    { type: 'image', image_url: 'https://a.kr/a.png' },
    `missing required field: alt_text [json-pointer:${at}]`,
  ],
  [
    'two image sources',
    { type: 'image', image_url: 'https://a.kr', slack_file: { id: 'F' }, alt_text: '' },
    `must define exactly one of: image_url, slack_file [json-pointer:${at}]`,
  ],
  [
    'long label',
    input(textInput(), { label: plain(han(2001)) }),
    `${long(2000)} [json-pointer:${at}/label/text]`,
  ],
  [
    'long hint',
    input(textInput(), { hint: plain(han(2001)) }),
    `${long(2000)} [json-pointer:${at}/hint/text]`,
  ],
  [
    'mrkdwn label',
    input(textInput(), { label: { type: 'mrkdwn', text: 'a' } }),
    `must be one of the allowed values: plain_text [json-pointer:${at}/label/type]`,
  ],
  ['button as input', input(button()), `unsupported type: button [json-pointer:${at}/element/type]`],
  [
    'long image title',
    { type: 'image', image_url: 'https://a.kr', alt_text: '', title: plain(han(2001)) },
    `${long(2000)} [json-pointer:${at}/title/text]`,
  ],
  [
    'long alt text',
    { type: 'image', image_url: 'https://a.kr', alt_text: han(2001) },
    `${long(2000)} [json-pointer:${at}/alt_text]`,
  ],
  [
    'no image source',
    { type: 'image', alt_text: '' },
    `must define exactly one of: image_url, slack_file [json-pointer:${at}]`,
  ],
  [
    'slack file by nothing',
    { type: 'image', slack_file: {}, alt_text: '' },
    `must define exactly one of: id, url [json-pointer:${at}/slack_file]`,
  ],
  [
    'rich text list of texts',
    {
      type: 'rich_text',
      elements: [{ type: 'rich_text_list', style: 'bullet', elements: [{ type: 'text', text: 'a' }] }],
    },
    `unsupported type: text [json-pointer:${at}/elements/0/elements/0/type]`,
  ],
  [
    'unknown rich text style',
    {
      type: 'rich_text',
      elements: [
        { type: 'rich_text_section', elements: [{ type: 'text', text: 'a', style: { blink: true } }] },
      ],
    },
    `invalid additional property: blink [json-pointer:${at}/elements/0/elements/0/style]`,
  ],
  [
    'unknown range',
    {
      type: 'rich_text',
      elements: [{ type: 'rich_text_section', elements: [{ type: 'broadcast', range: 'all' }] }],
    },
    `must be one of the allowed values: here, channel, everyone [json-pointer:${at}/elements/0/elements/0/range]`,
  ],
  [
    'table in a modal',
    { type: 'table', rows: [[{ type: 'raw_text', text: 'a' }]] },
    `unsupported type: table [json-pointer:${at}/type]`,
  ],
];

/** [what is planted, the element, where below it, the problem]; each stands in an actions block or an input. */
export const ELEMENT_FAULTS: [string, object, string, string][] = [
  ['long action_id', select({ action_id: han(256) }), '/action_id', long(255)],
  ['long button text', button({ text: plain(han(76)) }), '/text/text', long(75)],
  ['long button value', button({ value: han(2001) }), '/value', long(2000)],
  ['bad style', button({ style: 'green' }), '/style', 'must be one of the allowed values: primary, danger'],
  ['bad url', button({ url: 'not a url' }), '/url', 'must be a valid URL'],
  [
    'confirm without text',
    button({ confirm: { title: plain('a') } }),
    '/confirm',
    'missing required field: text',
  ],
  [
    'long confirm',
    button({ confirm: { text: plain('a'), deny: plain(han(31)) } }),
    '/confirm/deny/text',
    long(30),
  ],
  ['no options', select({ options: [] }), '/options', 'no less than 1 items allowed'],
  [
    '101 options',
    select({ options: times(101, (i) => option('a', `${i}`)) }),
    '/options',
    'no more than 100 items allowed',
  ],
  ['long option text', select({ options: [option(han(76))] }), '/options/0/text/text', long(75)],
  ['long option value', select({ options: [option('a', han(151))] }), '/options/0/value', long(150)],
  [
    'long description',
    select({ options: [option('a', 'v', { description: plain(han(76)) })] }),
    '/options/0/description/text',
    long(75),
  ],
  [
    'mrkdwn option',
    select({ options: [{ text: { type: 'mrkdwn', text: 'a' }, value: 'v' }] }),
    '/options/0/text/type',
    'must be one of the allowed values: plain_text',
  ],
  [
    'url of a select’s option',
    select({ options: [option('a', 'v', { url: 'https://a.kr' })] }),
    '/options/0',
    'invalid additional property: url',
  ],
  [
    'options and groups',
    select({ option_groups: [{ label: plain('a'), options: [option()] }] }),
    '',
    'must define exactly one of: options, option_groups',
  ],
  [
    'foreign initial option',
    select({ initial_option: option('b', 'w') }),
    '/initial_option',
    'must be one of the provided options',
  ],
  ['long placeholder', select({ placeholder: plain(han(151)) }), '/placeholder/text', long(150)],
  [
    '6 overflow entries',
    { type: 'overflow', options: times(6, (i) => option('a', `${i}`)) },
    '/options',
    'no more than 5 items allowed',
  ],
  [
    '11 checkboxes',
    { type: 'checkboxes', options: times(11, (i) => option('a', `${i}`)) },
    '/options',
    'no more than 10 items allowed',
  ],
  [
    'impossible date',
    { type: 'datepicker', initial_date: '2026-02-30' },
    '/initial_date',
    'must be a valid date in the form YYYY-MM-DD',
  ],
  [
    'impossible time',
    { type: 'timepicker', initial_time: '24:00' },
    '/initial_time',
    'must be a valid time in the form HH:mm',
  ],
  [
    'date and time in ms',
    { type: 'datetimepicker', initial_date_time: 1_770_000_000_000 },
    '/initial_date_time',
    'must be less than or equal to 9999999999',
  ],
  ['long max_length', textInput({ max_length: 3001 }), '/max_length', 'must be less than or equal to 3000'],
  [
    'min above max',
    textInput({ min_length: 9, max_length: 5 }),
    '/min_length',
    'must be less than or equal to max_length',
  ],
  [
    'long initial value',
    textInput({ initial_value: 'abc', max_length: 2 }),
    '/initial_value',
    'must be within max_length',
  ],
  [
    'number without decimals said',
    { type: 'number_input' },
    '',
    'missing required field: is_decimal_allowed',
  ],
  [
    'number as a number',
    { type: 'number_input', is_decimal_allowed: true, min_value: 1 },
    '/min_value',
    'must be a number in a string',
  ],
  ['11 files', { type: 'file_input', max_files: 11 }, '/max_files', 'must be less than or equal to 10'],
  ['unknown key', textInput({ required: true }), '', 'invalid additional property: required'],
  ['text as a string', button({ text: '승인' }), '/text', 'must provide an object'],
];

export const IN_ACTIONS = new Set(['button', 'overflow']);

/** [what is planted, the view, the problem] */
export const VIEW_FAULTS: [string, object, string][] = [
  [
    'long title',
    modal([{ type: 'divider' }], { title: plain(han(25)) }),
    `${long(24)} [json-pointer:/view/title/text]`,
  ],
  [
    'long submit',
    modal([{ type: 'divider' }], { submit: plain(han(25)) }),
    `${long(24)} [json-pointer:/view/submit/text]`,
  ],
  [
    'long close',
    modal([{ type: 'divider' }], { close: plain(han(25)) }),
    `${long(24)} [json-pointer:/view/close/text]`,
  ],
  [
    'no title',
    modal([{ type: 'divider' }], { title: undefined }),
    'missing required field: title [json-pointer:/view]',
  ],
  ['no blocks', modal([]), 'no less than 1 items allowed [json-pointer:/view/blocks]'],
  [
    '101 blocks',
    modal(times(101, () => ({ type: 'divider' }))),
    'no more than 100 items allowed [json-pointer:/view/blocks]',
  ],
  [
    'input without submit',
    modal([input(textInput())], { submit: undefined }),
    'must define `submit` to use an `input` block in modals [json-pointer:/view]',
  ],
  [
    'same block_id',
    modal([
      { type: 'divider', block_id: 'x' },
      { type: 'divider', block_id: 'x' },
    ]),
    'duplicate block_id: x [json-pointer:/view/blocks]',
  ],
  [
    'long private_metadata',
    modal([{ type: 'divider' }], { private_metadata: han(3001) }),
    `${long(3000)} [json-pointer:/view/private_metadata]`,
  ],
  [
    'long callback_id',
    modal([{ type: 'divider' }], { callback_id: han(256) }),
    `${long(255)} [json-pointer:/view/callback_id]`,
  ],
  [
    'long external_id',
    modal([{ type: 'divider' }], { external_id: han(256) }),
    `${long(255)} [json-pointer:/view/external_id]`,
  ],
  [
    'a view’s own id',
    modal([{ type: 'divider' }], { id: 'V1' }),
    'invalid additional property: id [json-pointer:/view]',
  ],
  [
    'a home where a modal belongs',
    modal([{ type: 'divider' }], { type: 'home' }),
    'must be one of the allowed values: modal [json-pointer:/view/type]',
  ],
  [
    'unknown view type',
    modal([{ type: 'divider' }], { type: 'dialog' }),
    'must be one of the allowed values: modal [json-pointer:/view/type]',
  ],
  [
    'two elements in focus',
    modal([
      input(textInput({ focus_on_load: true })),
      input(textInput({ focus_on_load: true, action_id: 'u' })),
    ]),
    'only one element may set focus_on_load [json-pointer:/view/blocks]',
  ],
];
