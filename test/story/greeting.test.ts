import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Person } from '../../src/sandbox/person.ts';
import { messageText } from '../../src/sandbox/visible-text.ts';
import { register } from './acts.ts';
import { DESK_CHANNEL, type Stage, setStage } from './stage.ts';

/** What the bot says before anybody has written to it. */
let stage: Stage;
beforeAll(async () => {
  stage = await setStage();
});
afterAll(() => stage?.close());

const openMessages = (person: Person) =>
  person.raw('events_api', {
    type: 'app_home_opened',
    user: person.userId,
    channel: 'D0',
    tab: 'messages',
    event_ts: '1.1',
  });
const greetings = async (person: Person) =>
  (await person.dm()).filter((message) => messageText(message).includes('신청하고 받는 보급봇입니다'));

test('the first opening of 메시지 is greeted with what can be done, a second one is not', async () => {
  const { kim, bot } = stage;
  await openMessages(kim);
  await kim.waitFor(async () => (await greetings(kim))[0]);
  const [greeting] = await greetings(kim);
  expect(greeting && messageText(greeting)).toContain('사용자 등록');
  await openMessages(kim);
  await bot.idle();
  expect(await greetings(kim)).toHaveLength(1);
});

test('who has been written to needs no greeting', async () => {
  const { lee, officer, bot } = stage;
  await register(lee, '이정훈');
  await officer.press('승인', { in: ({ text }) => text.includes('사용자 등록 검토중') });
  await lee.waitFor('사용자 등록이 승인되었습니다');
  await openMessages(lee);
  await bot.idle();
  expect(await greetings(lee)).toEqual([]);
});

test('invited to a channel, it says what the channel is for; of others’ coming it says nothing', async () => {
  const { officer, bot } = stage;
  const joined = (user: string) =>
    officer.raw('events_api', {
      type: 'member_joined_channel',
      user,
      channel: DESK_CHANNEL,
      channel_type: 'G',
    });
  await joined(officer.userId);
  await joined('U0BOGEUPBOT');
  await officer.waitFor(async () =>
    (await officer.messages(DESK_CHANNEL)).some((one) =>
      messageText(one).includes('관리자 채널에 들어왔습니다'),
    ),
  );
  await bot.idle();
  const said = (await officer.messages(DESK_CHANNEL)).filter((one) =>
    messageText(one).includes('들어왔습니다'),
  );
  expect(said).toHaveLength(1);
});
