import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Person } from '../../src/sandbox/person.ts';
import {
  apply,
  approveApplication,
  becomeUser,
  card,
  closeAll,
  next,
  openedModal,
  pressIn,
  register,
} from './acts.ts';
import { forgeClick } from './forge.ts';
import { DESK_CHANNEL, type Stage, setStage } from './stage.ts';

/** What the bot answers to errors and to ordinary sentences, and to officers who search in their channel. */
let stage: Stage;
beforeAll(async () => {
  stage = await setStage({ deskGuests: ['U0LEE000001'] });
  await becomeUser(stage, stage.kim, '김보람');
  await becomeUser(stage, stage.lee, '이정훈');
  await apply(stage.kim);
  await approveApplication(stage, stage.kim);
});
afterAll(() => stage?.close());

/** Writes to the bot, and what it answers. */
async function told(person: Person, sentence: string): Promise<string> {
  const before = (await person.dm()).length;
  await person.say('dm', sentence);
  const answer = await person.waitFor(async () => (await person.dm())[before + 1]);
  return JSON.stringify(answer);
}

test('an error code in the conversation: the likely cause, what is known of the own systems, what mends it', async () => {
  const { kim, lee } = stage;
  const answer = await told(kim, '서버에서 1103 오류가 나요');
  expect(answer).toContain('지난 것으로 보입니다');
  expect(answer).toContain('행정안전부 민원관리시스템');
  expect(answer).toContain('TEMP-2026-000001');
  expect(answer).toContain('적용결과표 제출');
  expect(answer).not.toMatch(/10\.10\./);
  const others = await told(lee, 'ERR_LICENSE_EXPIRED');
  expect(others).toContain('지난 것으로 보입니다');
  expect(others).not.toContain('민원관리시스템');
  const trace = await told(
    kim,
    'GpkiApiException: [1105]\n\tat gpkiapi.GpkiApi.init(GpkiApi.java:1103)\n <!channel> *굵게*',
  );
  expect(trace).toContain('서버의 IP가 라이선스에 적힌 것과 다른 것으로');
  expect(trace).not.toContain('지난 것으로');
  expect(trace).not.toMatch(/10\.10\./);
});

test('the window of the home: addresses are compared there and only there', async () => {
  const { kim, lee } = stage;
  await kim.openHome();
  await pressIn(kim, '전체 업무', '오류 도움');
  await openedModal(kim);
  await kim.fill('오류 내용', '1105');
  expect(await kim.submit()).toBe('updated');
  expect(await kim.modalText()).toContain('10.10.1.21');
  await closeAll(kim);

  await lee.openHome();
  await pressIn(lee, '전체 업무', '오류 도움');
  await openedModal(lee);
  await lee.fill('오류 내용', '1105');
  await lee.submit();
  expect(await lee.modalText()).not.toContain('10.10.');
  await closeAll(lee);
});

test('an unknown code leads to a question that holds what was pasted', async () => {
  const { kim } = stage;
  await kim.openHome();
  await pressIn(kim, '전체 업무', '오류 도움');
  await openedModal(kim);
  await kim.fill('오류 내용', 'GpkiApiException: 9876 알 수 없음');
  await kim.submit();
  expect(await kim.modalText()).toContain('찾지 못했습니다');
  await kim.press('Q&A 문의', { in: 'modal' });
  await kim.waitFor(async () => (await kim.modalText()).includes('문의 내용'));
  expect(JSON.stringify(await kim.modal())).toContain('9876');
  await closeAll(kim);
});

test('ordinary sentences: what is known of the own systems, and the buttons that fit', async () => {
  const { kim, lee, park } = stage;
  const deadline = await told(kim, '언제까지 내야 하나요');
  expect(deadline).toContain('2027. 1. 23.까지 적용결과표 제출');
  const moved = await told(kim, '서버 IP가 바뀌었어요');
  expect(moved).toContain('재발급을 받아야');
  expect(moved).toContain('민원관리시스템');
  expect(moved).not.toMatch(/10\.10\./);
  expect(await told(lee, '진행 상황 알려줘')).toContain('담당하는 시스템이 없습니다');
  expect(await told(park, '신청 어떻게 해요')).toContain('사용자 등록');
  expect(await told(kim, '모듈 다시 받고 싶어요')).toContain('모듈 받기');
  await kim.press('모듈 받기');
  await kim.waitFor(async () => (await kim.modalText()).includes('표준API 모듈'));
  await closeAll(kim);
});

test('who asks decides: no button of another, no application for a 공공기관, the desk for officers only', async () => {
  const { kim, park, officer, store } = stage;
  const belongs = (agencyCode: string | null) =>
    store.db.person.updateMany({ where: { slackId: 'U0PARK00001' }, data: { agencyCode } });
  expect(await told(kim, '전임자가 퇴직해서 제가 맡게 됐어요')).toContain('procedure.begin.successorClaim');
  await told(park, '안녕하세요');
  await belongs('B552584');
  const toPublic = await told(park, '이용신청서 작성하고 싶어요');
  expect(toPublic).toContain('공공기관은 온라인으로 신청하지 않습니다');
  expect(toPublic).toContain('공공기관 신청 안내');
  expect(toPublic).not.toContain('application.begin');
  expect(await told(park, '담당자가 바뀝니다')).not.toContain('procedure.begin');
  expect(await told(park, 'ERR_LICENSE_EXPIRED 1103')).toContain('적용결과를 이메일로 제출');
  const lost = await told(park, '오늘 점심 뭐 먹지');
  expect(lost).toContain('/bogeup 신청 : 공문으로 신청하는 순서');
  expect(lost).not.toContain('/bogeup 현황');
  await belongs(null);
  expect(await told(officer, '휴가 가는데 부재 설정은 어디서 해요')).toContain('absence.open');
  expect(await told(kim, '휴가 가는데 부재 설정은 어디서 해요')).not.toContain('absence.open');
});

test('two answers about as near: the bot asks which, and a button gives the answer', async () => {
  const { kim } = stage;
  const asked = await told(kim, '재발급인가요 현행화인가요');
  expect(asked).toContain('가운데 무엇입니까?');
  await kim.press('이용정보 현행화 (연락처, 서버 환경)');
  await kim.waitFor(async () => (await kim.modalText()).includes('현행화를 해야 합니다'));
  await closeAll(kim);
});

test('courtesies get one line', async () => {
  const answer = await told(stage.kim, '안녕하세요');
  expect(answer).toContain('평소 말로 물어보십시오');
  expect(answer).not.toContain('Q&A');
});

test('what officers publish answers from then on, and no longer once it is taken back', async () => {
  const { kim, store } = stage;
  const sentence = '카카오톡으로도 결과를 알려 주시나요';
  expect(await told(kim, sentence)).toContain('아직 답할 수 없는 질문입니다');
  const resource = await store.db.resource.create({
    data: {
      category: 'FAQ',
      title: '결과를 카카오톡으로 알려 줍니까?',
      text: '알리지 않습니다. 메시지로만 알립니다.',
      addedBy: 'test',
      addedAt: new Date(0),
      changedAt: new Date(0),
    },
  });
  expect(await told(kim, '결과를 카카오톡으로 알려 줍니까')).toContain('알리지 않습니다');
  expect(await told(kim, sentence)).toContain('결과를 카카오톡으로 알려 줍니까?');
  await store.db.resource.update({ where: { id: resource.id }, data: { withdrawnAt: new Date(0) } });
  expect(await told(kim, '결과를 카카오톡으로 알려 줍니까')).not.toContain('알리지 않습니다');
});

test('what is not understood gets the help, and a question with the text filled in', async () => {
  const { kim } = stage;
  const answer = await told(kim, '오늘 점심 뭐 먹지 <@U0LEE000001> & <b>');
  expect(answer).toContain('다른 업무는 맡은 부서에 물어보십시오');
  expect(answer).toContain('보급봇 사용법');
  await kim.press('이 내용으로 Q&A 문의');
  await openedModal(kim);
  expect(JSON.stringify(await kim.modal())).toContain('점심 뭐 먹지');
  await closeAll(kim);
});

test('the help ends in what this person can begin: to register, to wait, to correct, to apply', async () => {
  const { kim, park, officer, bot } = stage;
  const offered = async (person: Person) =>
    /(registration\.begin|filing\.resubmit|application\.begin)/.exec(
      await told(person, '도와줘 봇아 ㅎㅎ'),
    )?.[1];
  expect(await offered(kim)).toBe('application.begin');
  expect(await offered(officer)).toBeUndefined();
  expect(await offered(park)).toBe('registration.begin');
  await register(park, '박수진', '서울특별시');
  await officer.waitFor('사용자 등록 · 검토중');
  await bot.idle();
  expect(await offered(park)).toBeUndefined();
  expect(await told(park, '신청 어떻게 해요')).toContain('사용자 등록을 검토하고 있습니다');
  await officer.press('보완요청', { in: card('사용자 등록 검토중') });
  await officer.fill('보완요청 사유', '부서를 확인하십시오.');
  await next(officer);
  await closeAll(officer);
  await park.waitFor('사용자 등록 신청서 보완요청');
  expect(await offered(park)).toBe('filing.resubmit');
});

test('officers search in their channel; the answer is for them alone, and nobody else gets one', async () => {
  const { officer, officer2, lee, kim } = stage;
  await officer.say(DESK_CHANNEL, '@보급봇 민원관리');
  const found = await officer.waitFor(async () =>
    (await officer.allMessages()).find((one) => JSON.stringify(one).includes('찾은 결과')),
  );
  expect(JSON.stringify(found)).toContain('시스템 상세');
  expect(JSON.stringify(found)).not.toMatch(/10\.10\.|김보람|010-/);
  expect(JSON.stringify(await officer2.allMessages())).not.toContain('찾은 결과');

  await lee.say(DESK_CHANNEL, '@보급봇 민원관리');
  await lee.waitFor(async () =>
    (await lee.allMessages()).some((one) => JSON.stringify(one).includes('표준API 관리자만')),
  );
  expect(JSON.stringify(await lee.allMessages())).not.toContain('찾은 결과');
  await officer.say(DESK_CHANNEL, '@보급봇');
  await officer.waitFor(async () =>
    (await officer.allMessages()).some((one) => JSON.stringify(one).includes('찾을 말을 함께')),
  );
  await forgeClick(kim, 'assist.errorHelp');
  expect(await openedModal(kim)).toContain('오류 도움');
  await closeAll(kim);
});
