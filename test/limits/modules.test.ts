import { afterAll, beforeAll, expect, test } from 'vitest';
import { chosenAnswer, entryBlocks, notUnderstood } from '../../src/features/assist/chat.ts';
import { explainedMessage, explainedView, pasteView } from '../../src/features/assist/error-help.ts';
import { entries } from '../../src/features/assist/knowledge/entries.ts';
import { makeLibrary } from '../../src/features/assist/knowledge/library.ts';
import { knownErrors } from '../../src/features/assist/known-errors.ts';
import { modulesOfSystem } from '../../src/features/modules/fetch.ts';
import { moduleListView } from '../../src/features/modules/list-view.ts';
import { addedView, offerBlocks, registerView } from '../../src/features/modules/register-view.ts';
import { releaseForm } from '../../src/features/modules/release-form.ts';
import { moduleChoiceView } from '../../src/procedures/application/choice-view.ts';
import type { Filing } from '../../src/store/client/client.ts';
import { fullest } from './fill.ts';
import { messageFaults, viewFaults } from './hold.ts';
import {
  fullAnswers,
  LONG_NAME,
  makeFiling,
  makeLicence,
  makePerson,
  makeSystems,
  makeWorld,
  SHA,
  type World,
} from './world.ts';

/** Modules and answers, with the most that they can show. */
let world: World;
let filing: Filing;

beforeAll(async () => {
  world = await makeWorld();
  const application = world.filings.procedures.get('application');
  if (!application) throw new Error('no application');
  const approved = { state: 'APPROVED', approvedRevision: 2 } as const;
  filing = await makeFiling(world, application, approved, fullAnswers(world.filings, 'application'));
  await makeLicence(world.db, filing, world.system.id, {
    payload: { hosts: Array.from({ length: 64 }, () => ({ ip: Array(10).fill('255.255.255.255') })) },
  });
  await world.db.moduleRelease.createMany({
    data: Array.from({ length: 300 }, (_, index) => ({
      name: LONG_NAME,
      version: `2.${index}.${'1'.repeat(30)}`,
      language: 'JAVA',
      os: 'SOLARIS',
      bits: 64,
      fileName: `${'모듈'.repeat(100)}.tar`,
      notes: '나'.repeat(1000),
      sha256: SHA,
      addedBy: 'test',
      addedAt: new Date(0),
    })),
  });
});
afterAll(() => world?.close());

test('windows of modules', async () => {
  const { db, official, system } = world;
  const dropped = { id: 'F1', name: '모듈'.repeat(200), size: 52_428_800 };
  for (const answers of fullest(releaseForm, 'typed')) {
    const problems = Object.fromEntries(
      [...Object.keys(releaseForm.fields), 'file'].map((name) => [name, '나'.repeat(300)]),
    );
    expect(viewFaults(registerView(dropped, answers, problems))).toEqual([]);
    expect(viewFaults(registerView(null, answers, problems))).toEqual([]);
  }
  for (const page of [0, 29, 999]) expect(viewFaults(await moduleListView(db, page))).toEqual([]);
  const all = await db.moduleRelease.findMany();
  expect(viewFaults(moduleChoiceView(filing, all))).toEqual([]);
  expect(viewFaults(await modulesOfSystem(db, official, system.id))).toEqual([]);
  const [release] = all;
  if (!release) throw new Error('no release');
  const told = { people: 50_000, unreachable: 50_000, at: new Date(0) };
  expect(viewFaults(addedView({ ok: true, release, told }, 52_428_800))).toEqual([]);
  const files = Array.from({ length: 10 }, (_, index) => ({ ...dropped, id: `F${index}` }));
  expect(messageFaults({ text: '파일', blocks: offerBlocks(files) })).toEqual([]);
});

test('every error and every answer, for somebody with many systems', async () => {
  const ground = { ...world.filings, db: world.db, library: makeLibrary() };
  const many = await makePerson(world.db);
  await makeSystems(world.db, many, 60);
  const everything = knownErrors.flatMap(({ codes, names }) => [...codes, ...names]).join(' ');
  const long = `1105 ${'<&*가'.repeat(1000)}`;
  for (const who of [many, world.official, await makePerson(world.db, { registeredAt: null, agency: {} })]) {
    for (const text of [
      everything,
      long,
      'ERR_UNKNOWN_THING',
      ...knownErrors.map(({ codes }) => `code ${codes[0]}`),
    ]) {
      expect(viewFaults(await explainedView(ground, who, text))).toEqual([]);
      const blocks = await explainedMessage(ground, who, text);
      if (blocks) expect(messageFaults({ text: '오류 도움', blocks }), text.slice(0, 20)).toEqual([]);
    }
    for (const entry of entries) {
      const blocks = await entryBlocks(ground, who, entry, long);
      expect(messageFaults({ text: entry.answer, blocks }), entry.id).toEqual([]);
    }
    expect(viewFaults(await chosenAnswer(ground, who, `hostChanged\n${long}`))).toEqual([]);
    const unknown = await notUnderstood(ground, who, '가'.repeat(10_000));
    expect(messageFaults({ text: '도움', blocks: unknown })).toEqual([]);
  }
  expect(viewFaults(pasteView())).toEqual([]);
});
