import { expect, test } from 'vitest';
import { Turns } from '../../../src/messenger/slack/turns.ts';

/** Work that ends when it is told to, and what has begun and ended. */
function works() {
  const log: string[] = [];
  const ends: Record<string, () => void> = {};
  const work =
    (name: string, fails = false) =>
    async () => {
      log.push(`begin ${name}`);
      await new Promise<void>((resolve) => {
        ends[name] = resolve;
      });
      log.push(`end ${name}`);
      if (fails) throw new Error(name);
      return name;
    };
  return { log, work, end: (name: string) => ends[name]?.() };
}

test('what is given for one key runs in its order, also after a failure; another key does not wait', async () => {
  const turns = new Turns();
  const { log, work, end } = works();
  const first = turns.take('view', work('first', true)).catch((error: Error) => error.message);
  const second = turns.take('view', work('second'));
  const other = turns.take('other', work('other'));
  expect(log).toEqual(['begin first', 'begin other']);
  end('other');
  expect(await other).toBe('other');
  end('first');
  expect(await first).toBe('first');
  await expect.poll(() => log).toContain('begin second');
  end('second');
  expect(await second).toBe('second');
  expect(log).toEqual(['begin first', 'begin other', 'end other', 'end first', 'begin second', 'end second']);
});
