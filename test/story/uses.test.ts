import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { describeSystem } from '../../src/procedures/application/profile.ts';
import type { Person } from '../../src/sandbox/person.ts';
import { pdf } from '../answers.ts';
import {
  apply,
  approveApplication,
  approveForGood,
  becomeUser,
  card,
  closeAll,
  fillAll,
  next,
  openedModal,
  pressOfSystem,
  report,
} from './acts.ts';
import { contents, forgeClick, forgeSubmit } from './forge.ts';
import { type Stage, setStage } from './stage.ts';

/** What a system is used for changes through review only, and a system that is used no more is retired. */
let stage: Stage;
let systemId: string;

beforeAll(async () => {
  stage = await setStage();
  const { kim, lee, officer, store, bot } = stage;
  await becomeUser(stage, kim, '김보람');
  await becomeUser(stage, lee, '이정훈');
  await apply(kim);
  await bot.idle();
  systemId = (await store.db.system.findFirstOrThrow()).id;
  expect(await describeSystem(store.db, systemId)).toBeNull(); // nothing stands before an approval
  await forgeClick(kim, 'procedure.begin.retirement', `system:${systemId}`);
  expect(await openedModal(kim)).toContain('승인된 적이 없는 시스템입니다');
  await closeAll(kim);
  await forgeClick(kim, 'procedure.begin.usageChange', `system:${systemId}`);
  expect(await openedModal(kim)).toContain('이용신청이 아직 승인되지 않은 시스템입니다');
  await closeAll(kim);
  await approveApplication(stage, kim);
  await kim.openHome();
  await kim.press('적용결과표 제출', { in: 'home' });
  await report(kim);
  await bot.idle();
  await officer.press('승인', { in: card('적용결과표 검토중') });
  await kim.waitFor('정상라이선스를 보내 드립니다');
});
beforeEach(async () => {
  stage.clock.advance(60_000);
  for (const person of [stage.kim, stage.lee, stage.officer]) await closeAll(person);
});
afterAll(() => stage?.close());

async function begin(person: Person, label: string): Promise<void> {
  await person.openHome();
  await person.press('상세', { in: 'home' });
  await pressOfSystem(person, label);
  await person.waitFor(async () => (await person.modalText()).includes('저장된 내용은 남아 있습니다'));
}

const newest = (procedure: string) =>
  stage.store.db.filing.findFirstOrThrow({ where: { procedure }, orderBy: { submittedAt: 'desc' } });

describe('이용내용 변경', () => {
  test('belongs to the contact', async () => {
    const { lee } = stage;
    await forgeClick(lee, 'procedure.begin.usageChange', `system:${systemId}`);
    expect(await openedModal(lee)).toContain('담당하는 시스템만 할 수 있습니다: 이용내용 변경');
  });

  test('without a change it is refused, in whatever order things are ticked', async () => {
    const { kim, store } = stage;
    await begin(kim, '이용내용 변경');
    await kim.fill('적용분야', ['데이터 송·수신용', '로그인용']);
    await next(kim);
    await fillAll(kim, { '변경 사유': '바뀌는 것이 없음', '행정안전부 사전협의': '협의 대상 아님' });
    await next(kim);
    expect(await kim.modalText()).toContain('바뀌는 항목: 없음');
    await next(kim, 'pushed');
    expect(await kim.modalText()).toContain('바뀌는 항목이 없습니다');
    expect(await store.db.filing.count({ where: { procedure: 'usageChange' } })).toBe(0);
    await store.db.draft.deleteMany();
  });

  test('another use wants the consultation, on paper', async () => {
    const { kim } = stage;
    await begin(kim, '이용내용 변경');
    await kim.fill('망 구분', '인터넷+행정망');
    await kim.fill('적용분야', ['데이터 송·수신용', '시점확인용']);
    await next(kim);
    await fillAll(kim, {
      '변경 사유': '민원인에게 보내는 문서에 시점을 넣습니다.',
      '행정안전부 사전협의': '아직 협의하지 않음',
    });
    await next(kim, 'errors');
    expect(kim.errors()['행정안전부 사전협의']).toContain('행정안전부와 사전에 협의해야 합니다');
    await kim.fill('행정안전부 사전협의', '협의함');
    await kim.fill('협의 문서번호', '디지털안전정책과-77');
    await next(kim, 'errors');
    expect(kim.errors()['협의 문서']).toBeTruthy(); // the messenger itself asks for it
    await kim.fill('협의 문서', pdf('협의.pdf'));
    await next(kim);
    const summary = await kim.modalText();
    expect(summary).toContain('바뀌는 항목 (4건)');
    expect(summary).toContain('행정망  →  인터넷+행정망');
    expect(summary).toContain('https://minwon.mois.go.kr/login  →  (없음)');
    await next(kim);
    await stage.bot.idle();
    const { state } = await newest('usageChange');
    expect(state).toBe('SUBMITTED');
    expect(await describeSystem(stage.store.db, systemId)).toMatchObject({ network: 'ADMIN' }); // not before approval
  });

  test('officers read old → new, and the approval makes it stand', async () => {
    const { kim, officer, store } = stage;
    await officer.press('검토', { in: card('이용내용 변경 검토중') });
    const review = await openedModal(officer);
    expect(review).toContain('지금 내용에서 바뀌는 항목 (4건)');
    expect(review).toContain('로그인용, 데이터 송·수신용  →  데이터 송·수신용, 시점확인용');
    expect(review).toContain('✔ 행정안전부와 사전에 협의했습니다: 디지털안전정책과-77');
    await closeAll(officer);
    await officer.press('승인', { in: card('이용내용 변경 검토중') });
    await kim.waitFor('이용내용 변경이 승인되었습니다');
    const now = await describeSystem(store.db, systemId);
    expect(now).toMatchObject({ network: 'BOTH', usage: ['DATA', 'TIMESTAMP'], task: '민원 접수와 처리' });
    expect(now).not.toHaveProperty('loginUrl');
    expect((await newest('application')).state).toBe('APPROVED'); // what was applied for stays as it was
    await officer.press('내용 보기', { in: card('이용내용 변경 승인완료') });
    await fillAll(officer, { '열람 사유': '감사·점검' });
    await next(officer);
    expect(await officer.modalText()).toContain('행정망  →  인터넷+행정망'); // also when it stands already
  });

  test('a rejected one changes nothing', async () => {
    const { kim, officer, store } = stage;
    await begin(kim, '이용내용 변경');
    await kim.fill('망 구분', '내부(폐쇄)망');
    await next(kim);
    await fillAll(kim, { '변경 사유': '망 이전', '행정안전부 사전협의': '협의 대상 아님' });
    await next(kim);
    expect(await kim.modalText()).toContain('인터넷+행정망  →  내부(폐쇄)망'); // from what stands now
    await next(kim);
    await stage.bot.idle();
    await officer.press('반려', { in: card('이용내용 변경 검토중') });
    await officer.fill('반려 사유', '망 이전은 확인되지 않았습니다.');
    await next(officer);
    expect(await describeSystem(store.db, systemId)).toMatchObject({ network: 'BOTH' });
  });
});

describe('미사용 신고', () => {
  const answers = {
    '미사용 사유': '시스템 폐기',
    '사용을 마친 날': '2026-11-20',
    확인: [
      '승인되면 라이선스가 모두 폐지되고 되살릴 수 없음을 확인했습니다.',
      '서버에서 표준API 모듈과 라이선스 파일을 삭제하겠습니다.',
    ],
  };

  test('belongs to the contact, and wants the day and both confirmations', async () => {
    const { kim, lee } = stage;
    await forgeClick(lee, 'procedure.begin.retirement', `system:${systemId}`);
    expect(await openedModal(lee)).toContain('담당하는 시스템만 할 수 있습니다: 미사용 신고');
    await begin(kim, '미사용 신고');
    await fillAll(kim, { ...answers, '사용을 마친 날': '2026-12-31', 확인: [answers.확인[0] ?? ''] });
    await next(kim, 'errors');
    expect(kim.errors()['사용을 마친 날']).toContain('아직 오지 않은 날짜입니다');
    expect(kim.errors().확인).toContain('두 가지를 모두 확인');
    await fillAll(kim, answers);
    await next(kim);
    await next(kim);
    await stage.bot.idle();
    expect((await newest('retirement')).state).toBe('SUBMITTED');
  });

  test('the checks list what an approval revokes and closes', async () => {
    const { kim, officer } = stage;
    // Two filings are under way: a change, and the report whose approval was cancelled.
    await begin(kim, '이용내용 변경');
    await kim.fill('망 구분', '내부(폐쇄)망');
    await next(kim);
    await fillAll(kim, { '변경 사유': '망 이전', '행정안전부 사전협의': '협의 대상 아님' });
    await next(kim);
    await next(kim);
    await stage.bot.idle();
    await officer.press('승인취소', { in: card('적용결과표 승인완료') });
    await officer.fill('승인취소 사유', '서버가 바뀌었습니다.');
    await next(officer);
    await closeAll(officer);
    await officer.press('검토', { in: card('미사용 신고 검토중') });
    const review = await openedModal(officer);
    expect(review).toMatch(/승인하면 폐지되는 라이선스: 정상라이선스 REG-\S+/);
    expect(review).toContain('승인하면 종결되는 신청: 이용내용 변경신청서');
    expect(review).toContain('승인하면 종결되는 신청: 적용결과표');
  });

  test('the approval revokes, retires, closes what is under way and says what to remove', async () => {
    const { kim, officer, store } = stage;
    const { number } = await newest('retirement');
    await approveForGood(officer, '미사용 신고 검토중');
    await kim.waitFor('표준API 모듈을 삭제하십시오');
    await stage.bot.idle();
    const system = await store.db.system.findUniqueOrThrow({
      where: { id: systemId },
      include: { licences: true, filings: true },
    });
    expect(system.retiredAt).toEqual(stage.clock.now());
    const ended = system.licences.map(({ kind, revokedAt, endReason }) => ({ kind, revokedAt, endReason }));
    expect(ended.find(({ kind }) => kind === 'REGULAR')).toEqual({
      kind: 'REGULAR',
      revokedAt: stage.clock.now(),
      endReason: `미사용 신고 (접수번호 ${number})`,
    });
    expect(system.licences.every((one) => one.revokedAt ?? one.supersededAt)).toBe(true);
    expect(
      system.filings.filter(({ state }) => ['OFFERED', 'SUBMITTED', 'RETURNED'].includes(state)),
    ).toEqual([]);
    expect(JSON.stringify(await kim.waitFor('이용내용 변경신청서 종결'))).toContain('미사용 신고');
    await kim.openHome();
    const home = await kim.homeText();
    expect(home).toContain('미사용');
    expect(home).not.toContain('수정');
  });

  test('nothing more is begun, submitted, decided or reopened on it', async () => {
    const { kim, officer, store } = stage;
    await stage.bot.idle();
    const before = await contents(store);
    for (const name of ['usageChange', 'retirement', 'scvpApplication']) {
      await forgeClick(kim, `procedure.begin.${name}`, `system:${systemId}`);
      expect(await openedModal(kim)).toContain('미사용 처리된 시스템입니다');
      await closeAll(kim);
    }
    const reported = await newest('resultReport');
    await forgeClick(kim, 'filing.resubmit', reported.id);
    expect(await openedModal(kim)).toContain('검토가 끝난 신청은 수정할 수 없습니다');
    const change = await newest('usageChange');
    await forgeClick(officer, 'filing.approve', `${change.id}:${change.revision}`);
    expect(await openedModal(officer)).toMatch(/종결|미사용/);
    await stage.bot.idle();
    expect(await contents(store)).toEqual(before);
  });

  test('a draft that was open meanwhile is refused when it is submitted', async () => {
    const { kim, store, clock } = stage;
    const { id: personId } = await store.db.person.findUniqueOrThrow({ where: { slackId: kim.userId } });
    const stale = await store.db.draft.create({
      data: {
        personId,
        procedure: 'usageChange',
        subject: `system:${systemId}`,
        answers: {
          network: 'CLOSED',
          serviceType: 'GPKI',
          usage: ['TIMESTAMP'],
          reason: '이전',
          consulted: 'NOT_NEEDED',
        },
        step: 2,
        updatedAt: clock.now(),
      },
    });
    await forgeSubmit(kim, { callbackId: 'form.submit', metadata: { draft: stale.id, step: '2' } });
    expect(await store.db.draft.count({ where: { id: stale.id } })).toBe(1); // nothing of it happened
  });
});
