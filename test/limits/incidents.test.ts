import { afterAll, beforeAll, expect, test } from 'vitest';
import { reviewFiling } from '../../src/filing/review.ts';
import { filingDetail } from '../../src/home/detail.ts';
import { noteForm } from '../../src/procedures/incident/incident-slack.ts';
import { checklistItems, MAX_NOTE } from '../../src/procedures/incident/timeline.ts';
import type { Filing } from '../../src/store/client/client.ts';
import { fullest } from './fill.ts';
import { viewFaults } from './hold.ts';
import { makeFiling, makeLicence, makeSystems, makeWorld, type World } from './world.ts';

/** An incident of 60 systems, everything ticked, with a timeline of 200 notes as long as they come. */
let world: World;
let filing: Filing;
beforeAll(async () => {
  world = await makeWorld();
  const { db, filings, officer, official, system } = world;
  const procedure = filings.procedures.get('incident');
  if (!procedure) throw new Error('no incident');
  const [answers = {}] = fullest(procedure.form, 'stored');
  const made = await makeFiling(world, procedure, { state: 'SUBMITTED' }, answers);
  for (let count = 0; count < 5; count++) await makeLicence(db, made, system.id);
  await makeSystems(db, official, 60);
  const systemIds = (await db.system.findMany({ select: { id: true } })).map(({ id }) => id);
  filing = await db.filing.update({ where: { id: made.id }, data: { systemIds, title: '가'.repeat(200) } });
  const note = { filingId: filing.id, personId: officer.id, createdAt: new Date(0) };
  await db.caseNote.createMany({
    data: [
      ...checklistItems.map((item) => ({ ...note, item, done: true })),
      ...Array.from({ length: 200 }, () => ({ ...note, text: '나'.repeat(MAX_NOTE) })),
    ],
  });
});
afterAll(() => world?.close());

test('to the officer, with what is to be done, and to who reported it', async () => {
  const { filings, db, officer, official } = world;
  const review = await reviewFiling(filings, { who: officer, place: 'test' }, filing.id, '감사·점검');
  if (!review) throw new Error('the review was withheld');
  expect(JSON.stringify(review)).toContain('incident.revoke'); // the buttons
  expect([review, await filingDetail(filings, db, official, filing.id)].flatMap(viewFaults)).toEqual([]);
});

test('every licence in force gets its button, or a line says how the button is had', async () => {
  const { filings, db, officer } = world;
  const buttons = async () => {
    const review = await reviewFiling(filings, { who: officer, place: 'test' }, filing.id, '감사·점검');
    const text = JSON.stringify(review);
    return { text, to: [...text.matchAll(/"value":"[^"]+:([^":]+)","style":"danger"/g)].map(([, id]) => id) };
  };
  const first = await buttons();
  expect(first.to).toHaveLength(50);
  expect(first.text).toContain('외 11개: 위의 라이선스를 폐지하면 이어서 보입니다.');
  await db.licence.updateMany({
    where: { systemId: { in: first.to.slice(0, 15).map(String) } },
    data: { revokedAt: new Date(0) },
  });
  const inForce = await db.system.findMany({ where: { licences: { some: { revokedAt: null } } } });
  const then = await buttons();
  expect(new Set(then.to)).toEqual(new Set(inForce.map(({ id }) => id)));
  expect(then.text).toContain('외 11개"');
});

test('one more note', () => {
  expect(viewFaults(noteForm(filing, 'V'.repeat(20)))).toEqual([]);
});
