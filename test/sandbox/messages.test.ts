import type { App } from '@slack/bolt';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { messageText } from '../../src/sandbox/visible-text.ts';
import { call, client } from './api-client.ts';
import { BOT, OFFICER, OFFICIAL, OUTSIDER, plain, type Running, run } from './bolt-app.ts';

const DESK = 'C0DESK00001';
const ALL = 'C0ALL000001';
const actions: Record<string, unknown>[] = [];
const heard: Record<string, unknown>[] = [];

function button(actionId: string, label: string) {
  return { type: 'button' as const, action_id: actionId, text: plain(label), value: '17' };
}

function listen(app: App): void {
  app.action('approve', async ({ ack, body, client, respond }) => {
    actions.push(body as unknown as Record<string, unknown>);
    await ack();
    if (body.type !== 'block_actions' || !body.channel || !body.message) return;
    const blocks = [{ type: 'section' as const, text: plain('승인완료') }];
    await client.chat.update({ channel: body.channel.id, ts: body.message.ts, text: '승인완료', blocks });
    await respond('처리했습니다.');
  });
  app.action('dismiss', async ({ ack, body, respond }) => {
    actions.push(body as unknown as Record<string, unknown>);
    await ack();
    await respond({ replace_original: true, text: '닫았습니다.' });
  });
  app.command('/bogeup', async ({ ack, command, client }) => {
    if (command.text === '조용히') return ack();
    if (command.text === '잘못') return ack({ text: '' });
    await ack(`명령: ${command.text}`);
    await client.chat.postEphemeral({ channel: command.channel_id, user: command.user_id, text: '귓속말' });
  });
  app.message(async ({ message }) => {
    heard.push(message as unknown as Record<string, unknown>);
  });
  app.event('app_mention', async ({ event }) => {
    heard.push(event as unknown as Record<string, unknown>);
  });
}

describe('messages through a real Bolt app', () => {
  let running: Running;
  beforeAll(async () => {
    running = await run(listen);
  });
  afterAll(() => running.stop());

  it('posts a card, takes the click, updates the card and answers the clicker alone', async () => {
    const { workspace } = running;
    const lee = workspace.person(OFFICER);
    const posted = await client(workspace).chat.postMessage({
      channel: DESK,
      text: '새 신청',
      blocks: [{ type: 'actions', elements: [button('approve', '승인')] }],
      metadata: { event_type: 'outbox', event_payload: { id: '7' } },
    });
    await lee.press('승인', { in: (message) => message.text === '새 신청' });
    await lee.waitFor('처리했습니다.');
    const [card, reply] = await lee.messages(DESK);
    expect(card).toMatchObject({ ts: posted.ts, text: '승인완료', edited: true, bot_id: 'B0LOCAL0001' });
    expect(messageText(card ?? {})).toBe('승인완료');
    expect(reply).toMatchObject({ text: '처리했습니다.', ephemeral: true });
    expect(actions.at(-1)).toMatchObject({
      container: { type: 'message', channel_id: DESK, message_ts: posted.ts, is_ephemeral: false },
      channel: { id: DESK, name: 'privategroup' },
      actions: [{ action_id: 'approve', value: '17', type: 'button' }],
    });
    const history = await client(workspace).conversations.history({
      channel: DESK,
      include_all_metadata: true,
    });
    expect(history.messages).toHaveLength(1);
    expect(history.messages?.[0]?.metadata).toEqual({ event_type: 'outbox', event_payload: { id: '7' } });
    const without = await client(workspace).conversations.history({ channel: DESK });
    expect(without.messages?.[0]?.metadata).toBeUndefined();
  });

  it('shows an ephemeral message to its person only, hides it from the app, replaces it by response_url', async () => {
    const { workspace } = running;
    const api = client(workspace);
    const { message_ts: ts } = await api.chat.postEphemeral({
      channel: ALL,
      user: OFFICIAL,
      text: '당신만',
      blocks: [{ type: 'actions', elements: [button('dismiss', '닫기')] }],
    });
    expect(await workspace.person(OFFICER).messages(ALL)).toEqual([]);
    const kim = workspace.person(OFFICIAL);
    await kim.press('닫기', { in: (message) => message.ephemeral === true });
    await kim.waitFor('닫았습니다.');
    expect(actions.at(-1)).not.toHaveProperty('message');
    expect(actions.at(-1)).toMatchObject({ container: { is_ephemeral: true, message_ts: ts } });
    expect(await call(workspace, 'chat.update', { channel: ALL, ts, text: '바꿈' })).toMatchObject({
      ok: false,
      error: 'message_not_found',
    });
    expect((await api.conversations.history({ channel: ALL })).messages).toEqual([]);
  });

  it('answers a slash command by its acknowledgement and afterwards', async () => {
    const kim = running.workspace.person(OFFICIAL);
    await kim.command('/bogeup 현황 전체');
    await kim.waitFor('귓속말');
    expect((await kim.dm()).map(({ text }) => text)).toEqual(['명령: 현황 전체', '귓속말']);
    await kim.command('/bogeup 조용히');
    await expect(kim.command('/bogeup 잘못')).rejects.toThrow('잘못 응답');
    await expect(kim.command('/없는명령')).rejects.toThrow('unknown_command');
    expect(await kim.dm()).toHaveLength(2);
  });

  it('tells the bot what people write where it is a member, with its mention', async () => {
    const kim = running.workspace.person(OFFICIAL);
    heard.length = 0;
    await kim.say('dm', '문의 <!channel> & 끝');
    await kim.say('전체', '@보급봇 도와주십시오');
    await kim.say('잡담', '봇은 못 듣는 말');
    await kim.waitFor(() => heard.length === 3);
    const [direct, ...inChannel] = heard;
    expect(direct).toMatchObject({
      channel_type: 'im',
      user: OFFICIAL,
      text: '문의 &lt;!channel&gt; &amp; 끝',
    });
    expect(inChannel.map(({ type }) => type).sort()).toEqual(['app_mention', 'message']);
    expect(inChannel[0]?.text).toBe(`<@${BOT}> 도와주십시오`);
  });

  it('keeps threads apart and counts replies', async () => {
    const { workspace } = running;
    const api = client(workspace);
    const { ts = '' } = await api.chat.postMessage({ channel: ALL, text: '질문' });
    await api.chat.postMessage({ channel: ALL, text: '답변', thread_ts: ts });
    await workspace.person(OUTSIDER).say(ALL, '감사합니다', [], ts);
    const top = await workspace.person(OFFICIAL).messages(ALL);
    expect(top.find((message) => message.ts === ts)).toMatchObject({ reply_count: 2 });
    expect(top.some(({ text }) => text === '답변')).toBe(false);
    const thread = await api.conversations.replies({ channel: ALL, ts });
    expect(thread.messages?.map(({ text }) => text)).toEqual(['질문', '답변', '감사합니다']);
  });

  it('lets a response_url be used five times', async () => {
    const { workspace } = running;
    const api = client(workspace);
    await api.chat.postMessage({
      channel: DESK,
      text: '다섯 번',
      blocks: [{ type: 'actions', elements: [button('approve', '한 번 더')] }],
    });
    await workspace.person(OFFICER).press('한 번 더');
    const url = String(actions.at(-1)?.response_url);
    const post = (body: object) => fetch(url, { method: 'POST', body: JSON.stringify(body) });
    await workspace.person(OFFICER).waitFor(async () => {
      const all = await workspace.person(OFFICER).messages(DESK);
      return all.filter(({ text }) => text === '처리했습니다.').length === 2;
    });
    expect((await post({ text: '' })).status).toBe(400);
    for (const n of [3, 4, 5]) expect((await post({ text: `${n}` })).status).toBe(200);
    const sixth = await post({ text: '6' });
    expect([sixth.status, await sixth.json()]).toEqual([404, { ok: false, error: 'used_url' }]);
  });
});

describe('membership and refusals of the Web API', () => {
  let running: Running;
  beforeAll(async () => {
    running = await run(() => undefined);
  });
  afterAll(() => running.stop());

  it.each([
    ['chat.postMessage', { channel: 'C0NOBOT0001', text: 'x' }, 'not_in_channel'],
    ['chat.postMessage', { channel: 'C0SECRET001', text: 'x' }, 'channel_not_found'],
    ['chat.postMessage', { channel: 'C0NOWHERE01', text: 'x' }, 'channel_not_found'],
    ['chat.postMessage', { channel: ALL }, 'no_text'],
    ['chat.postMessage', { channel: ALL, text: 'x', blocks: 'not json' }, 'invalid_blocks_format'],
    [
      'chat.postMessage',
      { channel: ALL, text: 'x', metadata: { event_type: 'a' } },
      'invalid_metadata_format',
    ],
    [
      'chat.postMessage',
      { channel: ALL, text: 'x', attachments: Array(101).fill({}) },
      'too_many_attachments',
    ],
    ['chat.postMessage', { channel: ALL, text: 'x', thread_ts: '1.000001' }, 'cannot_reply_to_message'],
    ['chat.postEphemeral', { channel: DESK, user: OFFICIAL, text: 'x' }, 'user_not_in_channel'],
    ['chat.update', { channel: ALL, ts: '1.000001', text: 'x' }, 'message_not_found'],
    ['chat.delete', { channel: ALL, ts: '1.000001' }, 'message_not_found'],
    ['conversations.open', {}, 'users_list_not_supplied'],
    ['conversations.open', { users: 'U0NOBODY001' }, 'user_not_found'],
    ['views.open', { trigger_id: 'x', view: { type: 'modal' } }, 'invalid_arguments'],
    ['chat.scheduleMessage', {}, 'unknown_method'],
  ])('%s %j is refused with %s', async (method, args, error) => {
    expect(await call(running.workspace, method, args)).toMatchObject({ ok: false, error });
  });

  it('says in Slack’s shape what is wrong with blocks', async () => {
    const blocks = [{ type: 'section', text: plain('') }];
    const problem = 'must be more than 0 characters [json-pointer:/blocks/0/text/text]';
    expect(await call(running.workspace, 'chat.postMessage', { channel: ALL, text: 'x', blocks })).toEqual({
      ok: false,
      error: 'invalid_blocks',
      errors: [problem],
      response_metadata: { messages: [`[ERROR] ${problem}`] },
    });
    const long = Array.from({ length: 5 }, () => ({ type: 'section', text: plain('가'.repeat(2700)) }));
    expect(await call(running.workspace, 'chat.postMessage', { channel: ALL, blocks: long })).toMatchObject({
      error: 'msg_blocks_too_long',
    });
  });

  it('refuses an update above 4,000 escaped bytes, and leaves the blocks when only the text changes', async () => {
    const { workspace } = running;
    const blocks = [{ type: 'section', text: plain('그대로') }];
    const { ts } = await call(workspace, 'chat.postMessage', { channel: ALL, text: '처음', blocks });
    const long = await call(workspace, 'chat.update', { channel: ALL, ts, text: '가'.repeat(1334) });
    expect(long.error).toBe('msg_too_long');
    const fits = await call(workspace, 'chat.update', { channel: ALL, ts, text: '가'.repeat(1333) });
    expect(fits).toMatchObject({ ok: true, message: { blocks: [{ text: { text: '그대로' } }] } });
    const theirs = await workspace.person(OFFICIAL).say(ALL, '내 글');
    expect(await call(workspace, 'chat.update', { channel: ALL, ts: theirs, text: 'x' })).toMatchObject({
      error: 'cant_update_message',
    });
  });

  it('marks, pins, links and deletes a message of its own', async () => {
    const { workspace } = running;
    const api = client(workspace);
    const { ts = '' } = await api.chat.postMessage({ channel: ALL, text: '공지' });
    const mark = { channel: ALL, timestamp: ts, name: 'white_check_mark' };
    await api.reactions.add(mark);
    expect((await call(workspace, 'reactions.add', mark)).error).toBe('already_reacted');
    await api.pins.add({ channel: ALL, timestamp: ts });
    expect((await call(workspace, 'pins.add', mark)).error).toBe('already_pinned');
    const seen = (await workspace.person(OFFICIAL).messages(ALL)).find((message) => message.ts === ts);
    expect(seen).toMatchObject({
      pinned: true,
      reactions: [{ name: 'white_check_mark', users: [BOT], count: 1 }],
    });
    const { permalink } = await api.chat.getPermalink({ channel: ALL, message_ts: ts });
    expect(permalink).toBe(`${workspace.url}/archives/${ALL}/p${ts.replace('.', '')}`);
    await api.chat.delete({ channel: ALL, ts });
    expect((await workspace.person(OFFICIAL).messages(ALL)).some((message) => message.ts === ts)).toBe(false);
  });

  it('checks blocks, views and messages without any effect', async () => {
    const { workspace } = running;
    const blocks = [{ type: 'divider' }];
    expect(await call(workspace, 'blocks.validate', { blocks })).toEqual({ ok: true });
    expect(await call(workspace, 'blocks.validate', { view: { type: 'home', blocks } })).toEqual({
      ok: true,
    });
    const bad = await call(workspace, 'blocks.validate', { message: { blocks: [{ type: 'dividor' }] } });
    expect(bad).toMatchObject({
      error: 'invalid_message',
      errors: [
        { pointer: '/blocks/0/type', code: 'failed_constraint', message: 'unsupported type: dividor' },
      ],
    });
    expect((await call(workspace, 'blocks.validate', { view: { type: 'home' } })).error).toBe('invalid_view');
    for (const args of [undefined, { blocks, message: { blocks } }])
      expect((await call(workspace, 'blocks.validate', args)).error).toBe('invalid_arguments');
  });

  it('opens direct conversations, and groups; pages through lists', async () => {
    const api = client(running.workspace);
    const dm = await api.conversations.open({ users: OFFICIAL });
    expect(dm.channel?.id).toBe('D0KIM000001');
    expect((await api.chat.postMessage({ channel: OFFICIAL, text: '직접' })).channel).toBe('D0KIM000001');
    const first = await api.users.list({ limit: 3 });
    expect(first.members).toHaveLength(3);
    const rest = await api.users.list({ limit: 3, cursor: first.response_metadata?.next_cursor ?? '' });
    expect(rest.members?.map(({ id }) => id)).toEqual([BOT]);
    expect((await api.conversations.members({ channel: DESK })).members).toEqual([OFFICER, BOT]);
    expect((await api.users.lookupByEmail({ email: 'kim@korea.kr' })).user?.real_name).toBe('김담당');
  });
});
