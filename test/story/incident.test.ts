import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { incidentNotices } from '../../src/procedures/incident/notices.ts';
import type { Person } from '../../src/sandbox/person.ts';
import { messageText } from '../../src/sandbox/visible-text.ts';
import {
  apply,
  approveApplication,
  becomeUser,
  card,
  closeAll,
  fillAll,
  next,
  openedModal,
  pressIn,
} from './acts.ts';
import { ackText, contents, forgeClick, forgeSubmit } from './forge.ts';
import { DESK_CHANNEL, type Stage, setStage } from './stage.ts';

/** 보안사고: reported by a colleague on a Sunday night, seen to by officers, closed with what came of it. */
let stage: Stage;
let systemId: string;
const SYSTEM = '행정안전부 민원관리시스템';

beforeAll(async () => {
  stage = await setStage();
  const { kim, lee, store, bot } = stage;
  await becomeUser(stage, kim, '김보람');
  await becomeUser(stage, lee, '이정훈');
  await apply(kim);
  await approveApplication(stage, kim);
  systemId = (await store.db.system.findFirstOrThrow()).id;
  await apply(kim, {
    overview: { 시스템명: '행정안전부 다른시스템' },
    attachments: { '공문 문서번호': '디지털안전정책과-1235' },
  });
  await bot.idle();
  stage.clock.set('2026-11-29T14:00:00.000Z'); // Sunday, 23:00 in Seoul
});
beforeEach(async () => {
  stage.clock.advance(60_000);
  for (const person of [stage.kim, stage.lee, stage.park, stage.officer]) await closeAll(person);
});
afterAll(() => stage?.close());

const reported = () =>
  stage.store.db.filing.findFirstOrThrow({
    where: { procedure: 'incident' },
    orderBy: { submittedAt: 'desc' },
  });
const urgent = card('[긴급] 보안사고 신고 검토중');

async function review(officer: Person): Promise<string> {
  await closeAll(officer);
  await officer.press('검토', { in: urgent });
  return openedModal(officer);
}

test('who is not registered is told how else to report; 공공기관 by telephone', async () => {
  const { park, store } = stage;
  const before = await store.db.filing.count();
  await forgeClick(park, 'procedure.begin.incident');
  expect(await openedModal(park)).toMatch(/사용자 등록|공공기관/);
  expect(await store.db.filing.count()).toBe(before);
});

test('a system of another agency is neither found nor taken', async () => {
  const { lee, store, clock } = stage;
  const contact = await store.db.person.findUniqueOrThrow({ where: { slackId: lee.userId } });
  const foreign = await store.db.system.create({
    data: {
      name: '서울특별시 민원시스템',
      agencyCode: '6110000',
      contactId: (await store.db.person.findFirstOrThrow({ where: { name: '최관리' } })).id,
      createdAt: clock.now(),
    },
  });
  await lee.openHome();
  await pressIn(lee, '전체 업무', '보안사고 신고');
  await lee.waitFor(async () => (await lee.modalText()).includes('1661-9088'));
  expect(await lee.suggestions('관련 시스템', '민원')).toEqual([SYSTEM]); // a colleague's, of the same agency
  const answers = {
    kind: 'LEAK',
    happened: '유출',
    noticedOn: '2026-11-29',
    phone: '010-1234-5678',
    systems: [foreign.id],
  };
  await store.db.draft.updateMany({ where: { personId: contact.id }, data: { answers } });
  const draft = await store.db.draft.findFirstOrThrow({
    where: { personId: contact.id, procedure: 'incident' },
  });
  const ack = await forgeSubmit(lee, { callbackId: 'form.submit', metadata: { draft: draft.id, step: '1' } });
  expect(ackText(ack)).toContain('소속기관의 시스템이 아닌 것이 있습니다');
  await store.db.draft.deleteMany();
});

test('the report reaches the desk at once, at night and on a Sunday, before everything that waits', async () => {
  const { lee, officer, bot } = stage;
  await lee.openHome();
  await pressIn(lee, '전체 업무', '보안사고 신고');
  await lee.waitFor(async () => (await lee.modalText()).includes('1661-9088'));
  await fillAll(lee, {
    '사고 유형': '서버 침해',
    '사고 내용': '<!channel> *10.10.1.21* 서버에서 모르는 접속을 발견했습니다.',
    '알게 된 날': '2026-12-01',
    '알게 된 시각': '오전 14:30',
    '관련 시스템': [SYSTEM],
  });
  await next(lee, 'errors');
  expect(lee.errors()['알게 된 날']).toContain('아직 오지 않은 날짜입니다');
  expect(lee.errors()['알게 된 시각']).toContain('24시간제');
  await fillAll(lee, { '알게 된 날': '2026-11-29', '알게 된 시각': '오후 10시 40분' });
  await next(lee);
  expect(await lee.modalText()).toContain('22:40');
  await next(lee);
  await bot.idle();
  expect(await reported()).toMatchObject({
    state: 'SUBMITTED',
    urgent: true,
    systemId: null,
    systemIds: [systemId],
    title: `서버 침해: ${SYSTEM}`,
  });
  const [posted] = (await officer.messages(DESK_CHANNEL)).filter(urgent);
  expect(JSON.stringify(posted?.blocks)).toContain('"type":"broadcast","range":"channel"');
  expect(messageText(posted ?? {})).toMatch(new RegExp(`사고 유형\\s+서버 침해\\s+관련 시스템\\s+${SYSTEM}`));
  expect(JSON.stringify(posted)).not.toMatch(/10\.10\.1\.21|010-1234|모르는 접속/);
  await officer.openHome();
  const home = await officer.homeText();
  expect(home).toContain(`[긴급] 보안사고 신고 · 서버 침해: ${SYSTEM}`);
  expect(home.indexOf('[긴급] 보안사고 신고')).toBeLessThan(home.indexOf('이용신청 · 행정안전부 다른시스템'));
});

test('the checklist is ticked and unticked, each with who and when', async () => {
  const { officer, store } = stage;
  const first = await review(officer);
  expect(first).toContain('☐ 신고자에게 전화하여 사고 내용과 범위 확인');
  expect(first).toContain('<!channel> *10.10.1.21*'); // as it was typed
  expect(first).toContain('신고자가 담당하지 않는 시스템이 있습니다');
  expect(first).toContain('점검표에 남은 일이 7건 있습니다');
  await officer.press('완료', { in: 'modal' });
  await officer.waitFor(async () => (await officer.modalText()).includes('☑ 신고자에게 전화하여'));
  expect(await officer.modalText()).toContain('최*리 · 신고자에게 전화하여 사고 내용과 범위 확인: 완료');
  await officer.press('되돌리기', { in: 'modal' });
  await officer.waitFor(async () => (await officer.modalText()).includes('☐ 신고자에게 전화하여'));
  const { id } = await reported();
  const audited = await store.db.audit.findMany({
    where: { action: 'incident.tick', subject: `filing:${id}` },
  });
  expect(audited.map(({ data }) => data)).toMatchObject([
    { item: 'CALL', done: true },
    { item: 'CALL', done: false },
  ]);
});

test('reporter and officers write into one timeline, and each is told of the other', async () => {
  const { kim, lee, officer, store, bot } = stage;
  const { id, number } = await reported();
  await review(officer);
  await officer.press('기록 추가');
  await officer.fill('기록할 내용', '22:50 신고자와 통화, 서버 분리를 요청함');
  await next(officer);
  await closeAll(officer);
  await lee.waitFor(`보안사고 진행 기록이 추가되었습니다. (접수번호 ${number})`);
  stage.clock.advance(60_000);
  await lee.press('상세', { in: (message) => message.text.includes('진행 기록') });
  expect(await openedModal(lee)).toContain('22:50 신고자와 통화, 서버 분리를 요청함');
  expect(await lee.modalText()).not.toContain('점검표'); // the officers' own
  await lee.press('기록 추가', { in: 'modal' });
  await lee.fill('기록할 내용', '23:05 서버를 분리했습니다.');
  await next(lee);
  await closeAll(lee);
  await bot.idle();
  expect((await officer.messages(DESK_CHANNEL)).some(({ text }) => text.includes('진행 기록이 추가'))).toBe(
    true,
  );
  const timeline = await review(officer);
  expect(timeline.indexOf('22:50 신고자와')).toBeLessThan(timeline.indexOf('23:05 서버를'));
  expect(await store.db.audit.count({ where: { action: 'incident.note', subject: `filing:${id}` } })).toBe(2);
  expect(JSON.stringify(await store.db.audit.findMany({ where: { action: 'incident.note' } }))).not.toContain(
    '서버',
  );

  await stage.bot.idle();
  const before = await contents(store);
  await forgeClick(kim, 'incident.note', id); // neither reporter nor officer
  expect(await openedModal(kim)).toContain('표준API 관리자와 신고한 사람만');
  await forgeClick(lee, 'incident.tick.CALL', `${id}:CALL:1`);
  expect(await openedModal(lee)).toContain('표준API 관리자와 신고한 사람만');
  await closeAll(lee);
  await forgeClick(lee, `incident.revoke.${systemId}`, `${id}:${systemId}`);
  expect(await openedModal(lee)).toContain('표준API 관리자와 신고한 사람만');
  expect(await contents(store)).toEqual(before);
});

test('its reporter takes nothing back, and marks it as a mistake instead', async () => {
  const { lee, officer, bot } = stage;
  const { id } = await reported();
  await lee.openHome();
  await lee.waitFor(async () => (await lee.homeText()).includes('보안사고 신고'));
  expect(await lee.homeText()).not.toContain('삭제');
  await forgeClick(lee, 'filing.withdraw', id);
  expect(await openedModal(lee)).toContain('표준API 관리자만 종결할 수 있습니다.');
  await closeAll(lee);
  await forgeClick(officer, 'incident.mistaken', id);
  expect(await openedModal(officer)).toContain('신고한 사람만 표시할 수 있습니다.');
  await lee.press('상세', { in: (message) => message.text.includes('진행 기록') });
  await openedModal(lee);
  const told = (await officer.messages(DESK_CHANNEL)).length;
  await lee.press('잘못된 신고로 표시', { in: 'modal' });
  await lee.waitFor(async () =>
    (await lee.modalText()).includes('신고한 사람이 잘못된 신고라고 표시했습니다.'),
  );
  await bot.idle();
  expect((await officer.messages(DESK_CHANNEL)).length).toBe(told + 1);
  expect(await review(officer)).toContain('신고한 사람이 잘못된 신고라고 표시했습니다.');
  expect(await reported()).toMatchObject({ state: 'SUBMITTED' });
});

test('an officer revokes the licences of a system that it concerns, and of no other', async () => {
  const { kim, officer, store, bot } = stage;
  const { id, number } = await reported();
  const other = await store.db.system.findFirstOrThrow({ where: { name: '행정안전부 다른시스템' } });
  await forgeClick(officer, `incident.revoke.${other.id}`, `${id}:${other.id}`);
  expect(await openedModal(officer)).toContain('이 신고와 관련된 시스템이 아닙니다');
  expect(await review(officer)).toMatch(/임시라이선스 TEMP-/);
  await officer.press('라이선스 폐지', { in: 'modal' });
  const told = await kim.waitFor('라이선스가 폐지되었습니다');
  expect(JSON.stringify(told)).toContain(`보안사고 신고 (접수번호 ${number})`);
  expect(JSON.stringify(told)).toContain('신청사유는 ‘재배포’를 선택하고');
  expect(JSON.stringify(told)).not.toContain('승인취소');
  await bot.idle();
  expect(await store.db.licence.findFirstOrThrow({ where: { systemId } })).toMatchObject({
    revokedAt: stage.clock.now(),
    endReason: `보안사고 신고 (접수번호 ${number})`,
  });
  await officer.waitFor(async () => (await officer.modalText()).includes('사용 중인 라이선스 없음'));
  expect(await officer.modalText()).toContain(`라이선스 폐지: ${SYSTEM}`);
  await closeAll(officer);
  await forgeClick(officer, `incident.revoke.${systemId}`, `${id}:${systemId}`);
  expect(await openedModal(officer)).toContain('사용 중인 라이선스가 없습니다');
});

test('what the message says to do works: 재배포 for a temporary licence, 승인취소 for a regular one', async () => {
  const { kim, store, bot } = stage;
  await apply(kim, {
    overview: { 신청사유: '재배포', '재배포 사유': '라이선스가 폐지되었습니다.' },
    attachments: { '공문 문서번호': '디지털안전정책과-1236' },
  });
  await bot.idle();
  const filing = await store.db.filing.findFirstOrThrow({ orderBy: { submittedAt: 'desc' } });
  expect(filing).toMatchObject({ procedure: 'application', systemId });
  await store.db.licence.updateMany({ where: { systemId }, data: { kind: 'REGULAR' } });
  const facts = { filingId: (await reported()).id, systemId };
  const told = JSON.stringify(await incidentNotices['licence.revoked'](store.db, facts));
  expect(told).toContain('적용결과표를 승인취소할 때까지 기다리십시오');
  expect(told).not.toContain('재배포');
});

test('closing asks for the outcome, which the reporter reads; then nothing is added', async () => {
  const { lee, officer } = stage;
  const { id } = await reported();
  await officer.press('승인', { in: urgent });
  expect(await openedModal(officer)).toContain('처리 결과');
  await officer.fill('처리 결과', ' ');
  await next(officer, 'errors');
  await officer.fill('처리 결과', '라이선스를 폐지하고 접근권한을 다시 정했습니다.');
  await next(officer);
  const told = JSON.stringify(await lee.waitFor('보안사고 신고서 종결'));
  expect(told).toContain('처리 결과');
  expect(told).toContain('접근권한을 다시 정했습니다');
  expect(await reported()).toMatchObject({ state: 'APPROVED' });
  await forgeClick(lee, 'incident.note', id);
  expect(await openedModal(lee)).toContain('이미 끝난 신고입니다');
});

test('a report that names no system says so on its card', async () => {
  const { lee, officer, bot } = stage;
  await lee.openHome();
  await pressIn(lee, '전체 업무', '보안사고 신고');
  await lee.waitFor(async () => (await lee.modalText()).includes('1661-9088'));
  await fillAll(lee, { '사고 유형': '유출 의심', '사고 내용': '키 파일', '알게 된 날': '2026-11-29' });
  await next(lee);
  await next(lee);
  await bot.idle();
  const posted = await officer.waitFor(async () => (await officer.messages(DESK_CHANNEL)).find(urgent));
  expect(messageText(posted)).toMatch(/사고 유형\s+유출 의심\s+관련 시스템\s+고르지 않음/);
});
