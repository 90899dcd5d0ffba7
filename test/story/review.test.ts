import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { SeenMessage } from '../../src/sandbox/person.ts';
import { messageText } from '../../src/sandbox/visible-text.ts';
import { pdf } from '../answers.ts';
import { apply, becomeUser, card, closeAll, next, openedModal } from './acts.ts';
import { DESK_CHANNEL, type Stage, setStage } from './stage.ts';

/** An officer reads, asks for corrections, rejects; the applicant answers; the desk's cards tell all of it. */
let stage: Stage;
beforeAll(async () => {
  stage = await setStage();
  await becomeUser(stage, stage.kim, '김보람');
  await apply(stage.kim, { overview: { 시스템명: '민원관리시스템' } });
  await stage.officer.waitFor('이용신청 · 검토중');
});
afterAll(() => stage?.close());

const WAITS = card('이용신청 검토중');
const personId = async (slackId: string) =>
  (await stage.store.db.person.findFirstOrThrow({ where: { slackId } })).id;
const newest = () =>
  stage.store.db.filing.findFirstOrThrow({
    where: { procedure: 'application' },
    orderBy: { number: 'desc' },
  });
/** The posted cards of the newest application, oldest first. */
async function cards(): Promise<SeenMessage[]> {
  const { number } = await newest();
  const all = await stage.officer.messages(DESK_CHANNEL);
  return all.filter((message) => messageText(message).includes(number));
}

describe('reading', () => {
  test('the checks come first, then every answer, the attachments, the history', async () => {
    const { officer } = stage;
    await officer.press('검토', { in: WAITS });
    const text = await openedModal(officer);
    const order = [
      '자동 점검',
      '시스템명이 기관명(행정안전부)으로 시작하지 않습니다.',
      '인증서 CN이 소속기관의 것입니다.',
      '배포할 표준API 모듈이 있습니다.',
      '관리담당',
      '010-1234-5678',
      '업무개요',
      '10.10.1.21, 10.10.1.22',
      'https://minwon.mois.go.kr/login',
      '00:1A:2B:3C:4D:5E',
      '첨부파일',
      '처리 이력',
    ];
    const at = order.map((part) => text.indexOf(part));
    expect(
      at.every((index) => index >= 0),
      JSON.stringify(at),
    ).toBe(true);
    expect(at).toEqual([...at].sort((a, b) => a - b));
    expect(text).toMatch(/처리 이력[\s\S]*제출 · 김\*람/);
  });

  test('is recorded: who, where, when, whose data', async () => {
    const { store, officer, kim, clock } = stage;
    const rows = await store.db.audit.findMany({ where: { action: 'filing.review' } });
    expect(rows).toMatchObject([
      {
        actor: await personId(officer.userId),
        person: await personId(kim.userId),
        subject: `filing:${(await newest()).id}`,
        place: `slack:${DESK_CHANNEL}`,
      },
    ]);
    expect(rows[0]?.at).toEqual(clock.now());
  });

  test('attachments come to the officer’s own messages, and that is recorded too', async () => {
    const { store, officer, officer2, kim } = stage;
    await officer.press('구성도 열기', { in: 'modal' });
    await officer.waitFor(async () => (await officer.modalText()).includes('최*리 열어 봄'));
    const message = await officer.waitFor(async () => (await officer.dm()).find((one) => one.files));
    const [file] = message.files as { id: string; name: string }[];
    expect(file?.name).toBe('구성도.pdf');
    expect(await officer.download(file?.id ?? '')).toEqual(Buffer.from(pdf('구성도.pdf').bytes));
    expect((await officer.messages(DESK_CHANNEL)).some((one) => one.files)).toBe(false);
    expect((await officer2.dm()).some((one) => one.files)).toBe(false);
    expect(await store.db.audit.findMany({ where: { action: 'filing.attachment' } })).toMatchObject([
      {
        actor: await personId(officer.userId),
        person: await personId(kim.userId),
        data: { field: 'diagram' },
      },
    ]);
    await closeAll(officer);
  });
});

describe('보완요청', () => {
  test('remarks for single fields reach the applicant', async () => {
    const { officer, kim } = stage;
    await officer.press('보완요청', { in: WAITS });
    await openedModal(officer);
    expect(await officer.submit()).toBe('errors');
    expect(Object.keys(officer.errors())).toEqual(['보완요청 사유']);
    await officer.fill('보완요청 사유', '두 가지를 고쳐 주십시오.');
    await officer.fill('고칠 항목', ['시스템명', '공문']);
    await officer.fill('시스템명', '기관명부터 적어 주십시오.');
    await officer.fill('공문', '직인이 보이지 않습니다.');
    await next(officer);
    expect(await officer.modalText()).toContain('신청자에게 알렸습니다');
    await closeAll(officer);
    const message = await kim.waitFor('두 가지를 고쳐 주십시오.');
    const text = messageText(message);
    for (const part of ['이용신청서 보완요청', '시스템명', '기관명부터', '공문', '직인이 보이지'])
      expect(text).toContain(part);
  });

  test('the card says who asked for it and when, and offers no decision', async () => {
    const { officer } = stage;
    await officer.waitFor(async () => (await cards()).some((one) => messageText(one).includes('보완요청: ')));
    const [only, ...more] = await cards();
    expect(more).toEqual([]);
    const text = messageText(only ?? {});
    expect(text).toContain('이용신청 · 보완요청');
    expect(text).toMatch(/보완요청: 최\*리 · 2026/);
    expect(text).not.toMatch(/^승인$/m);
  });

  test('the form opens at the first remark, with all that was submitted', async () => {
    const { kim } = stage;
    await kim.press('수정하여 다시 제출');
    const text = await openedModal(kim);
    expect(text).toContain('보완요청: 기관명부터 적어 주십시오.');
    expect(text).toContain('업무개요');
    await kim.fill('시스템명', '행정안전부 민원관리시스템');
    for (let step = 0; step < 4; step++) await next(kim);
    expect(await kim.modalText()).toContain('보완요청: 직인이 보이지 않습니다.');
    expect(await kim.modalText()).toContain('첨부됨: 공문.pdf');
    await kim.fill('공문', pdf('직인공문.pdf'));
    await next(kim);
    await next(kim, 'closed');
    await kim.waitFor('(접수번호 ');
    await closeAll(kim);
  });

  test('a new card is posted and the old one changes with it', async () => {
    const { officer } = stage;
    await officer.waitFor(async () => (await cards()).length === 2);
    await stage.bot.idle();
    for (const one of await cards()) {
      const text = messageText(one);
      expect(text).toContain('이용신청 · 검토중');
      expect(text).toContain('(2차 제출)');
      expect(text).not.toContain('보완요청: 최*리');
    }
  });

  test('the officer sees what changed, and only that', async () => {
    const { officer } = stage;
    await officer.press('검토', { in: WAITS });
    const text = await openedModal(officer);
    expect(text).toContain('지난 제출과 달라진 항목 (2건)');
    expect(text).toContain('민원관리시스템  →  행정안전부 민원관리시스템');
    expect(text).toMatch(/공문\.pdf \(1 KB\) {2}→ {2}직인공문\.pdf/);
    expect(text).toContain('시스템명이 기관명으로 시작합니다.');
    expect(text).toMatch(/보완요청 · 최\*리 · 사유: 두 가지를/);
    await closeAll(officer);
  });

  test('every copy of the card says who approved and when', async () => {
    const { officer2, kim } = stage;
    await officer2.press('승인', { in: WAITS });
    await kim.waitFor('임시라이선스를 보내 드립니다');
    await stage.bot.idle();
    const all = await cards();
    expect(all).toHaveLength(2);
    for (const one of all) {
      expect(messageText(one)).toContain('이용신청 · 검토완료');
      expect(messageText(one)).toMatch(/검토완료: 정\*인 · 2026/);
      expect(messageText(one)).not.toMatch(/^(승인|보완요청|반려)$/m);
    }
  });
});

describe('반려 and 삭제', () => {
  test('a rejection needs its reason, which the applicant reads', async () => {
    const { officer, kim } = stage;
    await apply(kim, { overview: { 시스템명: '행정안전부 둘째' } });
    await officer.waitFor('행정안전부 둘째');
    await officer.press('반려', { in: WAITS });
    await openedModal(officer);
    expect(await officer.submit()).toBe('errors');
    await officer.fill('반려 사유', '   ');
    expect(await officer.submit()).toBe('errors');
    expect(officer.errors()['반려 사유']).toContain('사유를 적으십시오');
    await officer.fill('반려 사유', '이미 보급된 시스템입니다.');
    await next(officer);
    await closeAll(officer);
    const text = messageText(await kim.waitFor('이미 보급된 시스템입니다.'));
    expect(text).toMatch(/이용신청서 반려[:\s]+행정안전부 둘째/);
    expect(text).not.toContain('수정하여 다시 제출');
    await stage.bot.idle();
    for (const one of await cards()) expect(messageText(one)).toMatch(/반려: 최\*리 · 2026/);
  });

  test('a rejected application is no system, and is begun anew with what it said', async () => {
    const { kim, store } = stage;
    await kim.openHome();
    await kim.waitFor(async () => (await kim.homeText()).includes('내 시스템 1건'));
    expect(await kim.homeText()).toContain('이용신청');
    await kim.press('이 내용으로 새로 신청', { in: 'home' });
    expect(await openedModal(kim)).toContain('1. 약관·개인정보 동의'); // agreed to anew
    await closeAll(kim);
    const draft = await store.db.draft.findFirstOrThrow({ where: { procedure: 'application', subject: '' } });
    expect(draft.answers).toMatchObject({
      systemName: '행정안전부 둘째',
      name: '김보람',
      serverCn: 'SVR1741000001',
    });
    expect(draft.answers).not.toHaveProperty('terms');
    await store.db.draft.delete({ where: { id: draft.id } });
  });

  test('what the applicant withdraws leaves the desk and the home', async () => {
    const { officer, kim, store } = stage;
    await apply(kim, { overview: { 시스템명: '행정안전부 셋째' } });
    await officer.waitFor('행정안전부 셋째');
    await kim.openHome();
    await kim.press('삭제', { in: 'home' });
    expect(await openedModal(kim)).toContain('삭제했습니다');
    await closeAll(kim);
    await stage.bot.idle();
    expect(await kim.homeText()).not.toContain('행정안전부 셋째');
    for (const one of await cards()) {
      expect(messageText(one)).toContain('이용신청 · 삭제');
      expect(messageText(one)).not.toMatch(/^(승인|보완요청|반려)$/m);
    }
    expect(await newest()).toMatchObject({ state: 'WITHDRAWN' });
    expect(await store.db.audit.count({ where: { action: 'filing.withdraw' } })).toBe(1);
  });

  test('a remark written while the applicant was correcting stands in the open draft', async () => {
    const { officer, kim } = stage;
    await apply(kim, { overview: { 시스템명: '행정안전부 넷째' } });
    await officer.waitFor('행정안전부 넷째');
    await kim.openHome();
    await kim.press('수정', { in: 'home' });
    await openedModal(kim);
    await closeAll(kim); // a draft is left at its first step
    await officer.press('보완요청', { in: WAITS });
    await officer.fill('고칠 항목', ['IP 주소']);
    await officer.fill('IP 주소', '운영서버의 주소를 적어 주십시오.');
    await officer.fill('보완요청 사유', 'IP 확인');
    await next(officer);
    await closeAll(officer);
    await kim.waitFor('운영서버의 주소를 적어 주십시오.');
    await kim.press('수정하여 다시 제출');
    expect(await openedModal(kim)).toContain('보완요청: 운영서버의 주소를 적어 주십시오.');
  });
});
