import limits from '../samples/slack/slackblocks-limits.json' with { type: 'json' };
import { plain } from './bolt-app.ts';

export const han = (n: number) => '가'.repeat(n);
export const times = <T>(n: number, make: (index: number) => T): T[] =>
  Array.from({ length: n }, (_, i) => make(i));

export const option = (text = '선택', value = 'v', more: object = {}) => ({
  text: plain(text),
  value,
  ...more,
});
export const button = (more: object = {}) => ({
  type: 'button',
  action_id: 'b',
  text: plain('승인'),
  ...more,
});
export const select = (more: object = {}) => ({
  type: 'static_select',
  action_id: 's',
  options: [option()],
  ...more,
});
export const actions = (...elements: object[]) => ({ type: 'actions', elements });
export const textInput = (more: object = {}) => ({ type: 'plain_text_input', action_id: 't', ...more });
export const input = (element: object, more: object = {}) => ({
  type: 'input',
  label: plain('시스템명'),
  element,
  ...more,
});
export const section = (more: object) => ({ type: 'section', ...more });
export const modal = (blocks: object[], more: object = {}) => ({
  type: 'modal',
  title: plain('이용신청'),
  submit: plain('제출'),
  blocks,
  ...more,
});

/** Slack says how long it may not be. */
export const long = (max: number) => `must be less than ${max + 1} characters`;

/** Everything that is within the limits, at the limits. */
export const goodModal = modal([
  { type: 'header', text: plain(han(limits.header.text.max_length)) },
  section({ text: { type: 'mrkdwn', text: han(limits.section.text.max_length), verbatim: true } }),
  section({
    fields: times(limits.section.fields.max_items, () => plain(han(limits.section.fields.item_max_length))),
  }),
  { type: 'divider', block_id: han(limits.block_id.max_length) },
  {
    type: 'context',
    elements: times(limits.context.elements.max_items, () => ({ type: 'mrkdwn', text: '안내' })),
  },
  { type: 'image', image_url: 'https://example.com/a.png', alt_text: '구성도', title: plain('구성도') },
  { type: 'image', slack_file: { id: 'F1' }, alt_text: '구성도' },
  actions(...times(limits.actions.elements.max_items, (i) => button({ action_id: `b${i}` }))),
  actions(
    button({
      action_id: han(limits.action_id.max_length),
      text: plain(han(limits.button.text.max_length)),
      value: han(limits.button.value.max_length),
      style: 'danger',
      confirm: {
        title: plain(han(limits.confirmation.title.max_length)),
        text: { type: 'mrkdwn', text: han(limits.confirmation.text.max_length) },
        confirm: plain(han(limits.confirmation.confirm.max_length)),
        deny: plain(han(limits.confirmation.deny.max_length)),
      },
    }),
    { type: 'overflow', options: times(limits.overflow.options.max_items, (i) => option('더', `${i}`)) },
  ),
  input(textInput({ min_length: 1, max_length: limits.plain_text_input.max_length.max, multiline: true }), {
    label: plain(han(limits.input.label.max_length)),
    hint: plain(han(limits.input.hint.max_length)),
    optional: true,
    dispatch_action: true,
  }),
  input(
    select({
      options: times(limits.select.options.max_items, (i) =>
        option(han(limits.option.text.max_length), `${i}`.padEnd(limits.option.value.max_length, 'v')),
      ),
      placeholder: plain(han(limits.select.placeholder.max_length)),
    }),
  ),
  input({ type: 'static_select', option_groups: [{ label: plain('묶음'), options: [option()] }] }),
  input({
    type: 'multi_static_select',
    options: [option()],
    initial_options: [option()],
    max_selected_items: 2,
  }),
  input({ type: 'external_select', min_query_length: 1, initial_option: option() }),
  input({ type: 'users_select', initial_user: 'U1' }),
  input({ type: 'multi_users_select', initial_users: ['U1'] }),
  input({ type: 'conversations_select', filter: { include: ['im'], exclude_bot_users: true } }),
  input({ type: 'channels_select' }),
  input({
    type: 'checkboxes',
    options: times(limits.checkboxes.options.max_items, (i) => option('선택', `${i}`)),
  }),
  input({
    type: 'radio_buttons',
    options: [{ text: { type: 'mrkdwn', text: '*예*' }, value: 'y', description: plain(han(75)) }],
  }),
  input({ type: 'datepicker', initial_date: '2026-02-28' }),
  input({ type: 'timepicker', initial_time: '23:59' }),
  input({ type: 'datetimepicker', initial_date_time: 1_770_000_000 }),
  input({ type: 'number_input', is_decimal_allowed: false, min_value: '1', max_value: '9' }),
  input({ type: 'email_text_input' }),
  input({ type: 'url_text_input' }),
  input({ type: 'rich_text_input' }),
  input({ type: 'file_input', filetypes: ['hwp', 'pdf'], max_files: limits.file_input.max_files.max }),
  {
    type: 'rich_text',
    elements: [
      { type: 'rich_text_section', elements: [{ type: 'text', text: '굵게', style: { bold: true } }] },
      {
        type: 'rich_text_list',
        style: 'ordered',
        elements: [{ type: 'rich_text_section', elements: [{ type: 'user', user_id: 'U1' }] }],
      },
      { type: 'rich_text_quote', elements: [{ type: 'link', url: 'https://example.com' }] },
      { type: 'rich_text_preformatted', elements: [{ type: 'text', text: 'openssl' }] },
    ],
  },
]);
