import { afterAll, beforeAll, expect, test } from 'vitest';
import { becomeUser, closeAll, next, openedModal } from './acts.ts';
import { DESK_CHANNEL, type Stage, setStage } from './stage.ts';

/** What stands in Slack's own menus: 신청 beside every message box, and Q&A로 보내기 on a message. */
let stage: Stage;
beforeAll(async () => {
  stage = await setStage();
});
afterAll(() => stage?.close());

test('신청: registration at first, the application afterwards', async () => {
  const { kim } = stage;
  await kim.shortcut('begin.application');
  expect(await openedModal(kim)).toContain('사용자 등록');
  await closeAll(kim);
  await becomeUser(stage, kim, '김보람');
  await kim.shortcut('begin.application');
  expect(await openedModal(kim)).toContain('약관 동의');
  await closeAll(kim);
});

test('Q&A로 보내기: the message is in the form, to be changed before it goes', async () => {
  const { kim, store } = stage;
  await kim.say('dm', '라이선스 적용 후 1103 오류가 <납니다> & 멈춥니다');
  const said = await kim.waitFor(async () => (await kim.dm()).find(({ text }) => text.includes('1103')));
  await kim.shortcut('begin.question', { channel: 'dm', ts: said.ts });
  await openedModal(kim);
  await kim.fill('제목', '1103 오류');
  await next(kim);
  await closeAll(kim);
  const entry = await store.db.questionEntry.findFirstOrThrow();
  expect(entry.text).toBe('라이선스 적용 후 1103 오류가 <납니다> & 멈춥니다');
});

test('a message that one cannot see is not sent on', async () => {
  const { kim, officer } = stage;
  const ts = await officer.say(DESK_CHANNEL, '관리자끼리 하는 말').then(async () => {
    const found = await officer.waitFor(async () =>
      (await officer.messages(DESK_CHANNEL)).find(({ text }) => text.includes('관리자끼리')),
    );
    return found.ts;
  });
  await expect(kim.shortcut('begin.question', { channel: DESK_CHANNEL, ts })).rejects.toThrow();
});
