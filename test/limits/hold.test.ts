import type { KnownBlock, ModalView } from '@slack/types';
import { expect, test } from 'vitest';
import { messageFaults, viewFaults } from './hold.ts';

/** The measure itself: what it lets pass, and that each fault is noticed. */
const text = (length: number) => ({ type: 'plain_text' as const, text: '가'.repeat(length) });
const section = (length: number, block_id?: string): KnownBlock => ({
  type: 'section',
  text: text(length),
  ...(block_id ? { block_id } : {}),
});
const times = (count: number, length = 1) => Array.from({ length: count }, () => section(length));
const rich = (length: number): KnownBlock => ({
  type: 'rich_text',
  elements: [{ type: 'rich_text_section', elements: [{ type: 'text', text: '가'.repeat(length) }] }],
});
const select = (value: string): KnownBlock => ({
  type: 'actions',
  elements: [{ type: 'static_select', action_id: 'a', options: [{ text: text(75), value }] }],
});
const modal = (...blocks: KnownBlock[]): ModalView => ({ type: 'modal', title: text(24), blocks });
const input: KnownBlock = {
  type: 'input',
  label: text(1),
  element: { type: 'plain_text_input', action_id: 'a', max_length: 10, initial_value: '가'.repeat(11) },
};

test('what is just within the limits passes', () => {
  expect(viewFaults(modal(...times(100, 100)))).toEqual([]);
  expect(viewFaults(modal(section(3000), rich(50_000), select('가'.repeat(75))))).toEqual([]);
  expect(viewFaults({ type: 'home', blocks: times(100) })).toEqual([]);
  expect(messageFaults({ text: '가'.repeat(1333), blocks: times(50, 264) })).toEqual([]);
});

test.each<[string, string[]]>([
  ['101 blocks', viewFaults(modal(...times(101)))],
  ['no blocks', viewFaults(modal())],
  ['a text of 3,001 characters', viewFaults(modal(section(3001)))],
  ['a title of 25 characters', viewFaults({ ...modal(section(1)), title: text(25) })],
  ['the same block id twice', viewFaults(modal(section(1, 'b'), section(1, 'b')))],
  ['more than 250 KB', viewFaults(modal(rich(84_000)))],
  ['an option value of 76 characters', viewFaults(modal(select('가'.repeat(76))))],
  ['a value longer than its field', viewFaults({ ...modal(input), submit: text(2) })],
  ['fields without a button to submit', viewFaults(modal({ ...input, optional: true }))],
  ['a home of 101 blocks', viewFaults({ type: 'home', blocks: times(101) })],
  ['51 blocks in a message', messageFaults({ text: '가', blocks: times(51) })],
  ['13,201 characters in a message', messageFaults({ text: '가', blocks: [rich(13_201)] })],
  ['a message without text', messageFaults({ text: '', blocks: times(1) })],
  ['a text that cannot be updated', messageFaults({ text: '가'.repeat(1334), blocks: times(1) })],
])('%s is noticed', (_what, faults) => {
  expect(faults).not.toEqual([]);
});
