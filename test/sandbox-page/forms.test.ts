import { expect, it } from 'vitest';
import type { Block } from '../../src/sandbox/page/core/blockkit.js';
import { formFor, formsFor, withValue } from '../../src/sandbox/page/forms.js';

const element = { type: 'plain_text_input', action_id: 'v' };
const block = (block_id: string): Block => ({ type: 'input', block_id, element });

it('a typed value takes away the error of its own block and marks the form', () => {
  const form = {
    ...formFor(undefined, { blocks: [block('a'), block('b')] }),
    errors: { a: '필수', b: '필수' },
  };
  const after = withValue(form, block('a'), element, { type: 'plain_text_input', value: '값' });
  expect(after.errors).toEqual({ b: '필수' });
  expect(after.dirty).toBe(true);
  expect(after.values.a?.v).toEqual({ type: 'plain_text_input', value: '값' });
  expect(form.dirty).toBe(false);
});

it('an update keeps the errors of the blocks that stay', () => {
  const before = {
    ...formFor(undefined, { blocks: [block('a'), block('b')] }),
    errors: { a: '1', b: '2' },
    trouble: '?',
  };
  const after = formFor(before, { blocks: [block('b'), block('c')] });
  expect(after.errors).toEqual({ b: '2' });
  expect(after.trouble).toBeNull();
});

it('a view whose fields all changed is another screen, with nothing unsaved; one that gained a field is not', () => {
  const first = formFor(undefined, { blocks: [block('a')] });
  const typed = withValue(first, block('a'), element, { type: 'plain_text_input', value: '값' });
  expect(formFor(typed, { blocks: [block('a'), block('b')] })).toMatchObject({ screen: 0, dirty: true });
  const next = formFor(typed, { blocks: [block('c')] });
  expect(next).toMatchObject({ screen: 1, dirty: false });
  expect(formFor(next, { blocks: [{ type: 'divider' }] }).screen).toBe(2);
});

it('a view that came again as it was is the same screen', () => {
  const text = { blocks: [{ type: 'divider' }] };
  expect(formFor(formFor(undefined, text), text).screen).toBe(0);
});

it('forgets the forms of closed views', () => {
  const both = formsFor({}, [
    { id: 'V1', blocks: [block('a')] },
    { id: 'V2', blocks: [block('a')] },
  ]);
  expect(Object.keys(formsFor(both, [{ id: 'V1', blocks: [block('a')] }]))).toEqual(['V1']);
});
