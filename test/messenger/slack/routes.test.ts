import { expect, it } from 'vitest';
import { Routes } from '../../../src/messenger/slack/routes.ts';

function routes(exact: string[], under: string[] = []): Routes<string> {
  const made = new Routes<string>();
  for (const id of exact) made.add(id, id);
  for (const id of under) made.addUnder(id, `${id}.…`);
  return made;
}

it('finds the handler of an id, and none for what nobody listens to', () => {
  const { find } = bound(routes(['filing.approve', 'filing.return']));
  expect(find('filing.return')).toBe('filing.return');
  expect(find('filing')).toBeUndefined();
  expect(find('filing.approve.now')).toBeUndefined();
  expect(find('')).toBeUndefined();
});

it('finds what an id stands under, whatever its rest is, also with dots in it', () => {
  const { find } = bound(routes([], ['home.page']));
  expect(find('home.page.2')).toBe('home.page.…');
  expect(find('home.page.2.next')).toBe('home.page.…');
  expect(find('home.page.')).toBe('home.page.…');
  expect(find('home.page')).toBeUndefined();
  expect(find('home.pages.2')).toBeUndefined();
});

it('prefers the very id, and then the nearest that it stands under', () => {
  const { find } = bound(routes(['form.add.file'], ['form', 'form.add']));
  expect(find('form.add.file')).toBe('form.add.file');
  expect(find('form.add.host')).toBe('form.add.…');
  expect(find('form.next')).toBe('form.…');
});

it('an id that names something every object has is nobody’s', () => {
  const { find } = bound(routes(['a']));
  expect(find('constructor')).toBeUndefined();
  expect(find('__proto__.x')).toBeUndefined();
});

it('refuses a second listener of one id: it would never hear of anything', () => {
  expect(() => routes(['a', 'a'])).toThrow('two listeners for a');
  expect(() => routes([], ['b', 'b'])).toThrow('two listeners for b');
});

const bound = (made: Routes<string>) => ({ find: (id: string) => made.find(id) });
