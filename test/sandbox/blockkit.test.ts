import { describe, expect, it } from 'vitest';
import { validateMessage, validateView } from '../../src/sandbox/blockkit/validate.ts';
import { CORNER_FAULTS } from './blockkit-corners.ts';
import { at, ELEMENT_FAULTS, FAULTS, IN_ACTIONS, VIEW_FAULTS } from './blockkit-faults.ts';
import { actions, button, goodModal, han, input, long, modal, textInput, times } from './blockkit-samples.ts';
import { plain } from './bolt-app.ts';

describe('Block Kit validator', () => {
  it('finds nothing wrong with a view that is everywhere at the limit', () => {
    expect(validateView(goodModal, 'modal')).toEqual([]);
    const message = goodModal.blocks.filter((block) => !JSON.stringify(block).includes('file_input'));
    expect(validateMessage({ text: '가', blocks: message })).toEqual([]);
    expect(validateView({ type: 'home', blocks: message }, 'home')).toEqual([]);
  });

  it.each(FAULTS)('block: %s', (_what, block, problem) => {
    const submit = [block, input(textInput({ action_id: 'other' }))];
    expect(validateView(modal(submit), 'modal')).toEqual([problem]);
  });

  it.each([...ELEMENT_FAULTS, ...CORNER_FAULTS])('element: %s', (_what, element, below, problem) => {
    const inActions = 'type' in element && IN_ACTIONS.has(String(element.type));
    const pointer = inActions ? `${at}/elements/0${below}` : `${at}/element${below}`;
    const block = inActions ? actions(element) : input(element);
    expect(validateView(modal([block]), 'modal')).toEqual([`${problem} [json-pointer:${pointer}]`]);
  });

  it.each(VIEW_FAULTS)('view: %s', (_what, view, problem) => {
    expect(validateView(view, 'modal')).toEqual([problem]);
  });

  it('takes 50 blocks in a message and 100 in a view', () => {
    const dividers = (n: number) => times(n, () => ({ type: 'divider' }));
    expect(validateMessage({ blocks: dividers(50) })).toEqual([]);
    expect(validateMessage({ blocks: dividers(51) })).toEqual([
      'no more than 50 items allowed [json-pointer:/blocks]',
    ]);
    expect(validateView(modal(dividers(100)), 'modal')).toEqual([]);
    expect(validateView({ type: 'home', blocks: dividers(100) }, 'home')).toEqual([]);
    expect(validateView({ type: 'home', blocks: dividers(101) }, 'home')).toEqual([
      'no more than 100 items allowed [json-pointer:/view/blocks]',
    ]);
  });

  it('takes a file input in a modal only', () => {
    const blocks = [input({ type: 'file_input' })];
    const problem = 'unsupported type: file_input [json-pointer:';
    expect(validateView(modal(blocks), 'modal')).toEqual([]);
    expect(validateView({ type: 'home', blocks }, 'home')).toEqual([
      `${problem}/view/blocks/0/element/type]`,
    ]);
    expect(validateMessage({ blocks })).toEqual([`${problem}/blocks/0/element/type]`]);
  });

  it('takes no title in a home', () => {
    const home = { type: 'home', title: plain('제목'), blocks: [{ type: 'divider' }] };
    expect(validateView(home, 'home')).toEqual(['invalid additional property: title [json-pointer:/view]']);
  });

  it('takes tables and markdown in messages, one table each', () => {
    const rows = (n: number, columns: number) =>
      times(n, () => times(columns, () => ({ type: 'raw_text', text: 'a' })));
    const table = (n: number, columns: number) => ({ type: 'table', rows: rows(n, columns) });
    expect(validateMessage({ blocks: [table(100, 20), { type: 'markdown', text: '# 제목' }] })).toEqual([]);
    expect(validateMessage({ blocks: [table(101, 1)] })).toEqual([
      'no more than 100 items allowed [json-pointer:/blocks/0/rows]',
    ]);
    expect(validateMessage({ blocks: [table(1, 21)] })).toEqual([
      'no more than 20 items allowed [json-pointer:/blocks/0/rows/0]',
    ]);
    expect(validateMessage({ blocks: [table(1, 1), table(1, 1)] })).toEqual([
      'only one table is allowed [json-pointer:/blocks]',
    ]);
    const markdown = { type: 'markdown', text: han(12_001) };
    expect(validateMessage({ blocks: [markdown] })).toEqual([
      `${long(12_000)} [json-pointer:/blocks/0/text]`,
    ]);
  });

  it('looks into attachments', () => {
    const attachments = [{ color: '#f00', blocks: [{ type: 'nothing' }] }];
    expect(validateMessage({ attachments })).toEqual([
      'unsupported type: nothing [json-pointer:/attachments/0/blocks/0/type]',
    ]);
  });

  it('takes empty strings where Slack does', () => {
    const empty = { private_metadata: '', callback_id: '', external_id: '' };
    const blocks = [actions(button()), input(textInput({ initial_value: '' }))];
    expect(validateView(modal(blocks, empty), 'modal')).toEqual([]);
    expect(validateMessage({ text: '글', blocks: [] })).toEqual([]);
  });

  it('counts characters, not code units', () => {
    expect(validateView(modal([{ type: 'divider' }], { title: plain('😀'.repeat(24)) }), 'modal')).toEqual(
      [],
    );
  });

  it('is not confused by what is no view at all', () => {
    for (const nothing of [null, undefined, 7, 'view', []]) {
      expect(validateView(nothing, 'modal')).toEqual(['must provide an object [json-pointer:/view]']);
    }
    expect(validateView(modal([null as unknown as object, 'x' as unknown as object]), 'modal')).toHaveLength(
      2,
    );
    expect(validateMessage({ blocks: {} })).toEqual(['must provide an array [json-pointer:/blocks]']);
    expect(validateMessage({ blocks: [{ type: 'constructor' }] })).toHaveLength(1);
  });
});
