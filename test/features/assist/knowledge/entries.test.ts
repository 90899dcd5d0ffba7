import { expect, test } from 'vitest';
import { entries } from '../../../../src/features/assist/knowledge/entries.ts';
import { compact } from '../../../../src/features/assist/knowledge/signs.ts';
import { guideFacts } from './guide-facts.ts';

test('each entry has ten questions or more in people’s own words, and no question belongs to two', () => {
  expect(new Set(entries.map(({ id }) => id)).size).toBe(entries.length);
  for (const { id, questions } of entries) expect(questions.length, id).toBeGreaterThanOrEqual(10);
  const all = entries.flatMap(({ questions }) => questions.map(compact));
  expect(all.filter((one, index) => all.indexOf(one) !== index)).toEqual([]);
});

test('an answer is short, plain, and says where it stands', () => {
  for (const { id, kind, answer, publicAnswer, source, buttons, offers } of entries) {
    expect(answer.length, id).toBeLessThanOrEqual(230);
    expect(publicAnswer?.length ?? 0, id).toBeLessThanOrEqual(230);
    expect(answer, id).toMatch(/\.\)?$/);
    if (kind === 'smalltalk')
      expect([source, buttons, offers], id).toEqual([undefined, undefined, undefined]);
    else expect(source, id).toMatch(/가이드|안내|지침|자료|사례/);
  }
});

test('nothing that nobody knows is stated: how long a temporary licence holds, when a regular one ends, how long a review takes', () => {
  for (const { id, answer, publicAnswer = '' } of entries) {
    const said = `${answer} ${publicAnswer}`;
    expect(said, id).not.toMatch(/2개월|두 달|영구|무기한|\d+일 이내|영업일 안에/);
    expect(said, id).not.toMatch(/매년|해마다/);
  }
});

test.each(guideFacts)('the guide, %s: %s', (_where, _fact, id, words) => {
  const entry = entries.find((one) => one.id === id);
  const [said, wanted] = words.startsWith('공:')
    ? [entry?.publicAnswer, words.slice(2)]
    : [entry?.answer, words];
  expect(said, id).toContain(wanted);
});
