import { afterAll, beforeAll, expect, test } from 'vitest';
import { allProcedures } from '../../../src/app/procedures.ts';
import { deskFigures } from '../../../src/features/desk/desk-figures.ts';
import { statisticsOf } from '../../../src/features/desk/statistics.ts';
import {
  statisticsCharts,
  statisticsTable,
  statisticsView,
} from '../../../src/features/desk/statistics-view.ts';
import { chartSvg } from '../../../src/features/reports/chart.ts';
import { BOT } from '../../../src/filing/decider.ts';
import type { Signer } from '../../../src/records/licences/signer.ts';
import { read } from '../../../src/store/ask.ts';
import type { Store } from '../../../src/store/store.ts';
import { openTestStore } from '../../ground.ts';
import { seedAgency, seedFiling, seedPerson } from '../../reminders/seed.ts';

/** 승인취소 is counted apart from what waits for its first approval, and 반려 is not drawn as something good. */
const at = new Date('2026-11-10T01:00:00Z');
let store: Store;
const procedures = allProcedures({ signer: {} as Signer, temporaryMonths: 2 });

beforeAll(async () => {
  store = await openTestStore();
  await seedAgency(store.db);
  const person = await seedPerson(store.db, '김철용');
  const life = { submittedAt: at, decidedAt: at };
  for (const more of [
    { state: 'RETURNED', approvedRevision: 1 },
    { state: 'RETURNED' },
    { state: 'RETURNED' },
    { state: 'REJECTED' },
    { state: 'APPROVED', approvedRevision: 1 },
  ] as const)
    await seedFiling(store.db, person, { ...life, ...more });
});
afterAll(() => store?.close());

const counted = () => statisticsOf(store.db, { from: '2026-11-01', to: '2026-11-30' }, new Set());

test('승인취소 stands apart, in the window and in the table', async () => {
  const statistics = await counted();
  expect(statistics.months).toEqual([
    { month: '2026-11', received: 5, approved: 1, waiting: 2, reopened: 1, closed: 1 },
  ]);
  const text = JSON.stringify(statisticsView({ procedures }, 'thisMonth', statistics));
  expect(text).toContain('접수 5건 · 승인 1건 · 진행 2건 · 승인취소 1건 · 반려 1건');
  const { head, rows } = statisticsTable({ procedures }, statistics);
  expect(new Set(rows.map(({ length }) => length))).toEqual(new Set([head.length]));
  expect(rows.find(([kind, what]) => kind === '상태별' && what === '승인취소')?.[2]).toBe(1);
  expect(rows.find(([kind, what]) => kind === '상태별' && what === '보완요청')?.[2]).toBe(2);
});

test('in the chart 승인 is green, and 반려 is not', async () => {
  const [months] = statisticsCharts({ procedures }, await counted());
  if (!months) throw new Error('no chart');
  const only = (name: string) =>
    chartSvg({ ...months, series: months.series.filter((one) => one.name === name) });
  const green = '#3a8f5c';
  expect(await only('승인')).toContain(green);
  expect(await only('반려')).not.toContain(green);
});

test('what the bot approved, and what the person answered to whom it was offered, no officer decided', async () => {
  const { db } = store;
  const deputy = await seedPerson(db, '이정훈');
  const officer = await seedPerson(db, '최관리');
  const decided = new Date('2026-12-01T01:00:00Z');
  const life = { procedure: 'deputyAppointment', submittedAt: at, decidedAt: decided, namedId: deputy.id };
  for (const more of [
    { state: 'APPROVED', decidedBy: deputy.id },
    { state: 'REJECTED', decidedBy: deputy.id },
    { procedure: 'registration', state: 'APPROVED', namedId: null, decidedBy: BOT.id },
    { procedure: 'contactChange', state: 'APPROVED', decidedBy: officer.id },
  ] as const)
    await seedFiling(db, officer, { ...life, ...more });
  const december = await statisticsOf(db, { from: '2026-12-01', to: '2026-12-31' }, new Set());
  expect(december.decided.map(({ procedure, count }) => [procedure, count])).toEqual([
    ['contactChange', 1],
    ['', 1],
  ]);
  expect((await read(db, deskFigures(decided))).decided).toBe(1);
});
