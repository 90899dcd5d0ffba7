import fc from 'fast-check';
import { expect, test } from 'vitest';
import { chosenFiles, type Entered, readEntered } from '../../src/messenger/entered.ts';

const read = (entered: unknown): Entered | undefined =>
  readEntered({ block: { action: entered } }).block?.action;

test('what Slack sends is kept as it is', () => {
  const file = { id: 'F1', name: '공문.pdf', size: 9, mode: 'hosted', mimetype: 'application/pdf' };
  const values = {
    reason: { v: { type: 'plain_text_input', value: '첫 줄\n둘째 줄' } },
    net: {
      v: {
        type: 'radio_buttons',
        selected_option: { text: { type: 'plain_text', text: '행정망' }, value: 'ADMIN' },
      },
    },
    many: { v: { type: 'checkboxes', selected_options: [{ value: 'CRL' }, { value: 'OCSP' }] } },
    on: { v: { type: 'datepicker', selected_date: '2026-12-01' } },
    who: { v: { type: 'users_select', selected_user: 'U1' } },
    letter: { v: { type: 'file_input', files: [file] } },
    cleared: { v: { type: 'checkboxes', selected_options: [] } },
  };
  expect(readEntered(values)).toEqual(values);
});

test.each<[string, unknown]>([
  ['a number as text', { type: 'plain_text_input', value: 7 }],
  ['an object as text', { type: 'plain_text_input', value: { toString: null } }],
  ['text as an option', { type: 'static_select', selected_option: 'ADMIN' }],
  ['an option with a number', { type: 'static_select', selected_option: { value: 7 } }],
  ['a number as a date', { type: 'datepicker', selected_date: 20261201 }],
  ['a day that is none', { type: 'datepicker', selected_date: '2026-13-45' }],
  ['a list as a person', { type: 'users_select', selected_user: ['U1'] }],
  ['null', null],
  ['text', 'x'],
])('%s counts as left empty', (_what, entered) => {
  const { value, selected_option, selected_date, selected_user } = read(entered) ?? { type: '' };
  expect(value ?? selected_option?.value ?? selected_date ?? selected_user).toBeUndefined();
});

test('lists are lists of what belongs in them', () => {
  expect(read({ selected_options: 'CRL' })?.selected_options).toEqual([]);
  expect(read({ selected_options: [null, 7, { value: 7 }, { value: 'CRL' }] })?.selected_options).toEqual([
    {},
    { value: 'CRL' },
  ]);
  expect(read({ selected_users: ['U1', 7, null] })?.selected_users).toEqual(['U1']);
  expect(read({ files: 'F1' })?.files).toEqual([]);
  expect(read({ files: [null, { id: 7, size: '9' }] })?.files).toEqual([{ id: '' }]);
});

test('what nobody sees is taken out wherever somebody types', () => {
  const typed = '행정\u0000안전\ud800부\u0007 \u202e시스템\r\n끝';
  expect(read({ value: typed })?.value).toBe('행정안전부 시스템\n끝');
  expect(read({ selected_option: { value: typed } })?.selected_option?.value).toBe('행정안전부 시스템\n끝');
});

test('whatever comes, it is read without an error', () => {
  fc.assert(
    fc.property(fc.anything(), fc.anything(), (anything, more) => {
      readEntered(anything);
      for (const given of [
        { block: anything },
        { block: { action: anything } },
        { block: { action: { files: [more] } } },
      ])
        for (const byAction of Object.values(readEntered(given)))
          for (const entered of Object.values(byAction)) {
            chosenFiles(entered);
            for (const one of [entered.value, entered.selected_option?.value])
              expect(typeof (one ?? '')).toBe('string');
          }
    }),
  );
});
