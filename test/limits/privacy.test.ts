import { afterAll, beforeAll, expect, test } from 'vitest';
import { monthsBetween } from '../../src/features/privacy/month.ts';
import { candidatesView, monthView, myDataView } from '../../src/features/privacy/privacy-view.ts';
import { readingView } from '../../src/filing/reading-view.ts';
import { findCandidates } from '../../src/procedures/destruction/candidates.ts';
import { viewFaults } from './hold.ts';
import { LONG_NAME, makeWorld, type World } from './world.ts';

/** The windows of the privacy officer's work, with the most that they can be told to show. */
let world: World;
beforeAll(async () => {
  world = await makeWorld();
});
afterAll(() => world?.close());

test('the reason, the month', () => {
  const months = monthsBetween('2024-01', '2026-11', 24);
  expect(months).toHaveLength(24);
  const views = [
    readingView({ id: crypto.randomUUID(), number: '2026-000001' }),
    monthView('access.report', months, '2026-10'),
    monthView('audit.export', ['2026-11'], '2026-10'),
  ];
  expect(views.flatMap(viewFaults)).toEqual([]);
});

test('my data, with fifty versions of every consent', () => {
  const consents = Array.from({ length: 100 }, (_, index) => ({
    id: crypto.randomUUID(),
    personId: world.official.id,
    kind: index % 2 ? 'privacy' : 'terms',
    version: `20${index}-01`,
    text: '가'.repeat(2000),
    agreedAt: new Date(0),
  }));
  expect(viewFaults(myDataView(world.official, consents))).toEqual([]);
  expect(viewFaults(myDataView({ ...world.official, name: null, agency: null }, []))).toEqual([]);
});

test('fifty of a thousand cases to destroy', async () => {
  const { db, official } = world;
  await db.filing.createMany({
    data: Array.from({ length: 1000 }, (_, index) => ({
      number: `2015-${String(index).padStart(6, '0')}`,
      procedure: 'application',
      state: 'REJECTED' as const,
      revision: 1,
      title: LONG_NAME,
      applicantId: official.id,
      submittedAt: new Date(0),
      decidedAt: new Date('2015-12-31T14:59:59.999Z'),
    })),
  });
  const candidates = await findCandidates(db, world.filings.now(), { limit: 50 });
  expect(candidates).toMatchObject({ total: 1000, cases: { length: 50 } });
  expect(viewFaults(candidatesView(candidates))).toEqual([]);
});
