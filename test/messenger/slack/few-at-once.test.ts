import { expect, it } from 'vitest';
import { fewAtOnce } from '../../../src/messenger/slack/few-at-once.ts';

/** A work that says when it began and ends when it is told to. */
function work(name: string, begun: string[]) {
  let end = () => {};
  const ended = new Promise<void>((resolve) => {
    end = resolve;
  });
  const run = async () => {
    begun.push(name);
    await ended;
    return name;
  };
  return { run, end };
}

const settled = () => new Promise((resolve) => setImmediate(resolve));

it('runs few works at once, and the others in the order in which they came', async () => {
  const begun: string[] = [];
  const inTurn = fewAtOnce(2, 60_000);
  const works = ['a', 'b', 'c', 'd'].map((name) => work(name, begun));
  const outcomes = works.map(({ run }) => inTurn(run));
  await settled();
  expect(begun).toEqual(['a', 'b']);
  works[1]?.end();
  expect(await outcomes[1]).toBe('b');
  await settled();
  expect(begun).toEqual(['a', 'b', 'c']);
  for (const { end } of works) end();
  expect(await Promise.all(outcomes)).toEqual(['a', 'b', 'c', 'd']);
});

it('passes a work that takes long, and still gives its outcome', async () => {
  const begun: string[] = [];
  const inTurn = fewAtOnce(1, 20);
  const slow = work('slow', begun);
  const late = inTurn(slow.run);
  expect(await inTurn(async () => 'next')).toBe('next');
  slow.end();
  expect(await late).toBe('slow');
});

it('gives an error to who asked, and goes on', async () => {
  const inTurn = fewAtOnce(1, 60_000);
  const failed = inTurn(() => Promise.reject(new Error('its own')));
  await expect(failed).rejects.toThrow('its own');
  expect(await inTurn(async () => 'next')).toBe('next');
});
