import { expect, test } from 'vitest';
import { intents } from '../../../src/features/assist/intents.ts';
import { matchIntent } from '../../../src/features/assist/match-intent.ts';
import { heldOut } from './held-out.ts';

const nameOf = (sentence: string) => matchIntent(sentence)?.name ?? 'none';
const examples = intents.flatMap(({ name, examples }) => examples.map((one) => [name, one] as const));

test('at least twelve intents with six examples each, and none belongs to two', () => {
  expect(intents.length).toBeGreaterThanOrEqual(12);
  for (const { name, examples } of intents) expect(examples.length, name).toBeGreaterThanOrEqual(6);
  expect(new Set(examples.map(([, one]) => one)).size).toBe(examples.length);
});

test('every example leads to its own intent', () => {
  const wrong = examples.filter(([name, sentence]) => nameOf(sentence) !== name);
  expect(wrong.map(([name, sentence]) => `${sentence} → ${nameOf(sentence)}, not ${name}`)).toEqual([]);
});

test('spaces, signs and decomposed letters change nothing', () => {
  for (const [name, sentence] of examples) {
    for (const written of [
      sentence.replaceAll(' ', ''),
      [...sentence].join(' '),
      `${sentence}!!`,
      sentence.normalize('NFD'),
      sentence.toUpperCase(),
    ])
      expect(nameOf(written), written).toBe(name);
  }
});

test('sentences that the table was not written from: how many are understood, how few misunderstood', () => {
  const meant = heldOut.filter(([name]) => name !== 'none');
  const right = meant.filter(([name, sentence]) => nameOf(sentence) === name);
  const misread = heldOut.filter(([name, sentence]) => !['none', name].includes(nameOf(sentence)));
  const rate = right.length / meant.length;
  process.stdout.write(
    `held out: ${right.length} of ${meant.length} understood (${Math.round(rate * 100)}%), ${misread.length} of ${heldOut.length} taken for something else\n`,
  );
  if (process.env.SHOW_HELD_OUT)
    for (const [name, sentence] of heldOut)
      if (nameOf(sentence) !== name)
        process.stdout.write(`  ${sentence} → ${nameOf(sentence)}, not ${name}\n`);
  expect(rate).toBeGreaterThanOrEqual(0.75);
  expect(misread.length / heldOut.length).toBeLessThanOrEqual(0.15);
});

test('nothing is read into what says nothing, however long', () => {
  for (const text of ['', ' ', '?', '가'.repeat(100_000), '\u0000', '네', '감사합니다'])
    expect(matchIntent(text)).toBeNull();
});
