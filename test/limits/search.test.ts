import { afterAll, beforeAll, expect, test } from 'vitest';
import { agencySystems } from '../../src/features/desk/agency-systems.ts';
import { DUE_PAGE, type Due, dueKinds } from '../../src/features/desk/due.ts';
import { dueView } from '../../src/features/desk/due-view.ts';
import { personLook } from '../../src/features/desk/person-look.ts';
import { searchDesk } from '../../src/features/desk/search.ts';
import { foundBlocks, searchView } from '../../src/features/desk/search-view.ts';
import { systemLook } from '../../src/features/desk/system-look.ts';
import { officerMenu, officialMenu } from '../../src/home/work-menu.ts';
import { messageFaults, viewFaults } from './hold.ts';
import {
  AGENCY,
  fullAnswers,
  LONG_NAME,
  makeFiling,
  makeLicence,
  makeSystems,
  makeWorld,
  type World,
} from './world.ts';

/** What officers find and look at, of everything far too much. */
let world: World;
beforeAll(async () => {
  world = await makeWorld();
  const { db, official, filings, system } = world;
  await makeSystems(db, official, 300);
  const procedure = filings.procedures.get('application');
  if (!procedure) throw new Error('no application');
  for (let index = 0; index < 40; index++) {
    const answers = fullAnswers(filings, 'application');
    const filing = await makeFiling(world, procedure, { state: 'SUBMITTED' }, answers);
    await makeLicence(db, filing, system.id);
  }
});
afterAll(() => world?.close());

const find = (words: string) => searchDesk(world.filings, world.db, world.officer, words);

test.each([LONG_NAME, '가', '가'.repeat(40), '10.10.1.21', '2026-000001', '없는 것', '', '%_\\', AGENCY])(
  'found for %s',
  async (words) => {
    const found = await find(words);
    expect(messageFaults({ text: '찾은 결과', blocks: foundBlocks(found) })).toEqual([]);
    expect(viewFaults(searchView(found))).toEqual([]);
  },
);

test('six of a kind are shown, and that there are more is said', async () => {
  const { hits, more } = await find(LONG_NAME);
  expect(hits.filter(({ kind }) => kind === 'system')).toHaveLength(6);
  expect(more.has('system')).toBe(true);
  expect(JSON.stringify(foundBlocks(await find(LONG_NAME)))).toContain('더 있습니다');
});

test('what is looked at', async () => {
  const { filings, db, officer, official, system } = world;
  await db.system.update({ where: { id: system.id }, data: { deputyId: officer.id } });
  const views = [
    await systemLook(filings, db, officer, system.id),
    await personLook(filings, db, official.id),
    await agencySystems(db, AGENCY, 0),
    await agencySystems(db, AGENCY, 7),
    officialMenu(filings, new Set()),
    officerMenu({ ...filings, codes: 'obligatory', byCertificate: true }, officer, true),
  ];
  expect(views.flatMap(viewFaults)).toEqual([]);
  expect(JSON.stringify(views[0])).toContain('최근 20건만 보입니다.'); // of 40 licences
});

test('what is due, a full page of it', () => {
  const kinds = Object.keys(dueKinds) as (keyof typeof dueKinds)[];
  const one: Due = {
    kind: 'UNANSWERED',
    on: '2026-11-23',
    title: LONG_NAME,
    number: '2026-000001',
    agency: '가'.repeat(100),
    person: '가'.repeat(40),
    byMail: true,
    systemId: crypto.randomUUID(),
    filingId: crypto.randomUUID(),
  };
  const rows = Array.from({ length: DUE_PAGE }, (_, index) => ({
    ...one,
    kind: kinds[index % kinds.length] ?? one.kind,
  }));
  const counts = kinds.map((kind) => ({ kind, count: 999_999 }));
  const views = [null, ...kinds].map((kind) => dueView({ counts, rows }, { kind, page: 1 }, '2026-11-23'));
  expect(views.flatMap(viewFaults)).toEqual([]);
  expect(viewFaults(dueView({ counts: [], rows: [] }, { kind: null, page: 0 }, '2026-11-23'))).toEqual([]);
});
