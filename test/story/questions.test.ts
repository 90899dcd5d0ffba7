import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Person, SeenMessage } from '../../src/sandbox/person.ts';
import { messageText } from '../../src/sandbox/visible-text.ts';
import { pdf } from '../answers.ts';
import { closeAll, fillAll, next, openedModal } from './acts.ts';
import { forgeClick, forgeSubmit } from './forge.ts';
import { DESK_CHANNEL, type Stage, setStage } from './stage.ts';

/** Q&A 문의: asked in a window, answered in the officers' thread, gone on with in the asker's. */
let stage: Stage;
beforeAll(async () => {
  stage = await setStage({ deskGuests: ['U0LEE000001'] });
});
afterAll(() => stage?.close());

const TITLE = '적용 후 1103 오류';
const TEXT = '10.10.1.21 서버에서 <!channel> *1103* 오류가 납니다. 연락처 010-1234-5678';

/** Asks from the home. */
async function ask(person: Person, title = TITLE, text = TEXT, file?: ReturnType<typeof pdf>): Promise<void> {
  await person.openHome();
  await person.press('Q&A 문의', { in: 'home' });
  await openedModal(person);
  await fillAll(person, { 제목: title, '문의 내용': text, ...(file ? { 첨부파일: file } : {}) });
  await next(person);
  expect(await person.modalText()).toContain('문의를 보냈습니다');
  await closeAll(person);
}

const cardOf = (title: string) => (message: { text: string; channel: string }) =>
  message.channel === DESK_CHANNEL && message.text.includes(`: ${title} (`);

function deskCard(title = TITLE): Promise<SeenMessage> {
  const { officer } = stage;
  return officer.waitFor(async () => (await officer.messages(DESK_CHANNEL)).find(cardOf(title)));
}

const thread = (root: SeenMessage) => stage.officer.messages(DESK_CHANNEL, root.ts);

/** Messages to this person that hold the text. */
const received = async (person: Person, text: string) =>
  (await person.dm()).filter((message) => messageText(message).includes(text));

const standing = async (title = TITLE) =>
  (await stage.store.db.question.findFirstOrThrow({ where: { title } })).state;

describe('from the question to its end', () => {
  test('anybody may ask; what is missing is said at the field', async () => {
    const { park } = stage;
    await park.openHome();
    await park.press('Q&A 문의', { in: 'home' });
    await openedModal(park);
    await fillAll(park, {
      제목: TITLE,
      '문의 내용': TEXT,
      첨부파일: { name: 'a.zip', bytes: Buffer.from('PK\u0003\u0004') },
    });
    expect(await park.submit()).toBe('errors');
    expect(park.errors().첨부파일).toContain('압축 파일(zip)');
    await park.fill('첨부파일', pdf('화면.pdf'));
    await next(park);
    await closeAll(park);
    await park.openHome();
    await park.press('내 문의', { in: 'home' });
    expect(await openedModal(park)).toContain('답변 대기');
    await closeAll(park);
  });

  test('the officers read it with a masked name, nothing formatted, numbers and addresses hidden', async () => {
    const root = await deskCard();
    const text = messageText(root);
    expect(text).toContain('박*진');
    expect(text).toContain('<!channel> *1103*');
    for (const hidden of ['박수진', '10.10.1.21', '010-1234-5678'])
      expect(JSON.stringify(root)).not.toContain(hidden);
    expect(text).toContain('첨부파일 1개');
    await stage.bot.idle();
    expect(JSON.stringify(await thread(root))).not.toContain('화면.pdf');
  });

  test('the whole of it stands in a window, and looking is recorded', async () => {
    const { officer, store } = stage;
    await officer.press('전체 보기', { in: cardOf(TITLE) });
    expect(await openedModal(officer)).toContain('010-1234-5678');
    await officer.press('받기', { in: 'modal' });
    await officer.waitFor(async () => JSON.stringify(await officer.dm()).includes('화면.pdf'));
    await closeAll(officer);
    const [look] = await store.db.audit.findMany({ where: { action: 'question.read' } });
    expect(look?.person).toBe((await store.db.question.findFirstOrThrow()).askerId);
  });

  test('talk between officers stays between them', async () => {
    const { officer, park } = stage;
    const root = await deskCard();
    await officer.say(DESK_CHANNEL, '// 이건 누가 볼까요?', [], root.ts);
    await officer.say(DESK_CHANNEL, '@정승인 확인 부탁드려요', [], root.ts);
    await stage.bot.idle();
    expect(await received(park, '누가 볼까요')).toEqual([]);
    expect(await received(park, '확인 부탁')).toEqual([]);
    expect(await standing()).toBe('OPEN');
  });

  test('what an officer writes in the thread is the answer; the file comes with it', async () => {
    const { officer, park } = stage;
    const root = await deskCard();
    await officer.say(
      DESK_CHANNEL,
      '임시라이선스가 만료되었습니다. <b>적용결과표</b>를 제출하십시오.',
      [pdf('안내.pdf')],
      root.ts,
    );
    const answer = await park.waitFor('임시라이선스가 만료되었습니다');
    expect(messageText(answer)).toContain('<b>적용결과표</b>');
    const file = await park.waitFor(async () => (await park.dm()).find(({ files }) => files));
    const [given] = file.files as { id: string }[];
    expect((await park.download(given?.id ?? '')).toString()).toContain('%PDF-1.4');
    expect(await standing()).toBe('ANSWERED');
    await stage.officer.waitFor(async () => messageText(await deskCard()).includes('답변 완료'));
  });

  test('an answer that is told of twice is given once', async () => {
    const { officer, park, store } = stage;
    const root = await deskCard();
    const ts = await officer.say(DESK_CHANNEL, '한 번만 전달될 답변', [], root.ts);
    await park.waitFor('한 번만 전달될 답변');
    const tell = (text: string, at: string) =>
      officer.raw('events_api', {
        type: 'message',
        channel: DESK_CHANNEL,
        channel_type: 'group',
        user: officer.userId,
        text,
        ts: at,
        event_ts: at,
        thread_ts: root.ts,
      });
    for (let times = 0; times < 2; times++) await tell('한 번만 전달될 답변', ts);
    // Told in the same way, something new is given: what was told of twice had been heard.
    await tell('다음 답변', `${Number(ts.split('.')[0]) + 1}.000100`);
    await park.waitFor('다음 답변');
    await stage.bot.idle();
    expect(await received(park, '한 번만 전달될 답변')).toHaveLength(1);
    expect(await store.db.questionEntry.count({ where: { ts } })).toBe(1);
  });

  test('an edited answer changes with the asker, a deleted one is taken back', async () => {
    const { officer, park } = stage;
    const root = await deskCard();
    const ts = await officer.say(DESK_CHANNEL, '틀린 답변', [pdf('틀린.pdf')], root.ts);
    await park.waitFor('틀린 답변');
    await park.waitFor(async () =>
      (await park.dm()).some((m) => JSON.stringify(m.files ?? '').includes('틀린.pdf')),
    );
    await officer.edit(DESK_CHANNEL, ts, '바른 답변');
    await park.waitFor('바른 답변');
    expect(await received(park, '틀린 답변')).toEqual([]);
    await officer.erase(DESK_CHANNEL, ts);
    await park.waitFor('관리자가 답변을 거두었습니다');
    await park.waitFor(async () => !JSON.stringify(await park.dm()).includes('틀린.pdf'));
    expect(await received(park, '바른 답변')).toEqual([]);
  });

  test.each([
    ['deleted', 'message_deleted', ''],
    ['edited into a note', 'message_changed', '// 아직 아님'],
  ])('an answer that was %s before it was added is not given', async (what, subtype, text) => {
    const { officer, park, store } = stage;
    const root = await deskCard();
    const second = Math.floor(stage.clock.now().getTime() / 1000);
    const at = (after: number) => `${second + after}.000${text.length}00`;
    const said = (words: string, ts: string) => ({
      type: 'message',
      user: officer.userId,
      text: words,
      ts,
      thread_ts: root.ts,
    });
    const where = { type: 'message', channel: DESK_CHANNEL, channel_type: 'group' };
    const original = said(`서두른 답변 (${what})`, at(1));
    const edited = { ...original, text, edited: { user: officer.userId, ts: at(2) } };
    await officer.raw('events_api', {
      ...where,
      subtype,
      ts: at(2),
      event_ts: at(2),
      previous_message: original,
      ...(text ? { message: edited } : { deleted_ts: original.ts }),
    });
    await officer.waitFor(() => store.db.questionEntry.count({ where: { ts: original.ts } }));
    await officer.raw('events_api', { ...where, ...original, event_ts: original.ts });
    const next = said(`그다음 답변 (${what})`, at(3));
    await officer.raw('events_api', { ...where, ...next, event_ts: next.ts });
    await park.waitFor(next.text);
    await stage.bot.idle();
    expect(await received(park, original.text)).toEqual([]);
    await forgeClick(park, 'question.read', (await store.db.question.findFirstOrThrow()).id);
    expect((await openedModal(park)).split('거둔 글입니다')).toHaveLength(2); // the one of the test before
    await closeAll(park);
  });

  test('a note that is edited into an answer goes out, and back', async () => {
    const { officer, park } = stage;
    const root = await deskCard();
    const ts = await officer.say(DESK_CHANNEL, '// 초안', [], root.ts);
    await officer.edit(DESK_CHANNEL, ts, '다듬은 답변');
    await park.waitFor('다듬은 답변');
    await officer.edit(DESK_CHANNEL, ts, '// 다시 볼 것');
    await park.waitFor(async () => (await received(park, '다듬은 답변')).length === 0);
  });

  test('a reply in the conversation with the bot goes into the thread, with numbers hidden, and opens it again', async () => {
    const { officer, park } = stage;
    const [answer] = await received(park, '임시라이선스가 만료되었습니다');
    await park.say('dm', '10.10.1.21 도 같나요?', [pdf('추가.pdf')], answer?.ts);
    const root = await deskCard();
    const reply = await officer.waitFor(async () =>
      (await thread(root)).find((m) => messageText(m).includes('같나요?')),
    );
    expect(messageText(reply)).toContain('추가 질문: 박*진');
    expect(JSON.stringify(reply)).not.toContain('10.10.1.21');
    expect(messageText(reply)).toContain('첨부파일 1개');
    await stage.bot.idle();
    expect(JSON.stringify(await thread(root))).not.toContain('추가.pdf');
    expect(await standing()).toBe('OPEN');
    expect((await received(park, '보급봇 사용법')).length).toBe(0);
  });

  test('solved: the asker closes it, asks again, and it is open again', async () => {
    const { park } = stage;
    await park.press('해결됨', { in: ({ text }) => text.includes('답변이 도착했습니다') });
    await openedModal(park);
    await closeAll(park);
    expect(await standing()).toBe('CLOSED');
    await park.press('해결됨', { in: ({ text }) => text.includes('답변이 도착했습니다') });
    expect(await openedModal(park)).toContain('이미 종료된 문의입니다');
    await closeAll(park);
    await park.press('추가 질문', { in: ({ text }) => text.includes('답변이 도착했습니다') });
    await openedModal(park);
    await park.fill('추가 질문', '하나만 더 묻겠습니다');
    await next(park);
    await closeAll(park);
    const root = await deskCard();
    await stage.officer.waitFor(async () =>
      (await thread(root)).some((m) => messageText(m).includes('하나만 더')),
    );
    expect(await standing()).toBe('OPEN');
  });

  test('handed on to another officer, who answers in a window and closes it', async () => {
    const { officer, officer2, park } = stage;
    await officer.press('담당 넘기기', { in: cardOf(TITLE) });
    await openedModal(officer);
    await expect(officer.fill('새 담당자', '박수진')).rejects.toThrow(); // officers alone are offered
    await officer.fill('새 담당자', '정승인');
    await next(officer);
    await closeAll(officer);
    await officer2.waitFor('Q&A 문의 담당이 되었습니다');
    await officer2.press('답변하기', { in: ({ text }) => text.includes('담당이 되었습니다') });
    await openedModal(officer2);
    await officer2.fill('답변', '마지막 답변입니다');
    await next(officer2);
    await closeAll(officer2);
    await park.waitFor('마지막 답변입니다');
    await officer2.press('종료', { in: cardOf(TITLE) });
    await closeAll(officer2);
    await park.waitFor('관리자가 문의를 종료했습니다');
    expect(await standing()).toBe('CLOSED');
  });
});

describe('numbers and addresses in a title', () => {
  test('stay out of the channel and of receipts, and stand in the window', async () => {
    const { park, officer } = stage;
    await ask(park, '10.10.1.21 접속 불가, 010-1234-5678', '열리지 않습니다');
    const posted = ({ text, channel }: { text: string; channel: string }) =>
      channel === DESK_CHANNEL && text.includes('접속 불가');
    const root = await officer.waitFor(async () => (await officer.messages(DESK_CHANNEL)).find(posted));
    expect(messageText(root)).toContain('10.***.***.21 접속 불가, 010-1234-****');
    await officer.say(DESK_CHANNEL, '방화벽을 확인하십시오', [pdf('방화벽.pdf')], root.ts);
    const given = await park.waitFor('방화벽을 확인하십시오');
    expect(messageText(given)).toContain('10.10.1.21 접속 불가'); // the asker's own words
    await park.say('dm', '확인했습니다', [], given.ts);
    await officer.waitFor(async () => JSON.stringify(await thread(root)).includes('확인했습니다'));
    await forgeClick(officer, 'questions.queue');
    expect(await openedModal(officer)).toContain('10.***.***.21 접속 불가');
    await closeAll(officer);
    await stage.bot.idle();
    const inChannel = JSON.stringify([await officer.messages(DESK_CHANNEL), await thread(root)]);
    for (const hidden of ['10.10.1.21', '010-1234-5678']) expect(inChannel).not.toContain(hidden);
    await officer.press('전체 보기', { in: posted });
    expect(await openedModal(officer)).toContain('10.10.1.21 접속 불가, 010-1234-5678');
    await closeAll(officer);
    await officer.press('담당 넘기기', { in: posted });
    await openedModal(officer);
    await officer.fill('새 담당자', '정승인');
    await next(officer);
    expect(await officer.modalText()).toContain('10.***.***.21 접속 불가, 010-1234-****');
    await closeAll(officer);
    await officer.press('종료', { in: posted });
    expect(await openedModal(officer)).toContain('10.***.***.21 접속 불가, 010-1234-****');
    await closeAll(officer);
  });
});

describe('who may do what', () => {
  test('somebody in the channel who is no officer cannot answer, and only they read so', async () => {
    const { lee, officer, park } = stage;
    const root = await deskCard();
    await lee.say(DESK_CHANNEL, '제가 답하겠습니다', [], root.ts);
    await lee.waitFor(async () =>
      (await lee.messages(DESK_CHANNEL, root.ts)).some(
        (m) => m.ephemeral && m.text.includes('표준API 관리자만 답변'),
      ),
    );
    expect(JSON.stringify(await thread(root))).not.toContain('표준API 관리자만 답변');
    expect(await received(park, '제가 답하겠습니다')).toEqual([]);
    expect(officer.userId).not.toBe(lee.userId);
  });

  test('an officer whose role ended neither answers nor edits', async () => {
    const { officer2, store, park } = stage;
    const root = await deskCard();
    const ts = await officer2.say(DESK_CHANNEL, '아직 관리자의 답변', [], root.ts);
    await park.waitFor('아직 관리자의 답변');
    const { id } = await store.db.person.findFirstOrThrow({ where: { slackId: officer2.userId } });
    const grant = await store.db.grant.findFirstOrThrow({ where: { personId: id, endedAt: null } });
    await store.db.grant.update({ where: { id: grant.id }, data: { endedAt: stage.clock.now() } });
    await officer2.edit(DESK_CHANNEL, ts, '바꿔치기한 답변');
    await officer2.say(DESK_CHANNEL, '권한 없는 답변', [], root.ts);
    await stage.bot.idle();
    expect(await received(park, '바꿔치기한')).toEqual([]);
    expect(await received(park, '권한 없는 답변')).toEqual([]);
    await store.db.grant.update({ where: { id: grant.id }, data: { endedAt: null } });
  });

  test.each([
    'question.read',
    'question.answer',
    'question.handOn',
    'question.close',
    'question.followUp',
    'questions.queue',
  ])('another official is refused %s', async (action) => {
    const { kim, store } = stage;
    const { id, state } = await store.db.question.findFirstOrThrow({ where: { title: TITLE } });
    await forgeClick(kim, action, id);
    expect(await openedModal(kim)).toMatch(/만 (볼|답변|담당을|종료|이어서)/);
    await closeAll(kim);
    expect(await standing()).toBe(state);
  });

  test('forged windows change nothing', async () => {
    const { kim, store } = stage;
    const { id } = await store.db.question.findFirstOrThrow({ where: { title: TITLE } });
    const entries = await store.db.questionEntry.count();
    const values = {
      text: { 'form.value': { type: 'plain_text_input', value: '위조' } },
      file: { 'form.value': { type: 'file_input', files: [] } },
    };
    for (const callbackId of ['question.answer', 'question.followUp']) {
      const { body } = await forgeSubmit(kim, { callbackId, metadata: { question: id }, values });
      expect(JSON.stringify(body)).toContain('처리하지 않았습니다');
    }
    expect(await store.db.questionEntry.count()).toBe(entries);
  });
});

test('a button may bring the text along', async () => {
  const { kim } = stage;
  await forgeClick(kim, 'questions.ask', 'ERR_LICENSE_EXPIRED 1103');
  await openedModal(kim);
  await kim.fill('제목', '오류 코드 문의');
  await next(kim);
  await closeAll(kim);
  expect(messageText(await deskCard('오류 코드 문의'))).toContain('ERR_LICENSE_EXPIRED 1103');
});

test('an answer written while the bot was starting again is given once', async () => {
  const { kim, officer } = stage;
  await ask(kim, '재시작 문의', '본문');
  const root = await deskCard('재시작 문의');
  await officer.press('답변하기', { in: cardOf('재시작 문의') });
  await openedModal(officer);
  await officer.fill('답변', '재시작 답변');
  await next(officer);
  await closeAll(officer);
  await kim.waitFor('재시작 답변');
  await officer.waitFor(async () => (await thread(root)).some((m) => messageText(m).includes('재시작 답변')));
  await stage.bot.idle();
  // As after a crash: sent, and not written down.
  await stage.restartBot(async () => {
    await stage.store.db.outbox.updateMany({
      where: { key: { startsWith: 'question.entry:' } },
      data: { state: 'CLAIMED', attempts: 1, dueAt: stage.clock.now() },
    });
  });
  await stage.bot.idle();
  expect(await received(kim, '재시작 답변')).toHaveLength(1);
  const inThread = (await thread(root)).filter(
    (m) => m.ts !== root.ts && messageText(m).includes('재시작 답변'),
  );
  expect(inThread.map((m) => [m.ts, messageText(m)])).toHaveLength(1);
  // Written in the same instant of the stage's clock: the card still begins with the question.
  expect(messageText(await deskCard('재시작 문의'))).toContain('본문');
});
