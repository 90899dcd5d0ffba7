import { afterAll, beforeAll, expect, test } from 'vitest';
import { openLicence } from '../../src/records/licences/verify.ts';
import type { Person } from '../../src/sandbox/person.ts';
import { verifyAudit } from '../../src/store/audit.ts';
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
  pressOfSystem,
  report,
} from './acts.ts';
import { DESK_CHANNEL, type Stage, setStage } from './stage.ts';

/** 재발급 (guide 1.7), asked for with a button and by telephone, and of a temporary licence that ran out. */
let stage: Stage;
beforeAll(async () => {
  stage = await setStage();
  await becomeUser(stage, stage.kim, '김보람');
  await apply(stage.kim);
  await stage.officer.waitFor('이용신청 · 검토중');
  await approveApplication(stage, stage.kim);
});
afterAll(() => stage?.close());

async function openDetail(person: Person): Promise<string> {
  await closeAll(person);
  await person.openHome();
  await person.press('상세', { in: 'home' });
  return openedModal(person);
}

const current = () =>
  stage.store.db.licence.findMany({
    orderBy: { id: 'asc' },
    where: { supersededAt: null, revokedAt: null },
    select: { number: true, kind: true },
  });

async function approved(number: string): Promise<void> {
  const { kim, officer } = stage;
  await officer.waitFor('적용결과표 · 검토중');
  await officer.press('승인', { in: card('적용결과표 검토중') });
  await kim.waitFor(number);
}

test('before there is a regular licence nothing can be reissued, and a fresh temporary one is not replaced', async () => {
  const { kim } = stage;
  const detail = await openDetail(kim);
  expect(detail).not.toContain('재발급 요청');
  expect(detail).toContain('임시라이선스 TEMP-2026-000001');
  await closeAll(kim);
});

test('a temporary licence that ran out is reissued for the approved application', async () => {
  const { kim, lee, officer, clock, store } = stage;
  clock.advance(70 * 86_400_000);
  await openDetail(kim);
  await pressOfSystem(kim, '임시라이선스 재발급 요청');
  await fillAll(kim, {
    '적용결과표를 제출하지 못한 사유': '개발 일정이 늦어졌습니다.',
    '적용결과표 제출 예정일': '2026-11-25',
  });
  await next(kim, 'errors');
  expect(kim.errors()).toEqual({ '적용결과표 제출 예정일': '오늘이나 그 뒤의 날짜를 선택하십시오.' });
  await kim.fill('적용결과표 제출 예정일', '2027-03-02');
  await next(kim);
  await next(kim);
  await closeAll(kim);
  await officer.waitFor('임시라이선스 재발급 · 검토중');
  expect(await openDetail(kim)).not.toContain('임시라이선스 재발급 요청\n'); // one at a time
  await closeAll(kim);
  await lee.openHome();
  expect(await lee.homeText()).not.toContain('민원관리시스템');
  await officer.press('승인', { in: card('임시라이선스 재발급 검토중') });
  await kim.waitFor('TEMP-2027-000001');
  const [first, second] = await store.db.licence.findMany({ orderBy: { issuedAt: 'asc' } });
  expect(first).toMatchObject({ endReason: '임시라이선스 재발급. 임시라이선스 만료' });
  expect(first?.supersededAt).toEqual(second?.issuedAt);
  expect(second).toMatchObject({ kind: 'TEMPORARY', previousId: first?.id, expiresOn: '2027-04-01' });
});

test('after the report there is a regular licence', async () => {
  const { kim } = stage;
  await kim.openHome();
  await kim.press('적용결과표 제출', { in: 'home' });
  await report(kim, { '운영서버 IP 주소': '10.10.1.21' }, { 적용일: '2027-01-30' });
  await approved('REG-2027-000001');
  expect(await current()).toEqual([{ number: 'REG-2027-000001', kind: 'REGULAR' }]);
});

test('the contact asks for a reissue; old values that were altered, or new ones that are not new, are refused', async () => {
  const { kim, officer, store } = stage;
  await openDetail(kim);
  await pressOfSystem(kim, '재발급 요청');
  await kim.fill('재발급 사유', ['서버 IP 변경']);
  await kim.waitFor(async () => (await kim.modalText()).includes('변경 전 운영서버 IP 주소'));
  await next(kim, 'errors');
  expect(kim.errors()).toEqual({
    '변경 후 운영서버 IP 주소': '변경 전 IP 주소와 같습니다. 바뀐 주소로 고치십시오.',
  });
  await kim.fill('변경 후 운영서버 IP 주소', '127.0.0.1');
  await next(kim, 'errors');
  await fillAll(kim, { '변경 전 운영서버 IP 주소': '10.10.9.9', '변경 후 운영서버 IP 주소': '10.10.1.77' });
  await next(kim);
  await next(kim, 'pushed');
  expect(await openedModal(kim)).toContain('변경 전 값이 승인된 적용결과표와 다릅니다: IP 주소');
  expect(await store.db.filing.count({ where: { procedure: 'reissueRequest' } })).toBe(0);
  await kim.close();
  await kim.press('고치기', { in: 'modal' });
  await kim.waitFor(
    async () => (await kim.modalText()).includes('전체') || (await kim.modalText()).includes('재발급 사유'),
  );
  await kim.fill('변경 전 운영서버 IP 주소', '10.10.1.21');
  await next(kim);
  await next(kim);
  await closeAll(kim);
  await officer.waitFor('재발급 요청 · 검토중');
  expect(await openDetail(kim)).toContain('재발급 요청 · 검토중');
  await closeAll(kim);
});

test('a stranger cannot ask for it, whatever the payload says', async () => {
  const { lee, store } = stage;
  await becomeUser(stage, lee, '이정훈');
  const system = await store.db.system.findFirstOrThrow();
  await lee.openHome();
  await lee.raw('interactive', {
    type: 'block_actions',
    trigger_id: 'x',
    actions: [
      {
        type: 'button',
        block_id: 'b',
        action_id: 'procedure.begin.reissueRequest',
        value: `system:${system.id}`,
      },
    ],
  });
  await lee.waitFor('담당하는 시스템의 재발급만 요청할 수 있습니다');
  expect(await store.db.draft.count({ where: { procedure: 'reissueRequest' } })).toBe(0);
});

test('approved, the report is taken back and waits with the new values; the old licence stays until the new one', async () => {
  const { kim, officer, store, signer } = stage;
  await officer.press('검토', { in: card('재발급 요청 검토중') });
  const review = await openedModal(officer);
  expect(review).toContain('IP 주소: 10.10.1.21 → 10.10.1.77');
  expect(review).toContain('정상라이선스 REG-2027-000001: 새 라이선스가 나갈 때까지');
  await closeAll(officer);
  await officer.press('승인', { in: card('재발급 요청 검토중') });
  await kim.waitFor('재발급 요청: 서버 IP 변경');
  await kim.waitFor('정상라이선스(REG-2027-000001)는 폐지된 것이 아닙니다.');
  await kim.waitFor('승인되면 새 정상라이선스를 보내 드립니다.');
  expect(await current()).toEqual([{ number: 'REG-2027-000001', kind: 'REGULAR' }]);
  expect(await store.db.filing.findFirst({ where: { procedure: 'resultReport' } })).toMatchObject({
    state: 'RETURNED',
  });
  await kim.openHome();
  expect(await kim.homeText()).toContain('적용결과표 승인취소');
  await kim.press('수정', { in: 'home' });
  await openedModal(kim);
  const form = JSON.stringify(await kim.modal()); // with what stands in its fields
  expect(form).toContain('10.10.1.77');
  expect(form).not.toContain('10.10.1.21');
  await next(kim, 'errors'); // the real values are confirmed anew
  expect(Object.keys(kim.errors())).toEqual(['실제 정보 확인']);
  await kim.fill('실제 정보 확인', ['위 내용이 운영서버의 실제 정보임을 확인했습니다.']);
  for (let step = 0; step < 4; step++) await next(kim);
  await closeAll(kim);
  await officer.waitFor('적용결과표 · 검토중');
  await officer.press('검토', { in: card('적용결과표 검토중') });
  // What was asked for and agreed to is no news.
  expect(await openedModal(officer)).toContain('IP 주소가 승인된 내용과 같습니다.');
  await closeAll(officer);
  await approved('REG-2027-000002');
  await kim.waitFor('REG-2027-000001 (이 라이선스로 바뀜)');
  const message = (await kim.dm()).filter((one) => one.files).at(-1);
  const [file] = (message?.files ?? []) as { id: string }[];
  expect(openLicence(await kim.download(file ?? ''), [signer.certificatePem])).toMatchObject({
    ok: true,
    payload: { number: 'REG-2027-000002', previous: 'REG-2027-000001', hosts: [{ ip: ['10.10.1.77'] }] },
  });
  expect(await current()).toEqual([{ number: 'REG-2027-000002', kind: 'REGULAR' }]);
  await stage.bot.idle();
  const cards = (await officer.messages(DESK_CHANNEL)).filter(({ text }) =>
    text.includes('적용결과표 승인완료'),
  );
  expect(cards.map((one) => JSON.stringify(one).includes('승인취소'))).toEqual([false, true]);
  expect(JSON.stringify(cards[0])).toContain('아래에 새로 올린 카드에서 처리하십시오.');
});

test('what was approved is what the system is: 현행화 offers the new addresses, and no check contradicts them', async () => {
  const { kim, store } = stage;
  await openDetail(kim);
  await pressOfSystem(kim, '이용정보 현행화');
  await kim.waitFor(async () => (await kim.modalText()).includes('1. 표준API 관리담당'));
  await next(kim);
  await next(kim);
  const form = JSON.stringify(await kim.modal());
  expect(form).toContain('10.10.1.77');
  expect(form).not.toContain('10.10.1.21');
  await next(kim);
  expect(await kim.modalText()).toContain('바뀌는 항목: 없음');
  await closeAll(kim);
  await store.db.draft.deleteMany({ where: { procedure: 'surveyAnswer' } });
});

test('the whole chain stands in the details and in the review, with days and reasons', async () => {
  const { kim, officer } = stage;
  const chain = [
    'TEMP-2026-000001',
    '교체: TEMP-2027-000001 (사유: 임시라이선스 재발급. 임시라이선스 만료)',
    '교체: REG-2027-000001 (사유: 정상라이선스 발급)',
    '교체: REG-2027-000002 (사유: 재발급 요청: 서버 IP 변경)',
    '사용 중',
  ];
  const detail = await openDetail(kim);
  const places = chain.map((text) => detail.indexOf(text));
  expect(places).toEqual([...places].sort((a, b) => a - b));
  expect(places).not.toContain(-1);
  await closeAll(kim);
  await officer.press('내용 보기', { in: card('재발급 요청 승인취소 처리') });
  expect(await openedModal(officer)).toContain('열람 사유');
  await closeAll(officer);
});

test('by telephone: an officer writes the call down, another one approves, the contact is told', async () => {
  const { kim, officer, officer2, store } = stage;
  await officer.openHome();
  await pressIn(officer, '관리 업무', '전화 재발급 접수');
  await fillAll(officer, {
    시스템명: '민원관리',
    '요청한 사람': '김보람',
    '통화한 날짜': '2027-01-31',
    '통화한 시각': '오전 14:30',
  });
  await next(officer, 'errors');
  expect(officer.errors()).toEqual({ '통화한 시각': '시각을 24시간제로 적으십시오. 예: 14:30' });
  await officer.fill('통화한 시각', '9시 5분');
  await next(officer);
  await officer.fill('재발급 사유', ['도메인 변경']);
  await officer.waitFor(async () => (await officer.modalText()).includes('변경 후 도메인'));
  await officer.fill('변경 후 도메인', 'new.mois.go.kr');
  await next(officer);
  await next(officer);
  await closeAll(officer);
  const call = await store.db.filing.findFirstOrThrow({
    where: { procedure: 'reissueCall' },
    include: { revisions: true },
  });
  expect(JSON.stringify(call.revisions)).not.toContain('김보람');
  await officer.waitFor('전화 재발급 접수 · 검토중');
  await officer.press('승인', { in: card('전화 재발급 접수 검토중') });
  expect(await openedModal(officer)).toContain('본인이 제출한 신청은 본인이 처리할 수 없습니다');
  await closeAll(officer);
  await officer2.press('승인', { in: card('전화 재발급 접수 검토중') });
  await kim.waitFor('전화로 받은 재발급 요청: 도메인 변경 (김*람 님, ');
  await kim.openHome();
  await kim.press('수정', { in: 'home' });
  await openedModal(kim);
  expect(JSON.stringify(await kim.modal())).toContain('new.mois.go.kr');
  await kim.fill('실제 정보 확인', ['위 내용이 운영서버의 실제 정보임을 확인했습니다.']);
  for (let step = 0; step < 4; step++) await next(kim);
  await closeAll(kim);
  await approved('REG-2027-000003');
  expect(await verifyAudit(store.db)).toMatchObject({ ok: true });
});

test('a request whose report was taken back meanwhile is refused, and can be rejected', async () => {
  const { kim, officer, store } = stage;
  await openDetail(kim);
  await pressOfSystem(kim, '재발급 요청');
  await kim.fill('재발급 사유', ['도메인 변경']);
  await kim.waitFor(async () => (await kim.modalText()).includes('변경 후 도메인'));
  await kim.fill('변경 후 도메인', 'another.mois.go.kr');
  await next(kim);
  await next(kim);
  await closeAll(kim);
  await officer.waitFor('재발급 요청 · 검토중');
  await officer.press('승인취소', { in: card('적용결과표 승인완료') });
  await officer.fill('승인취소 사유', '전화로 요청받았습니다.');
  await next(officer);
  await closeAll(officer);
  await officer.press('승인', { in: card('재발급 요청 검토중') });
  expect(await openedModal(officer)).toContain('승인된 적용결과표가 없어 재발급할 것이 없습니다.');
  await closeAll(officer);
  expect(
    await store.db.filing.findFirst({ where: { procedure: 'reissueRequest', state: 'SUBMITTED' } }),
  ).not.toBeNull();
  await officer.press('반려', { in: card('재발급 요청 검토중') });
  await officer.fill('반려 사유', '이미 승인취소하였습니다.');
  await next(officer);
  await kim.waitFor('재발급 요청 반려');
});
