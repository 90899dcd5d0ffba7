import { describe, expect, it } from 'vitest';
import type { Block } from '../../src/sandbox/page/core/blockkit.js';
import { checkForm, fieldsOf, mergeValues } from '../../src/sandbox/page/core/values.js';

const input = (block_id: string, element: object, more: object = {}): Block => ({
  type: 'input',
  block_id,
  label: { type: 'plain_text', text: block_id },
  element: { action_id: 'v', ...element },
  ...more,
});
const name = (more: object = {}) => input('name', { type: 'plain_text_input', ...more });
const typed = (value: string) => ({ name: { v: { type: 'plain_text_input', value } } });

describe('values of a view that arrives', () => {
  it('starts with initial values, or empty', () => {
    const option = { text: { type: 'plain_text', text: '가' }, value: 'a' };
    const blocks = [
      name({ initial_value: '처음' }),
      input('net', { type: 'radio_buttons', options: [option], initial_option: option }),
      input('os', { type: 'multi_static_select', options: [option] }),
      input('file', { type: 'file_input' }),
    ];
    expect(mergeValues(null, { blocks })).toEqual({
      name: { v: { type: 'plain_text_input', value: '처음' } },
      net: { v: { type: 'radio_buttons', selected_option: option } },
      os: { v: { type: 'multi_static_select', selected_options: [] } },
      file: { v: { type: 'file_input', files: [] } },
    });
  });

  it('keeps what was typed where block and action are the same, against a new initial value', () => {
    const before = { blocks: [name()], values: typed('쓰던 것') };
    const view = { blocks: [name({ initial_value: '새 값' })], state: { values: typed('옛 것') } };
    expect(mergeValues(before, view)).toEqual(typed('쓰던 것'));
  });

  it('keeps an emptied field empty', () => {
    const emptied = { name: { v: { type: 'plain_text_input', value: null } } };
    const before = { blocks: [name()], values: emptied };
    expect(mergeValues(before, { blocks: [name({ initial_value: '새 값' })] })).toEqual(emptied);
  });

  it('starts anew when the block has another id, or the element another type', () => {
    const before = { blocks: [name()], values: typed('쓰던 것') };
    const renamed = { ...name({ initial_value: '새 값' }), block_id: 'name2' };
    expect(mergeValues(before, { blocks: [renamed] })).toEqual({
      name2: { v: { type: 'plain_text_input', value: '새 값' } },
    });
    const number = input('name', { type: 'number_input' });
    expect(mergeValues(before, { blocks: [number] })).toEqual({
      name: { v: { type: 'number_input', value: null } },
    });
  });

  it('takes what the workspace holds after the page was loaded anew', () => {
    const view = { blocks: [name({ initial_value: '처음' })], state: { values: typed('저장된 것') } };
    expect(mergeValues(null, view)).toEqual(typed('저장된 것'));
  });

  it('finds fields in inputs, accessories and actions, and no buttons', () => {
    const blocks: Block[] = [
      name(),
      { type: 'section', block_id: 's', accessory: { type: 'users_select', action_id: 'u' } },
      {
        type: 'actions',
        block_id: 'a',
        elements: [
          { type: 'button', action_id: 'b' },
          { type: 'datepicker', action_id: 'd' },
        ],
      },
      { type: 'divider', block_id: 'x' },
    ];
    expect(fieldsOf(blocks).map(({ element }) => element.type)).toEqual([
      'plain_text_input',
      'users_select',
      'datepicker',
    ]);
  });
});

describe('checks before sending', () => {
  const check = (element: object, value: unknown, more: object = {}) => {
    const block = input('b', element, more);
    const key = (element as { type: string }).type === 'file_input' ? 'files' : 'value';
    return checkForm([block], { b: { v: { type: 'x', [key]: value } } }).b ?? null;
  };

  it('asks for required fields only', () => {
    expect(check({ type: 'plain_text_input' }, null)).toMatch(/필수/);
    expect(check({ type: 'plain_text_input' }, '  ')).toMatch(/필수/);
    expect(check({ type: 'plain_text_input' }, null, { optional: true })).toBeNull();
    expect(check({ type: 'file_input' }, [])).toMatch(/파일을 첨부/);
    expect(check({ type: 'file_input' }, [{ id: 'F1' }])).toBeNull();
    expect(check({ type: 'radio_buttons' }, null)).toMatch(/하나를 선택/);
  });

  it('counts letters as people do', () => {
    expect(check({ type: 'plain_text_input', min_length: 3 }, '두자')).toMatch(/3자 이상.*지금 2자/);
    expect(check({ type: 'plain_text_input', max_length: 2 }, '세글자')).toMatch(/2자까지.*지금 3자/);
    expect(check({ type: 'plain_text_input', max_length: 2 }, '👍👍')).toBeNull();
  });

  it.each([
    ['number_input', { is_decimal_allowed: false }, '12', true],
    ['number_input', { is_decimal_allowed: false }, '1.5', false],
    ['number_input', { is_decimal_allowed: true }, '1.5', true],
    ['number_input', { is_decimal_allowed: false }, '열', false],
    ['number_input', { is_decimal_allowed: false, min_value: '1' }, '0', false],
    ['number_input', { is_decimal_allowed: false, max_value: '9' }, '10', false],
    ['email_text_input', {}, 'kim@korea.kr', true],
    ['email_text_input', {}, 'kim@korea', false],
    ['url_text_input', {}, 'https://www.gpki.go.kr', true],
    ['url_text_input', {}, 'www.gpki.go.kr', false],
  ])('%s %j with %s is good: %s', (type, more, value, good) => {
    expect(check({ type, ...more }, value) === null).toBe(good);
  });
});
