import { expect, test } from 'vitest';
import { OpenHomes } from '../../src/home/open-homes.ts';
import { testClock } from '../ground.ts';

/** Homes that stand open, with a pause of no time: what is due comes with the next timers. */
function standing(officers: string[]) {
  const clock = testClock();
  const shown: string[] = [];
  const asked: string[][] = [];
  const homes = new OpenHomes({
    now: clock.now,
    pause: 0,
    officersAmong: async (slackIds) => {
      asked.push(slackIds);
      return slackIds.filter((id) => officers.includes(id));
    },
    refresh: (slackId) => shown.push(slackId),
    failed: (error) => {
      throw error;
    },
  });
  const askedFor = async (times: number) => {
    while (asked.length < times) await new Promise((resolve) => setTimeout(resolve, 1));
    await new Promise(setImmediate);
  };
  return { homes, clock, shown, asked, askedFor };
}

test('officers who have it open see what came, once for all of it; others do not', async () => {
  const { homes, shown, askedFor } = standing(['choi', 'jung']);
  for (const id of ['choi', 'kim']) homes.opened(id);
  for (let filing = 0; filing < 5; filing++) homes.deskChanged();
  await askedFor(1);
  expect(shown).toEqual(['choi']);
  homes.deskChanged();
  await askedFor(2);
  expect(shown).toEqual(['choi', 'choi']);
});

test('a home that was turned to another page, or was opened yesterday, is left alone', async () => {
  const { homes, clock, shown, asked, askedFor } = standing(['choi', 'jung', 'han']);
  homes.opened('han');
  clock.advance(13 * 60 * 60 * 1000);
  for (const id of ['choi', 'jung']) homes.opened(id);
  homes.turned('choi');
  homes.deskChanged();
  await askedFor(1);
  expect(shown).toEqual(['jung']);
  expect(asked).toEqual([['jung']]);
});

test('where nobody has it open nothing is asked, and nothing comes after the stop', async () => {
  const { homes, shown, asked } = standing(['choi']);
  homes.deskChanged();
  homes.opened('choi');
  homes.deskChanged();
  homes.stop();
  await new Promise((resolve) => setTimeout(resolve, 20));
  expect([shown, asked]).toEqual([[], []]);
});
