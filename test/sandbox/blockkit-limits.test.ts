import { expect, test } from 'vitest';
import { validateMessage, validateView } from '../../src/sandbox/blockkit/validate.ts';
import limits from '../samples/slack/slackblocks-limits.json' with { type: 'json' };
import {
  actions,
  button,
  han,
  input,
  modal,
  option,
  section,
  select,
  textInput,
  times,
} from './blockkit-samples.ts';
import { plain } from './bolt-app.ts';

/** Slack's published limits from both sides: what is just within is taken, what is just outside is refused. */
const inModal = (block: object) =>
  validateView(modal([block, input(textInput({ action_id: 'other' }))]), 'modal');
const inView = (more: object) => validateView(modal([{ type: 'divider' }], more), 'modal');
const inMessage = (block: object) => validateMessage({ blocks: [block] });
const confirm = (more: object) => inModal(actions(button({ confirm: { text: plain('글'), ...more } })));
const url = (length: number) => `https://a.kr/${'a'.repeat(Math.max(0, length - 13))}`.slice(0, length);

/** What a text of this length is refused for, at most how long it is, and whether it may be empty. */
const texts: [string, number, (length: number) => string[], 'or empty'?][] = [
  ['section.text', limits.section.text.max_length, (n) => inModal(section({ text: plain(han(n)) }))],
  [
    'section.fields',
    limits.section.fields.item_max_length,
    (n) => inModal(section({ fields: [plain(han(n))] })),
  ],
  ['header', limits.header.text.max_length, (n) => inModal({ type: 'header', text: plain(han(n)) })],
  ['block_id', limits.block_id.max_length, (n) => inModal({ type: 'divider', block_id: han(n) })],
  ['action_id', limits.action_id.max_length, (n) => inModal(actions(button({ action_id: han(n) })))],
  ['button.text', limits.button.text.max_length, (n) => inModal(actions(button({ text: plain(han(n)) })))],
  ['button.value', limits.button.value.max_length, (n) => inModal(actions(button({ value: han(n) })))],
  ['button.url', limits.button.url.max_length, (n) => inModal(actions(button({ url: url(n) })))],
  [
    'button.accessibility_label',
    limits.button.accessibility_label.max_length,
    (n) => inModal(actions(button({ accessibility_label: han(n) }))),
  ],
  ['confirm.title', limits.confirmation.title.max_length, (n) => confirm({ title: plain(han(n)) })],
  ['confirm.text', limits.confirmation.text.max_length, (n) => confirm({ text: plain(han(n)) })],
  ['confirm.confirm', limits.confirmation.confirm.max_length, (n) => confirm({ confirm: plain(han(n)) })],
  ['confirm.deny', limits.confirmation.deny.max_length, (n) => confirm({ deny: plain(han(n)) })],
  [
    'option.text',
    limits.option.text.max_length,
    (n) => inModal(input(select({ options: [option(han(n))] }))),
  ],
  [
    'option.value',
    limits.option.value.max_length,
    (n) => inModal(input(select({ options: [option('글', han(n))] }))),
  ],
  [
    'option.description',
    limits.option.description.max_length,
    (n) => inModal(input(select({ options: [option('글', 'v', { description: plain(han(n)) })] }))),
  ],
  [
    'option.url',
    limits.option.url.max_length,
    (n) => inModal(actions({ type: 'overflow', options: [option('글', 'v', { url: url(n) })] })),
  ],
  [
    'option_group.label',
    limits.option_group.label.max_length,
    (n) =>
      inModal(
        input({ type: 'static_select', option_groups: [{ label: plain(han(n)), options: [option()] }] }),
      ),
  ],
  [
    'placeholder',
    limits.select.placeholder.max_length,
    (n) => inModal(input(select({ placeholder: plain(han(n)) }))),
  ],
  [
    'input.label',
    limits.input.label.max_length,
    (n) => inModal(input(textInput(), { label: plain(han(n)) })),
  ],
  ['input.hint', limits.input.hint.max_length, (n) => inModal(input(textInput(), { hint: plain(han(n)) }))],
  [
    'image.image_url',
    limits.image.image_url.max_length,
    (n) => inModal({ type: 'image', image_url: url(n), alt_text: '글' }),
  ],
  [
    'image.alt_text',
    limits.image.alt_text.max_length,
    (n) => inModal({ type: 'image', image_url: url(20), alt_text: han(n) }),
    'or empty',
  ],
  ['markdown', limits.markdown.text.max_length, (n) => inMessage({ type: 'markdown', text: han(n) })],
  ['view.title', limits.view.title.max_length, (n) => inView({ title: plain(han(n)) })],
  ['view.submit', limits.view.submit.max_length, (n) => inView({ submit: plain(han(n)) })],
  ['view.close', limits.view.close.max_length, (n) => inView({ close: plain(han(n)) })],
  [
    'view.callback_id',
    limits.view.callback_id.max_length,
    (n) => inView({ callback_id: han(n) }),
    'or empty',
  ],
  [
    'view.private_metadata',
    limits.view.private_metadata.max_length,
    (n) => inView({ private_metadata: han(n) }),
    'or empty',
  ],
];

test.each(texts)('%s of 1 to %i characters', (_what, max, look, orEmpty) => {
  expect(look(max)).toEqual([]);
  expect(look(max + 1)).toHaveLength(1);
  expect(look(0).length > 0).toBe(orEmpty === undefined);
});

const choices = (n: number) => times(n, (i) => option('글', `${i}`));
const group = (n: number) => ({ label: plain('글'), options: choices(n) });

/** How many are taken at least and at most. */
const counts: [string, { min_items?: number; max_items: number }, (count: number) => string[]][] = [
  [
    'view.blocks',
    limits.view.blocks,
    (n) => validateView(modal(times(n, () => ({ type: 'divider' }))), 'modal'),
  ],
  [
    'section.fields',
    { min_items: 1, ...limits.section.fields },
    (n) => inModal(section({ fields: times(n, () => plain('글')) })),
  ],
  [
    'context.elements',
    { min_items: 1, ...limits.context.elements },
    (n) => inModal({ type: 'context', elements: times(n, () => plain('글')) }),
  ],
  [
    'actions.elements',
    { min_items: 1, ...limits.actions.elements },
    (n) => inModal(actions(...times(n, (i) => button({ action_id: `${i}` })))),
  ],
  [
    'select.options',
    { min_items: 1, ...limits.select.options },
    (n) => inModal(input(select({ options: choices(n) }))),
  ],
  [
    'select.option_groups',
    { min_items: 1, ...limits.select.option_groups },
    (n) => inModal(input({ type: 'static_select', option_groups: times(n, () => group(1)) })),
  ],
  [
    'option_group.options',
    limits.option_group.options,
    (n) => inModal(input({ type: 'static_select', option_groups: [group(n)] })),
  ],
  ['overflow', limits.overflow.options, (n) => inModal(actions({ type: 'overflow', options: choices(n) }))],
  [
    'checkboxes',
    limits.checkboxes.options,
    (n) => inModal(input({ type: 'checkboxes', options: choices(n) })),
  ],
  [
    'radio_buttons',
    limits.radio_buttons.options,
    (n) => inModal(input({ type: 'radio_buttons', options: choices(n) })),
  ],
  [
    'file_input.max_files',
    { min_items: limits.file_input.max_files.min, max_items: limits.file_input.max_files.max },
    (n) => inModal(input({ type: 'file_input', max_files: n })),
  ],
];

test.each(counts)('%s: %o', (_what, { min_items: min = 0, max_items: max }, look) => {
  for (const count of [min, max]) expect(look(count)).toEqual([]);
  for (const count of [min - 1, max + 1].filter((one) => one >= 0)) expect(look(count)).toHaveLength(1);
});

test('every limit of what this workspace shows is among these', () => {
  const shown =
    'button confirmation option option_group select overflow checkboxes radio_buttons file_input actions';
  const blocks = 'context header image input markdown section view';
  const published = Object.entries(limits).filter(([name]) => `${shown} ${blocks}`.split(' ').includes(name));
  const parts = published.reduce((sum, [, part]) => sum + Object.keys(part).length, 0);
  const besides = ['block_id', 'action_id', 'section.fields']; // two stand by themselves, one is in both tables
  expect(texts.length + counts.length - besides.length).toBe(parts);
});
