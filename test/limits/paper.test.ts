import { afterAll, beforeAll, expect, test } from 'vitest';
import {
  chooseLetterView,
  chooseReportView,
  chooseSystemView,
  letterProcedures,
  paperCorrections,
} from '../../src/home/paper.ts';
import { fitting } from '../../src/messenger/blocks.ts';
import { paperSystems, systemsAwaitingPaperReport } from '../../src/records/systems/paper-report.ts';
import { read } from '../../src/store/ask.ts';
import { viewFaults } from './hold.ts';
import { fullAnswers, makeFiling, makePerson, makeSystems, makeWorld, type World } from './world.ts';

/** What officers see of filings from paper, with far too many of them. */
let world: World;
beforeAll(async () => {
  world = await makeWorld();
  const contact = await makePerson(world.db);
  await makeSystems(world.db, contact, 60);
  await world.db.person.update({ where: { id: contact.id }, data: { slackId: null } });
});
afterAll(() => world?.close());

test('which form came with the letter', () => {
  expect(viewFaults(chooseLetterView(letterProcedures(world.filings)))).toEqual([]);
});

test('which system was reported on, when 60 wait and when none does', async () => {
  const systems = await systemsAwaitingPaperReport(world.db, '2026-11-23');
  expect(systems).toHaveLength(60);
  expect(viewFaults(chooseReportView(systems))).toEqual([]);
  expect(viewFaults(chooseReportView([]))).toEqual([]);
  expect(JSON.stringify(chooseReportView(systems))).toContain('전체 60건');
});

test('which system the letter is about', async () => {
  const scvp = letterProcedures(world.filings).find(({ paperOf }) => paperOf === 'system');
  if (!scvp) throw new Error('no procedure about a system');
  const systems = await paperSystems(world.db);
  expect(systems).toHaveLength(60);
  expect(viewFaults(chooseSystemView(scvp, systems))).toEqual([]);
  expect(viewFaults(chooseSystemView(scvp, []))).toEqual([]);
});

test('what waits for a correction', async () => {
  const application = world.filings.procedures.get('application');
  if (!application) throw new Error('no application');
  for (let count = 0; count < 7; count++) {
    const answers = fullAnswers(world.filings, 'application');
    const { id } = await makeFiling(world, application, { state: 'RETURNED' }, answers);
    await world.db.filing.update({ where: { id }, data: { channel: 'PAPER' } });
  }
  const blocks = await read(world.db, paperCorrections(world.filings));
  expect(viewFaults({ type: 'home', blocks: fitting(blocks) })).toEqual([]);
  expect(JSON.stringify(blocks)).toContain('보완을 기다리는 공문·이메일 접수 7건');
});
