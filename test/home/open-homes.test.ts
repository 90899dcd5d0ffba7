import { expect, test } from 'vitest';
import { watchDesk } from '../../src/app/desk-watch.ts';
import { OpenHomes } from '../../src/home/open-homes.ts';
import { openTestStore, testClock } from '../ground.ts';

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
  const { homes, clock, shown, askedFor } = standing(['choi', 'jung']);
  for (const id of ['choi', 'kim']) homes.opened(id);
  for (let filing = 0; filing < 5; filing++) homes.deskChanged(clock.now());
  await askedFor(1);
  expect(shown).toEqual(['choi']);
  homes.deskChanged(clock.now());
  await askedFor(2);
  expect(shown).toEqual(['choi', 'choi']);
});

test('a home that was turned to another page, or was opened yesterday, is left alone', async () => {
  const { homes, clock, shown, asked, askedFor } = standing(['choi', 'jung', 'han']);
  homes.opened('han');
  clock.advance(13 * 60 * 60 * 1000);
  for (const id of ['choi', 'jung']) homes.opened(id);
  homes.turned('choi');
  homes.deskChanged(clock.now());
  await askedFor(1);
  expect(shown).toEqual(['jung']);
  expect(asked).toEqual([['jung']]);
});

test('where nobody has it open nothing is asked, and nothing comes after the stop', async () => {
  const { homes, clock, shown, asked } = standing(['choi']);
  homes.deskChanged(clock.now());
  homes.opened('choi');
  homes.deskChanged(clock.now());
  homes.stop();
  await new Promise((resolve) => setTimeout(resolve, 20));
  expect([shown, asked]).toEqual([[], []]);
});

test('what another process told the desk is found in the database, once', async () => {
  const store = await openTestStore();
  const { homes, clock, shown, askedFor } = standing(['choi']);
  const channel = 'C0DESK00001';
  const told = (sentAt: Date | null, where = channel) =>
    store.db.outbox.create({
      data: {
        key: crypto.randomUUID(),
        notice: 'filing.card',
        recipient: 'desk',
        facts: {},
        dueAt: clock.now(),
        createdAt: clock.now(),
        channel: where,
        sentAt,
      },
    });
  const desk = watchDesk({ db: store.db, log: { warn: () => undefined }, openHomes: homes, channel });
  await told(clock.now());
  homes.opened('choi');
  clock.advance(1000);
  await told(null);
  await told(clock.now(), 'C0ELSEWHERE');
  await desk.look(); // nothing new
  await told(clock.now());
  await desk.look();
  await desk.look();
  await askedFor(1);
  expect(shown).toEqual(['choi']);
  await store.close();
});
