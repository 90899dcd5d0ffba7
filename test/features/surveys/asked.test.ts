import { afterAll, beforeAll, expect, test } from 'vitest';
import { answerUnchanged } from '../../../src/features/surveys/answer.ts';
import { ASKED, askedNotice, mySystemsView } from '../../../src/features/surveys/asked-view.ts';
import { surveyBroadcast } from '../../../src/features/surveys/broadcast.ts';
import { endRound, extendRound, openRound, SURVEY } from '../../../src/features/surveys/conduct.ts';
import { surveyForOfficer } from '../../../src/features/surveys/home.ts';
import { surveyNotices } from '../../../src/features/surveys/notices.ts';
import { systemsAskedOf } from '../../../src/features/surveys/progress.ts';
import { withRegistered } from '../../../src/features/surveys/registered.ts';
import { findOpenRound, groups, livingRoundOf } from '../../../src/features/surveys/round.ts';
import { dayOffWarning } from '../../../src/features/surveys/round-view.ts';
import { whoIs } from '../../../src/records/people/who.ts';
import { read } from '../../../src/store/ask.ts';
import { tellNext } from '../../../src/store/broadcast.ts';
import type { SurveyRound } from '../../../src/store/client/client.ts';
import { operate } from '../../../src/store/operation.ts';
import type { Store } from '../../../src/store/store.ts';
import { openTestStore, testClock } from '../../ground.ts';
import { seedSystems } from '../../story/survey-ground.ts';

/** A round that is planned, begins, and is answered: what its contact is shown before 변동 없음, and after. */
let store: Store;
let round: SurveyRound;
const clock = testClock(); // Monday, 2026-11-23
const KIM = 'kim';

beforeAll(async () => {
  store = await openTestStore();
  const { db } = store;
  await db.agency.create({ data: { code: '1741000', name: '행정안전부', kind: 'ADMINISTRATIVE' } });
  const grants = { create: { role: 'OFFICER' as const, grantedBy: 'test', grantedAt: clock.now() } };
  await db.person.create({ data: { slackId: 'UOFFICER', grants } });
  const kim = { name: '김보람', department: '디지털안전정책과', mobile: '010-1234-5678' };
  await db.person.create({ data: { id: KIM, slackId: 'UKIM', agencyCode: '1741000', ...kim } });
  await seedSystems(store, clock.now(), { contactId: KIM, count: 2 });
  const host = { ip: ['10.10.1.21'], host: 'was01', domain: 'minwon.mois.go.kr' };
  await db.licence.updateMany({ data: { payload: { hosts: [host] } } });
});
afterAll(() => store?.close());

const ground = () => ({ db: store.db, now: clock.now, wakeOutbox: () => undefined });
const act = <T>(work: Parameters<typeof operate<T>>[2]) =>
  operate(ground(), { actor: 'officer', place: 'test' }, work);
const officer = () => whoIs(store.db, 'UOFFICER');
const plan = async (opensOn?: string) => {
  const who = await officer();
  const scope = { groups: groups.map(({ value }) => value), region: null, licences: 'ALL' as const };
  const words = { name: '하반기 조사', basis: '-', message: '확인하십시오.' };
  return act((op) => openRound(op, who, { ...words, opensOn, closesOn: '2026-12-18', scope }));
};
const takeIn = async () => {
  while (await tellNext(ground(), { [SURVEY]: surveyBroadcast }, `${SURVEY}:${round.id}`));
};
const told = () => store.db.outbox.findMany({ where: { notice: 'survey.asked' } });
const asked = async () => withRegistered(store.db, await systemsAskedOf(store.db, round, KIM));

test('planned, it asks nobody and takes no answer, and no second one is begun', async () => {
  round = await plan('2026-12-01');
  await takeIn();
  expect(await store.db.surveyTarget.count()).toBe(0);
  expect(await findOpenRound(store.db, clock.now())).toBeNull();
  expect((await read(store.db, livingRoundOf(clock.now())))?.id).toBe(round.id);
  const home = JSON.stringify(surveyForOfficer(round, '2026-11-23'));
  expect(home).toContain('이용현황조사 예약: 하반기 조사 (2026. 12. 1.(화)부터 2026. 12. 18.(금)까지)');
  await expect(plan()).rejects.toThrow('진행 중이거나 예약한 조사가 있습니다');
  const kim = await whoIs(store.db, 'UKIM');
  await expect(act((op) => answerUnchanged(op, kim, round.id, null))).rejects.toThrow('아직 시작하지 않은');
});

test('it may be cancelled, and planned anew; its last day stays behind its first', async () => {
  const who = await officer();
  const ended = await act((op) => endRound(op, who, round.id));
  expect(ended.endedAt).not.toBeNull();
  expect(await store.db.outbox.count({ where: { notice: 'survey.board' } })).toBe(0);
  round = await plan('2026-12-01');
  await expect(act((op) => extendRound(op, who, round.id, '2026-12-01'))).rejects.toThrow('마감일');
});

test('on its day it begins by itself, and tells at half past nine', async () => {
  clock.set('2026-11-30T15:00:01Z'); // just past midnight in Seoul
  await takeIn();
  expect(await store.db.surveyTarget.count()).toBe(2);
  expect((await told()).map(({ notBefore }) => notBefore?.toISOString())).toEqual([
    '2026-12-01T00:30:00.000Z',
  ]);
});

test('the message and the mail show what is to be confirmed, masked; the window shows it whole', async () => {
  for (const byMail of [false, true]) {
    const text = JSON.stringify(askedNotice(round, await asked(), ASKED, byMail));
    for (const part of ['김*람 · 디지털안전정책과 · 010-1234-****', '10.***.***.21', 'minwon.mois.go.kr'])
      expect(text).toContain(part);
    expect(text).not.toMatch(/김보람|010-1234-5678|10\.10\.1\.21|was01/);
  }
  const own = JSON.stringify(mySystemsView(round, await asked(), 0));
  for (const part of ['김보람 · 디지털안전정책과 · 010-1234-5678', '10.10.1.21', 'was01'])
    expect(own).toContain(part);
  const others = (await asked()).map((system) => ({ ...system, mine: false }));
  expect(JSON.stringify(mySystemsView(round, others, 0))).not.toMatch(/김보람|10\.10\.1\.21|was01/);
});

test('whoever has systems, or none, can ask there for those of a contact who has gone', async () => {
  for (const systems of [await asked(), []])
    expect(JSON.stringify(mySystemsView(round, systems, 0))).toContain('"text":"담당자 부재 변경"');
});

test('who has answered is thanked, and is not asked any more', async () => {
  const kim = await whoIs(store.db, 'UKIM');
  const render = surveyNotices({ procedures: new Map(), now: clock.now })['survey.asked'];
  if (typeof render !== 'function') throw new Error('survey.asked is no message');
  const facts = { roundId: round.id, personId: KIM };
  expect(await render(store.db, facts, undefined, KIM)).not.toBeNull();
  await act((op) => answerUnchanged(op, kim, round.id, null));
  expect(await render(store.db, facts, undefined, KIM)).toBeNull();
  const text = JSON.stringify(askedNotice(round, await asked(), ASKED));
  expect(text).toContain('응답해 주셔서 감사합니다');
  expect(text).not.toMatch(/응답해 주십시오|변동 없음"/);
});

test('a deadline on a day off is pointed out, with the working days next to it', () => {
  const text = JSON.stringify(dayOffWarning('응답 기한', '2026-12-25', new Set()));
  expect(text).toContain(
    '⚠ 응답 기한이 쉬는 날입니다: 2026. 12. 25.(금). 가까운 업무일은 2026. 12. 24.(목), 2026. 12. 28.(월)',
  );
  expect(dayOffWarning('응답 기한', '2026-12-24', new Set())).toEqual([]);
  expect(dayOffWarning('응답 기한', '2026-12-24', new Set(['2026-12-24']))).toHaveLength(1);
});

test('a system that was retired during the round is not waited for', async () => {
  const [first] = await asked();
  const systemId = first?.systemId ?? '';
  await store.db.surveyTarget.updateMany({ where: { systemId }, data: { unchangedAt: null } });
  const answerOf = async () => (await asked()).find((one) => one.systemId === systemId)?.answer;
  expect(await answerOf()).toBe('SILENT');
  await store.db.system.update({ where: { id: systemId }, data: { retiredAt: clock.now() } });
  expect(await answerOf()).toBe('RETIRED');
});
