import { afterAll, beforeAll, expect, test } from 'vitest';
import { homeView, statusBlocks } from '../../src/home/home.ts';
import { officerMenu } from '../../src/home/work-menu.ts';
import type { Known } from '../../src/store/known.ts';
import { buttonsIn, messageFaults, viewFaults } from './hold.ts';
import {
  fullAnswers,
  lives,
  makeFiling,
  makePerson,
  makeSystems,
  makeWorld,
  PUBLIC_AGENCY,
  type World,
} from './world.ts';

/** The home of every kind of person, with nothing to show and with far too much. */
let world: World;
const people: Record<string, Known> = {};

beforeAll(async () => {
  world = await makeWorld();
  const { db } = world;
  people.newcomer = await makePerson(db, { registeredAt: null, agency: {} });
  people.publicEmployee = await makePerson(db, {
    registeredAt: null,
    agency: { connect: { code: PUBLIC_AGENCY } },
  });
  people.gone = await makePerson(db, { deactivatedAt: new Date(0) });
  const officer = () => ({
    grants: { create: { role: 'OFFICER' as const, grantedBy: 'test', grantedAt: new Date(0) } },
  });
  people.officerUnregistered = await makePerson(db, { ...officer(), registeredAt: null });
  for (const howMany of [0, 1, 5, 500]) {
    const person = await makePerson(db, howMany === 500 ? officer() : {});
    await makeSystems(db, person, howMany);
    people[`systems${howMany}`] = person;
  }
});
afterAll(() => world?.close());

/** Faults of the home at a page, and of the same as an answer to /bogeup 현황. */
async function faults(who: Known, page = 0): Promise<string[]> {
  const parts = { ...world.filings, db: world.db };
  return [
    ...viewFaults(await homeView(parts, who, { page })),
    ...messageFaults({ text: '내 시스템 현황', blocks: await statusBlocks(parts, who) }),
  ];
}

test('every kind of person', async () => {
  const found = await Promise.all(
    Object.entries(people).map(async ([name, who]) => [name, await faults(who)]),
  );
  expect(Object.fromEntries(found)).toEqual(
    Object.fromEntries(Object.keys(people).map((name) => [name, []])),
  );
});

test.each([1, 50, 99, 100, 5000])('page %i of 100', async (page) => {
  const who = people.systems500;
  expect(who && (await faults(who, page))).toEqual([]);
});

test('someone whose registration was handed in, in every state', async () => {
  const procedure = world.filings.procedures.get('registration');
  const who = people.newcomer;
  if (!procedure || !who) throw new Error('no registration');
  for (const life of lives) {
    await makeFiling(
      { ...world, official: who },
      procedure,
      life,
      fullAnswers(world.filings, 'registration'),
    );
    expect(await faults(who)).toEqual([]);
  }
});

test('a queue of 500 and a list of 500 leave room for each other', async () => {
  const who = people.systems500;
  const shown = JSON.stringify(who && (await homeView({ ...world.filings, db: world.db }, who)));
  expect(shown).toContain('검토 대기');
  expect(shown).toContain('1 / 100 쪽');
  expect(shown).toContain('다음 쪽');
});

test('the desk: the queue comes first, and the menu repeats nothing of the home', async () => {
  const who = people.systems500;
  if (!who) throw new Error('nobody');
  const parts = { ...world.filings, db: world.db };
  const home = await homeView(parts, who);
  const at = (text: string) => home.blocks.findIndex((block) => JSON.stringify(block).includes(text));
  expect(at('검토 대기 ')).toBeLessThan(at('일괄 승인'));
  const figures = at('평균 대기');
  expect(figures).toBeLessThan(at('모든 업무'));
  // One line and no columns, which stand one under another on a telephone.
  expect(home.blocks[figures]).toMatchObject({
    text: { text: expect.stringMatching(/^오늘 접수 .* · 평균 대기 /) },
  });
  for (const codes of ['obligatory', 'offered', null] as const)
    for (const enrolled of [true, false]) {
      const labels = (view: { blocks: unknown }) => buttonsIn(view.blocks).map(({ text }) => text.text);
      const shown = labels(await homeView({ ...parts, ...(codes ? { codes } : {}) }, who));
      const menu = labels(officerMenu({ ...world.filings, ...(codes ? { codes } : {}) }, who, enrolled));
      expect(menu.length).toBeGreaterThan(8);
      expect(menu.filter((label) => shown.includes(label))).toEqual([]);
    }
});
