import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import type { Person } from '../../src/sandbox/person.ts';
import { application } from '../answers.ts';
import { agree, becomeUser, card, closeAll, fillAll, next, openedModal } from './acts.ts';
import { ackText, contents, forgeClick, forgeSubmit } from './forge.ts';
import { type Stage, setStage } from './stage.ts';

/** 작성 도움: 박수진 of a developer company fills the application of 김보람, who submits it. */
let stage: Stage;

beforeAll(async () => {
  stage = await setStage();
  await becomeUser(stage, stage.kim, '김보람');
  await becomeUser(stage, stage.lee, '이정훈');
});
beforeEach(async () => {
  for (const person of [stage.kim, stage.lee, stage.park, stage.officer]) await closeAll(person);
});
afterAll(() => stage?.close());

const draft = () => stage.store.db.draft.findFirstOrThrow({ where: { procedure: 'application' } });
const row = () => stage.store.db.draftHelper.findFirstOrThrow({ orderBy: { invitedAt: 'desc' } });
const filing = () => stage.store.db.filing.findFirstOrThrow({ where: { procedure: 'application' } });
const trail = (action: string) => stage.store.db.audit.count({ where: { action } });

async function refused(person: Person, act: () => Promise<unknown>, text: string): Promise<void> {
  await closeAll(person);
  await stage.bot.idle();
  const before = await contents(stage.store);
  await act();
  expect(await openedModal(person)).toContain(text);
  await stage.bot.idle();
  expect(await contents(stage.store)).toEqual(before);
  await closeAll(person);
}

async function ask(person: Person, whom: string): Promise<void> {
  await person.openHome();
  await person.press('작성 도움 요청', { in: 'home' });
  await person.fill('업체 담당자', whom);
}

test('the official asks for help with a draft; not of oneself, nor of an officer, nor for the draft of another', async () => {
  const { kim, lee, park } = stage;
  await kim.openHome();
  await kim.press('이용신청서 작성');
  await agree(kim);
  await closeAll(kim);
  for (const [whom, text] of [
    ['김보람', '본인은 고를 수 없습니다'],
    ['최관리', '관리자와 감사자에게는'],
  ] as const) {
    await ask(kim, whom);
    expect(await kim.submit()).toBe('pushed');
    expect(await kim.modalText()).toContain(text);
    await closeAll(kim);
  }
  await refused(
    lee,
    async () => forgeClick(lee, 'helper.ask', `draft:${(await draft()).id}`),
    '이미 제출했거나 삭제한',
  );
  await ask(kim, '박수진');
  await next(kim);
  await closeAll(kim);
  await park.waitFor('작성 도움을 요청받았습니다');
  await ask(kim, '박수진');
  expect(await kim.submit()).toBe('pushed');
  expect(await kim.modalText()).toContain('이미 작성을 돕고 있는 사람');
  expect(await trail('helper.invite')).toBe(1);
});

test('the helper fills what is not the official’s own, with files, and sees nothing that tells of the official', async () => {
  const { park, kim, store } = stage;
  await park.openHome();
  expect(await park.homeText()).toContain('작성 도움');
  expect(await park.homeText()).toContain('Q&A 문의');
  await park.press('열기', { in: 'home' });
  expect(await openedModal(park)).toContain('1. 업무개요');
  expect(await park.modalText()).toContain('전체 5단계 가운데 1단계');
  for (const part of ['overview', 'environment', 'usage', 'servers'] as const) {
    await fillAll(park, application[part]);
    await next(park);
  }
  // Both work on it at once: nothing of either is lost.
  await kim.openHome();
  await kim.press('이용신청서 작성');
  await openedModal(kim);
  await fillAll(park, application.attachments);
  await next(park);
  const summary = await park.modalText();
  for (const hidden of ['김보람', '010-1234-5678', '044-205-1234', 'kim@korea.kr', '개인정보 수집'])
    expect(summary).not.toContain(hidden);
  expect((await park.modal())?.submit ?? null).toBeNull();
  expect((await draft()).answers).toMatchObject({
    name: '김보람',
    ip: '10.10.1.21, 10.10.1.22',
    terms: 'AGREED',
  });
  expect(await store.db.audit.count({ where: { action: 'helper.save' } })).toBeGreaterThan(4);
  expect(await trail('helper.open')).toBe(1);
});

test('the helper who asks in the conversation is led to what they were asked to fill, not to become a user', async () => {
  const { park } = stage;
  const before = (await park.dm()).length;
  await park.say('dm', '이용신청서 작성하고 싶어요');
  const answer = JSON.stringify(await park.waitFor(async () => (await park.dm())[before + 1]));
  expect(answer).toContain('도움을 요청받은 신청서');
  expect(answer).toContain('helper.open');
  expect(answer).not.toMatch(/registration\.begin|application\.begin/);
});

test('the helper submits nothing, changes nothing of the official, opens no other draft', async () => {
  const { park, lee, store } = stage;
  const { id } = await draft();
  await stage.bot.idle();
  const before = await contents(store);
  const ack = await forgeSubmit(park, { callbackId: 'form.submit', metadata: { draft: id, step: '8' } });
  expect(ackText(ack)).toContain('작성을 돕는 사람은 제출할 수 없습니다');
  expect(await contents(store)).toEqual(before);

  const typed = (value: string) => ({ 'form.value': { type: 'plain_text_input', value } });
  const values = { name: typed('박수진'), mobile: typed('010-0000-0000') };
  await forgeSubmit(park, { callbackId: 'form.step', metadata: { draft: id, step: '2' }, values });
  expect((await draft()).answers).toMatchObject({ name: '김보람', mobile: '010-1234-5678' });

  await lee.openHome();
  await lee.press('이용신청서 작성');
  await openedModal(lee);
  const other = await store.db.draft.findFirstOrThrow({ where: { id: { not: id } } });
  const refusal = await forgeSubmit(park, {
    callbackId: 'form.step',
    metadata: { draft: other.id, step: '3' },
  });
  expect(ackText(refusal)).toContain('이미 제출했거나 삭제한');
  await refused(park, () => forgeClick(park, 'draft.open', id), '본인이 작성하는 신청서만');
  await refused(lee, async () => forgeClick(lee, 'helper.open', (await row()).id), '작성 도움이 끝났습니다');
  await refused(
    lee,
    async () => forgeClick(lee, 'helper.end', (await row()).id),
    '본인이 요청한 작성 도움만',
  );
  await closeAll(lee);
  await store.db.draft.delete({ where: { id: other.id } });
  await store.db.draft.update({ where: { id }, data: { step: 8 } }); // where the forged step has not led it
});

test('the official is told that it is filled, reads it and submits', async () => {
  const { kim, park } = stage;
  await forgeClick(park, 'helper.open', (await row()).id);
  await openedModal(park);
  await park.press('작성 완료 알림', { in: 'modal' });
  await kim.waitFor('작성을 마쳤다고 알려 왔습니다');
  await kim.press('확인하고 제출', { in: ({ text }) => text.includes('작성을 마쳤다고') });
  expect(await openedModal(kim)).toContain('입력한 내용을 확인하십시오'); // nothing is left
  await next(kim);
  expect(await filing()).toMatchObject({ state: 'SUBMITTED', title: '행정안전부 민원관리시스템' });
  expect(await row()).toMatchObject({ draftId: null, filingId: (await filing()).id, endedAt: null });
  await refused(park, async () => forgeClick(park, 'helper.open', (await row()).id), '검토 중입니다');
  await refused(
    park,
    async () => forgeClick(park, 'filing.withdraw', (await filing()).id),
    '본인이 제출한 신청만',
  );
  await refused(
    park,
    async () => forgeClick(park, 'filing.detail', (await filing()).id),
    '본인이 제출한 신청만',
  );
});

const ENDED = '작성 도움이 끝났습니다';
const toldOfEnd = async () => (await stage.park.dm()).filter(({ text }) => text.includes(ENDED)).length;

test('a 반려 ends it; taken back, it goes on, and the helper is told both', async () => {
  const { park, officer } = stage;
  await officer.press('반려', { in: card('이용신청 검토중') });
  await officer.fill('반려 사유', '다른 기관의 시스템입니다.');
  await next(officer);
  await park.waitFor(ENDED);
  expect((await row()).endedAt).not.toBeNull();
  await officer.press('되돌리기', { in: 'modal' });
  await officer.waitFor(async () => (await officer.modalText()).includes('되돌렸습니다'));
  await park.waitFor('작성 도움이 끝났다는 안내를 취소합니다: 이용신청서');
  expect(await row()).toMatchObject({ endedAt: null, endedBy: null });
  expect(await trail('helper.resume')).toBe(1);
  expect(await toldOfEnd()).toBe(1);
});

test('helps with what is sent back, and with nothing once it is approved', async () => {
  const { kim, park, officer } = stage;
  await officer.press('보완요청', { in: card('이용신청 검토중') });
  await officer.fill('보완요청 사유', '구성도를 다시 올리십시오.');
  await next(officer);
  await closeAll(officer);
  await kim.waitFor('구성도를 다시 올리십시오');
  await park.openHome();
  await park.press('열기', { in: 'home' });
  await openedModal(park);
  await fillAll(park, { 업무내용: '민원 접수와 통계' });
  await next(park);
  await closeAll(park);
  await kim.openHome();
  expect(await kim.homeText()).toContain('작성 도움 요청');
  await forgeClick(kim, 'filing.resubmit', (await filing()).id);
  await openedModal(kim);
  while ((await kim.modalText()).includes('단계 가운데')) await next(kim);
  expect(await kim.modalText()).toContain('민원 접수와 통계');
  await next(kim);
  await closeAll(kim);
  await officer.press('승인', { in: card('이용신청 검토중') });
  await park.waitFor(async () => (await toldOfEnd()) === 2);
  expect((await row()).endedAt).not.toBeNull();
  await refused(
    park,
    async () => forgeClick(park, 'helper.open', (await row()).id),
    '작성 도움이 끝났습니다',
  );
  await park.openHome();
  expect(await park.homeText()).not.toContain('작성 도움');
});

test('the official ends it when they like', async () => {
  const { kim, park } = stage;
  await kim.openHome();
  await kim.press('이용신청서 작성');
  await agree(kim);
  await closeAll(kim);
  await ask(kim, '박수진');
  await next(kim);
  await closeAll(kim);
  await kim.press('작성 도움 요청', { in: 'home' });
  await openedModal(kim);
  await kim.press('그만두게 하기', { in: 'modal' });
  await kim.waitFor(async () => (await kim.modalText()).includes('작성 도움을 끝냈습니다'));
  await refused(
    park,
    async () => forgeClick(park, 'helper.open', (await row()).id),
    '작성 도움이 끝났습니다',
  );
  const { id } = await draft();
  const ack = await forgeSubmit(park, { callbackId: 'form.step', metadata: { draft: id, step: '3' } });
  expect(ackText(ack)).toContain('이미 제출했거나 삭제한');
});
