import { afterAll, beforeAll, expect, test } from 'vitest';
import { exportView } from '../../src/features/desk/export-view.ts';
import { type PeriodName, periodOf, periods, statisticsOf } from '../../src/features/desk/statistics.ts';
import { statisticsView } from '../../src/features/desk/statistics-view.ts';
import { officialQuestion } from '../../src/filing/official-slack.ts';
import { todoView } from '../../src/home/todo.ts';
import type { OpenItem } from '../../src/reminders/morning.ts';
import { allItemsView } from '../../src/reminders/reminders-slack.ts';
import { viewFaults } from './hold.ts';
import { fullAnswers, makeFiling, makeRound, makeWorld, type World } from './world.ts';

/** Windows of one table each, over a filing of every procedure and a round that asks about 120 systems. */
let world: World;
beforeAll(async () => {
  world = await makeWorld();
  await makeRound(world);
  for (const procedure of world.filings.procedures.values())
    for (const state of ['RETURNED', 'SUBMITTED'] as const)
      await makeFiling(world, procedure, { state }, fullAnswers(world.filings, procedure.name));
});
afterAll(() => world?.close());

test('what waits for an official, and nothing that waits', async () => {
  const { filings, db, official, officer } = world;
  const full = await todoView(filings, db, official);
  expect(JSON.stringify(full)).toContain('급한 순서입니다');
  expect([full, await todoView(filings, db, officer)].flatMap(viewFaults)).toEqual([]);
});

test.each(Object.keys(periods) as PeriodName[])('figures of %s', async (name) => {
  const statistics = await statisticsOf(world.db, periodOf(name, '1970-01-01'), new Set());
  expect(viewFaults(statisticsView(world.filings, name, statistics))).toEqual([]);
});

test('the choice of a list to fetch', () => {
  expect(viewFaults(exportView())).toEqual([]);
});

test('the file of the official generator is asked for, of every procedure that issues', async () => {
  const { filings, db, officer } = world;
  const issuing = [...filings.procedures.values()].filter(({ issues }) => issues).map(({ name }) => name);
  const waiting = await db.filing.findMany({
    where: { state: 'SUBMITTED', procedure: { in: issuing }, revisions: { some: {} } },
  });
  expect(new Set(waiting.map(({ procedure }) => procedure)).size).toBe(issuing.length);
  const procedures = new Map(
    [...filings.procedures].map(([name, one]) => [name, { ...one, officialOnly: true }] as const),
  );
  for (const { id, revision } of waiting)
    for (const of of [filings, { ...filings, procedures }])
      expect(viewFaults(await officialQuestion(of, officer, `${id}:${revision}`, true))).toEqual([]);
});

test.each([0, 1, 60])('%i things of a morning’s message', (count) => {
  const item = { row: { dueOn: '2026-11-23' }, notice: { text: '가'.repeat(3000), blocks: [] } };
  const view = allItemsView(Array(count).fill(item as unknown as OpenItem), 9999);
  expect(viewFaults(view)).toEqual([]);
});
