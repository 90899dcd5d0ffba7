import { afterEach, beforeEach, expect, test } from 'vitest';
import { enterUnchanged } from '../../../src/features/surveys/answer.ts';
import { surveyBroadcast } from '../../../src/features/surveys/broadcast.ts';
import { openRound, SURVEY } from '../../../src/features/surveys/conduct.ts';
import { enteredAnswers, getReceived, silentByMail } from '../../../src/features/surveys/entered.ts';
import { surveyNotices } from '../../../src/features/surveys/notices.ts';
import { progressOf } from '../../../src/features/surveys/progress.ts';
import { groups } from '../../../src/features/surveys/round.ts';
import type { Facts, Notice } from '../../../src/messenger/notice.ts';
import { whoIs } from '../../../src/records/people/who.ts';
import { tellNext } from '../../../src/store/broadcast.ts';
import type { SurveyRound } from '../../../src/store/client/client.ts';
import { operate } from '../../../src/store/operation.ts';
import type { Store } from '../../../src/store/store.ts';
import { openTestStore, testClock } from '../../ground.ts';
import { seedSystems } from '../../story/survey-ground.ts';

/** A round that asks a contact without a messenger account about three systems, two of which change hands. */
let store: Store;
let round: SurveyRound;
let systems: string[];
const clock = testClock();
const agencyCode = 'B552584';
const PHONE = { by: 'PHONE' } as const;

beforeEach(async () => {
  store = await openTestStore();
  const { db } = store;
  await db.agency.create({ data: { code: agencyCode, name: '한국환경공단', kind: 'PUBLIC' } });
  const grants = { create: { role: 'OFFICER' as const, grantedBy: 'test', grantedAt: clock.now() } };
  await db.person.create({ data: { slackId: 'UOFFICER', grants } });
  const park = { agencyCode, name: '박수진', email: 'park@public.or.kr' };
  const { id: contactId } = await db.person.create({ data: park });
  systems = await seedSystems(store, clock.now(), { contactId, agencyCode, count: 3 });
  const scope = { groups: groups.map(({ value }) => value), region: null, licences: 'ALL' as const };
  const officer = await whoIs(db, 'UOFFICER');
  const plan = { name: '조사', closesOn: '2026-12-18', scope, basis: '-', message: '-' };
  round = await act((op) => openRound(op, officer, plan));
  while (await tellNext(ground(), { [SURVEY]: surveyBroadcast }, `${SURVEY}:${round.id}`));
});
afterEach(() => store.close());

function render(notice: string, facts: Facts): Promise<Notice | null> {
  const renderer = surveyNotices({ procedures: new Map(), now: clock.now })[notice];
  return typeof renderer === 'function' ? renderer(store.db, facts) : Promise.resolve(null);
}
const ground = () => ({ db: store.db, now: clock.now, wakeOutbox: () => undefined });
const act = <T>(work: Parameters<typeof operate<T>>[2]) =>
  operate(ground(), { actor: 'officer', place: 'test' }, work);

test('nobody answers by mail for a contact who came to it with an account since', async () => {
  const { db } = store;
  const [first = '', second = '', third = ''] = systems;
  const kim = await db.person.create({ data: { agencyCode, name: '김보람', slackId: 'UKIM' } });
  const choi = await db.person.create({ data: { agencyCode, name: '최민호', email: 'choi@public.or.kr' } });
  await db.system.update({ where: { id: second }, data: { contactId: kim.id } });
  await db.system.update({ where: { id: third }, data: { contactId: choi.id } });

  const listed = await silentByMail(db, round);
  expect(new Map(listed.map(({ systemId, person }) => [systemId, person]))).toEqual(
    new Map([
      [first, '박수진'],
      [third, '최민호'],
    ]),
  );
  const officer = await whoIs(db, 'UOFFICER');
  await expect(
    act((op) => enterUnchanged(op, officer, { roundId: round.id, systemId: second }, PHONE)),
  ).rejects.toThrow('담당자가 메신저를 쓰는 시스템입니다');
  await act((op) => enterUnchanged(op, officer, { roundId: round.id, systemId: third }, PHONE));
  expect((await silentByMail(db, round)).map(({ systemId }) => systemId)).toEqual([first]);
});

test('what was received stands by the answer, and one without a document says so', async () => {
  const { db } = store;
  const [first = '', second = ''] = systems;
  const officer = await whoIs(db, 'UOFFICER');
  const file = { sha256: 'a'.repeat(64), name: '메일.pdf', size: 9, type: 'pdf' };
  await act((op) =>
    enterUnchanged(op, officer, { roundId: round.id, systemId: first }, { by: 'MAIL', file }),
  );
  await act((op) => enterUnchanged(op, officer, { roundId: round.id, systemId: second }, PHONE));

  const entered = await enteredAnswers(db, round);
  expect(
    new Map(entered.map(({ systemId, enteredAs, received }) => [systemId, [enteredAs, received]])),
  ).toEqual(
    new Map([
      [first, ['MAIL', [file]]],
      [second, ['PHONE', []]],
    ]),
  );
  expect(await progressOf(db, round)).toMatchObject({ entered: 2, undocumented: 1 });
  expect((await getReceived(db, round.id, first)).file).toEqual(file);
  await expect(getReceived(db, round.id, second)).rejects.toThrow('받은 문서가 없습니다');
});

test('the result says that there is a document, not by which name it came, nor why somebody else was asked', async () => {
  const [systemId = ''] = systems;
  const file = { sha256: 'a'.repeat(64), name: '박수진 회신.pdf', size: 9, type: 'pdf' };
  const officer = await whoIs(store.db, 'UOFFICER');
  await act((op) => enterUnchanged(op, officer, { roundId: round.id, systemId }, { by: 'MAIL', file }));
  await store.db.surveyTarget.updateMany({ data: { note: '박수진 병가' } });
  const result = await render('survey.result', { roundId: round.id });
  const csv =
    result?.files?.map((one) => ('bytes' in one ? Buffer.from(one.bytes).toString() : '')).join('\n') ?? '';
  expect(csv).toContain('이메일로 답함,있음');
  expect(csv).not.toContain('박수진');
});

test('a document that was destroyed before it was sent is not sent', async () => {
  const [systemId = ''] = systems;
  expect(await render('survey.received', { roundId: round.id, systemId })).toBeNull();
});
