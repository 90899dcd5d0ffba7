import { afterEach, beforeEach, expect, test } from 'vitest';
import { surveyBroadcast } from '../../../src/features/surveys/broadcast.ts';
import { endRound, openRound, SURVEY } from '../../../src/features/surveys/conduct.ts';
import { progressOf } from '../../../src/features/surveys/progress.ts';
import { groups } from '../../../src/features/surveys/round.ts';
import { whoIs } from '../../../src/records/people/who.ts';
import { tellNext } from '../../../src/store/broadcast.ts';
import type { SurveyRound } from '../../../src/store/client/client.ts';
import { operate } from '../../../src/store/operation.ts';
import type { Store } from '../../../src/store/store.ts';
import { openTestStore, testClock } from '../../ground.ts';
import { seedSystems } from '../../story/survey-ground.ts';

/** How a round takes its systems in: 250 contacts with two systems each, the last of them out of reach. */
const CONTACTS = 250;
const PAUSE = 2; // transactions: the first takes back, of nothing
let store: Store;
let clock = testClock();
/** In the order in which they are gone through. */
let contacts: string[];

beforeEach(async () => {
  store = await openTestStore();
  clock = testClock();
  const { db } = store;
  await db.agency.create({ data: { code: '1741000', name: '행정안전부', kind: 'ADMINISTRATIVE' } });
  const grants = { create: { role: 'OFFICER' as const, grantedBy: 'test', grantedAt: clock.now() } };
  await db.person.create({ data: { slackId: 'UOFFICER', grants } });
  contacts = Array.from({ length: CONTACTS }, (_, n) => `contact-${String(n).padStart(4, '0')}`);
  await db.person.createMany({
    data: contacts.map((id, n) => ({
      id,
      slackId: n === CONTACTS - 1 ? null : `U${n}`,
      agencyCode: '1741000',
    })),
  });
  const ids = await seedSystems(store, clock.now(), { contactId: contacts[0] ?? '', count: 2 * CONTACTS });
  await db.$executeRaw`
    UPDATE "System" s SET "contactId" = (${contacts}::text[])[(x.n + 1) / 2]
    FROM unnest(${ids}::text[]) WITH ORDINALITY AS x (id, n) WHERE x.id = s.id`;
});
afterEach(() => store.close());

const ground = () => ({ db: store.db, now: clock.now, wakeOutbox: () => undefined });
const officer = () => whoIs(store.db, 'UOFFICER');
const act = <T>(work: Parameters<typeof operate<T>>[2]) =>
  operate(ground(), { actor: 'officer', place: 'test' }, work);

async function open(): Promise<SurveyRound> {
  const who = await officer();
  const scope = { groups: groups.map(({ value }) => value), region: null, licences: 'ALL' as const };
  return act((op) =>
    openRound(op, who, { name: '조사', closesOn: '2026-12-18', scope, basis: '-', message: '-' }),
  );
}

async function takeIn(round: SurveyRound, transactions = Number.POSITIVE_INFINITY): Promise<void> {
  for (let n = 0; n < transactions; n++)
    if (!(await tellNext(ground(), { [SURVEY]: surveyBroadcast }, `${SURVEY}:${round.id}`))) return;
}

const targets = () => store.db.surveyTarget.count();
const asked = () => store.db.outbox.findMany({ where: { notice: 'survey.asked' } });
const boards = () => store.db.outbox.count({ where: { notice: 'survey.board' } });

test('whole contacts at a time, and the board only when all are in', async () => {
  const round = await open();
  expect(await targets()).toBe(0);
  await takeIn(round, PAUSE);
  const some = await asked();
  expect(some.length).toBeGreaterThan(0);
  expect(some.length).toBeLessThan(CONTACTS / 2);
  expect(await targets()).toBe(2 * some.length);
  expect((await progressOf(store.db, round)).complete).toBe(false);
  expect(await boards()).toBe(0);

  await takeIn(round);
  expect(await targets()).toBe(2 * CONTACTS);
  expect(new Set((await asked()).map(({ recipient }) => recipient))).toEqual(new Set(contacts.slice(0, -1)));
  expect(await asked()).toHaveLength(CONTACTS - 1);
  expect(await progressOf(store.db, round)).toMatchObject({ complete: true, unreachable: 2 });
  expect(await boards()).toBe(1);
});

test('a day later, after a crash: the messages still wait for the first sending time after the opening', async () => {
  const round = await open();
  await takeIn(round, PAUSE);
  clock.set('2026-11-24T01:00:00Z');
  await takeIn(round);
  const times = new Set((await asked()).map(({ notBefore }) => notBefore?.toISOString()));
  expect([...times]).toEqual(['2026-11-24T00:30:00.000Z']);
});

test('a system that goes to somebody whose turn was over is taken in, and they are asked once', async () => {
  const round = await open();
  await takeIn(round, PAUSE);
  const [first = '', last = ''] = [contacts[0], contacts.at(-2)];
  await store.db.system.updateMany({ where: { contactId: last }, data: { contactId: first } });
  await takeIn(round);
  expect(await targets()).toBe(2 * CONTACTS);
  expect(await store.db.surveyTarget.count({ where: { personId: first } })).toBe(4);
  expect((await asked()).filter(({ recipient }) => recipient === first)).toHaveLength(1);
  expect((await asked()).filter(({ recipient }) => recipient === last)).toHaveLength(0);
});

test('ended in the middle: nobody else is taken in, and what was not sent is taken back', async () => {
  const round = await open();
  await takeIn(round, PAUSE);
  const before = await targets();
  const who = await officer();
  await act((op) => endRound(op, who, round.id));
  await takeIn(round);
  expect(await targets()).toBe(before);
  expect(await asked()).toEqual([]);
});
