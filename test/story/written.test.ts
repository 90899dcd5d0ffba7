import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Person } from '../../src/sandbox/person.ts';
import { messageText } from '../../src/sandbox/visible-text.ts';
import { forgetHeard } from '../../src/store/heard.ts';
import { becomeUser, closeAll, openedModal } from './acts.ts';
import { DESK_CHANNEL, type Stage, setStage } from './stage.ts';

/** What people write to the bot reaches it in the shapes that Slack gives it: marked up, as a file, broadcast, twice. */
let stage: Stage;
beforeAll(async () => {
  stage = await setStage();
  await becomeUser(stage, stage.kim, '김보람');
});
afterAll(() => stage?.close());

const KIM = 'U0KIM000001';
let last = 1_900_000_000;
const newTs = () => {
  last += 1;
  return `${last}.000100`;
};

const answers = async (person: Person) => (await person.dm()).filter(({ user }) => user !== KIM);

/** Delivers a message of Kim as Slack does, and what the bot says to it. */
async function hears(event: { text: string; ts?: string } & Record<string, unknown>): Promise<string> {
  const { kim } = stage;
  const before = (await answers(kim)).length;
  const [{ channel } = { channel: '' }] = await kim.dm();
  const message = { type: 'message', channel, channel_type: 'im', user: KIM, ts: newTs(), ...event };
  await kim.raw('events_api', { ...message, event_ts: message.ts });
  const answer = await kim.waitFor(async () => (await answers(kim))[before]);
  return messageText(answer);
}

test('a marked up address goes into the question as it was typed', async () => {
  const { kim } = stage;
  await hears({ text: '쿠쿠쿠 <mailto:hong@korea.kr|hong@korea.kr>, <http://a.go.kr|a.go.kr> &lt;b&gt;' });
  await kim.press('이 내용으로 Q&A 문의');
  await openedModal(kim);
  expect(JSON.stringify(await kim.modal())).toContain('쿠쿠쿠 hong@korea.kr, a.go.kr <b>');
  await closeAll(kim);
});

test('what is also sent to the conversation is a message; what the messenger notes is none', async () => {
  const { kim } = stage;
  const said = await hears({
    text: '1103 오류',
    subtype: 'thread_broadcast',
    thread_ts: '1900000000.000100',
  });
  expect(said).toContain('1103');
  const before = (await answers(kim)).length;
  const [{ channel } = { channel: '' }] = await kim.dm();
  await kim.raw('events_api', {
    type: 'message',
    subtype: 'message_changed',
    channel,
    channel_type: 'im',
    message: { user: KIM, text: '1103 오류', ts: '1900000000.000100' },
    ts: newTs(),
  });
  await hears({ text: '1105 오류' });
  expect(await answers(kim)).toHaveLength(before + 1);
});

test('delivered twice it is answered once, and that is kept with everything else', async () => {
  const { kim, store } = stage;
  const ts = newTs();
  expect(await hears({ text: '1103 오류', ts })).toContain('1103');
  const before = (await answers(kim)).length;
  const [{ channel } = { channel: '' }] = await kim.dm();
  await kim.raw('events_api', {
    type: 'message',
    channel,
    channel_type: 'im',
    user: KIM,
    ts,
    text: '1103 오류',
  });
  expect(await hears({ text: '1105 오류' })).toContain('1105');
  expect(await answers(kim)).toHaveLength(before + 1);
  expect(await store.db.heardMessage.count({ where: { ts } })).toBe(1);
});

test('that a message was heard is forgotten when it cannot come again', async () => {
  const { db } = stage.store;
  await db.heardMessage.createMany({
    data: [
      { channel: 'D1', ts: '1.1', at: new Date('2026-11-01T00:00:00Z') },
      { channel: 'D1', ts: '1.2', at: new Date('2026-11-20T00:00:00Z') },
    ],
  });
  await forgetHeard(db, new Date('2026-11-21T03:00:00Z'));
  expect(await db.heardMessage.findMany({ where: { channel: 'D1' } })).toMatchObject([{ ts: '1.2' }]);
});

test('a long text that became a file is read as the message', async () => {
  const { kim } = stage;
  const before = (await answers(kim)).length;
  const trace = `GpkiApiException: [1105]\n${'\tat a.b.c\n'.repeat(900)}`;
  await kim.say('dm', '', [{ name: '제목 없음.txt', bytes: Buffer.from(trace) }]);
  const answer = await kim.waitFor(async () => (await answers(kim))[before]);
  expect(messageText(answer)).toContain('1105');
});

test('a file that is no licence is told where it belongs, beside what its text asks', async () => {
  const { kim } = stage;
  const drop = async (text: string, name: string, bytes: Buffer) => {
    const before = (await answers(kim)).length;
    await kim.say('dm', text, [{ name, bytes }]);
    return messageText(await kim.waitFor(async () => (await answers(kim))[before]));
  };
  const letter = Buffer.from('%PDF-1.7\n%\u00e2\n', 'latin1');
  const told = await drop('', '공문.pdf', letter);
  expect(told).toContain('신청서의 첨부파일 칸에 올리십시오');
  expect(told).toContain('이 대화방에 올린 파일은 접수되지 않습니다.');
  const asked = await drop('라이선스 다시 받고 싶어요', '공문.pdf', letter);
  expect(asked).toContain('신청서의 첨부파일 칸에 올리십시오');
  expect(asked.length).toBeGreaterThan((await drop('', '공문.pdf', letter)).length);
  expect(await drop('', '공문.hwp', Buffer.from(`SCDSA002${'\0'.repeat(99)}`))).toContain(
    '문서보안(DRM)을 해제한 뒤',
  );
  expect(await drop('', 'gpkiapi.lic', Buffer.from(`SCDSA002${'\0'.repeat(99)}`))).toContain(
    '문서보안(DRM)을 해제한 뒤',
  );
  expect(await drop('', 'SVR1741000001.cer', Buffer.from([0x30, 3, 2, 1, 5]))).toContain(
    '서버용 인증서 등록',
  );
  expect(await drop('', '화면.zip', Buffer.from('PK\u0003\u0004', 'latin1'))).toContain(
    '라이선스가 아닙니다',
  );
});

test('officers find whom they mention, once for each mention', async () => {
  const { officer } = stage;
  const event = { type: 'app_mention', channel: DESK_CHANNEL, user: officer.userId, ts: newTs() };
  const found = async () =>
    (await officer.messages(DESK_CHANNEL)).filter((one) => messageText(one).includes('찾은 결과'));
  const text = `<@U0BOGEUPBOT> <@${KIM}>`;
  await officer.raw('events_api', { ...event, text });
  const [first] = await officer.waitFor(async () => ((await found()).length > 0 ? found() : null));
  expect(first && messageText(first)).toContain('김*람');
  await officer.raw('events_api', { ...event, text });
  await officer.raw('events_api', { ...event, text, ts: newTs() });
  await officer.waitFor(async () => (await found()).length >= 2);
  expect(await found()).toHaveLength(2);
});
