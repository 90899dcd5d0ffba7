import { afterAll, beforeAll, expect, test } from 'vitest';
import { decisionTarget } from '../../src/filing/card.ts';
import { listPhrases } from '../../src/filing/phrases.ts';
import { fieldLabels, PHRASE_MAX, phrasesView, phraseView } from '../../src/filing/phrases-view.ts';
import { plainFilings } from '../../src/filing/together.ts';
import { togetherOutcome, togetherView } from '../../src/filing/together-view.ts';
import { viewFaults } from './hold.ts';
import { fullAnswers, LONG_NAME, makeFiling, makePerson, makeWorld, type World } from './world.ts';

/** 일괄 승인 and 상용구 관리, with the most that they can be told to show. */
let world: World;
beforeAll(async () => {
  world = await makeWorld();
});
afterAll(() => world?.close());

test('twenty-five plain filings, each with every check to tell', async () => {
  const { db, filings } = world;
  const other = await makePerson(db, {
    grants: { create: { role: 'OFFICER', grantedBy: 'test', grantedAt: new Date(0) } },
  });
  for (const procedure of filings.procedures.values()) {
    if (!procedure.together) continue;
    for (let n = 0; n < 7; n++)
      await makeFiling(world, procedure, { state: 'SUBMITTED' }, fullAnswers(filings, procedure.name));
  }
  for (const page of [0, 1, 99]) {
    const found = await plainFilings(filings, db, other, page);
    expect(found.rows.length).toBeGreaterThan(0);
    const all = found.rows.map(({ filing }) => decisionTarget(filing));
    for (const ticked of [[], all]) expect(viewFaults(togetherView(found, ticked))).toEqual([]);
    const said = all.map(() => ({ title: LONG_NAME, number: '2026-000001', refused: '나'.repeat(3000) }));
    expect(viewFaults(togetherOutcome(said))).toEqual([]);
  }
});

test('a hundred phrases', async () => {
  const { db, filings } = world;
  const labels = fieldLabels(filings.procedures.values());
  await db.phrase.createMany({
    data: Array.from({ length: 100 }, () => ({
      text: '가'.repeat(PHRASE_MAX),
      label: labels.at(-1) ?? '',
      addedBy: 'test',
      addedAt: new Date(0),
    })),
  });
  const phrases = await listPhrases(db);
  expect(phrases).toHaveLength(100);
  expect(viewFaults(phrasesView(phrases, labels, '✔ 추가했습니다.'))).toEqual([]);
  const [first] = phrases;
  if (!first) throw new Error('no phrase');
  expect(viewFaults(phraseView(first))).toEqual([]);
});
