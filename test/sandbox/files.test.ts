import type { App } from '@slack/bolt';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { call, callForm, client } from './api-client.ts';
import { OFFICER, OFFICIAL, OUTSIDER, plain, type Running, run } from './bolt-app.ts';

const HWP = Buffer.from('d0cf11e0a1b11ae1000000', 'hex');
const DESK = 'C0DESK00001';
const submitted: Record<string, unknown>[] = [];

function listen(app: App): void {
  app.shortcut('letter', async ({ ack, shortcut, client }) => {
    await ack();
    const element = { type: 'file_input' as const, action_id: 'file', max_files: 2 };
    await client.views.open({
      trigger_id: shortcut.trigger_id,
      view: {
        type: 'modal',
        callback_id: 'letter',
        title: plain('공문'),
        submit: plain('제출'),
        blocks: [{ type: 'input', block_id: 'letter', label: plain('공문'), element }],
      },
    });
  });
  app.view('letter', async ({ ack, view }) => {
    submitted.push(
      ...((view.state.values.letter?.file?.files ?? []) as unknown as Record<string, unknown>[]),
    );
    await ack();
  });
}

describe('files', () => {
  let running: Running;
  beforeAll(async () => {
    running = await run(listen);
  });
  afterAll(() => running.stop());

  const asBot = (url: unknown) =>
    fetch(String(url), { headers: { authorization: `Bearer ${running.workspace.botToken}` } });

  it('reaches the bot through a file input, and the bot alone', async () => {
    const kim = running.workspace.person(OFFICIAL);
    await kim.shortcut('letter');
    await kim.fill('공문', { name: '공문.hwp', bytes: HWP });
    expect(await kim.submit()).toBe('closed');
    const [file] = submitted;
    expect(file).toMatchObject({ name: '공문.hwp', filetype: 'hwp', size: HWP.length, user: OFFICIAL });
    const response = await asBot(file?.url_private_download);
    expect(Buffer.from(await response.arrayBuffer()).equals(HWP)).toBe(true);
    const info = await client(running.workspace).files.info({ file: String(file?.id) });
    expect(info.file?.name).toBe('공문.hwp');
    await expect(running.workspace.person(OUTSIDER).download(String(file?.id))).rejects.toThrow(
      'not visible',
    );
  });

  it('leads to a log-in page with status 200 without the token', async () => {
    const response = await fetch(String(submitted[0]?.url_private));
    expect(response.status).toBe(200);
    expect(response.headers.get('content-type')).toContain('text/html');
    expect(await response.text()).toContain('로그인');
  });

  it('refuses more files than asked for before the bot hears of it', async () => {
    const kim = running.workspace.person(OFFICIAL);
    await kim.shortcut('letter');
    const one = { name: 'a.pdf', bytes: HWP };
    await kim.fill('공문', [one, one, one]);
    expect(await kim.submit()).toBe('errors');
    expect(kim.errors()).toEqual({ 공문: '파일은 2개까지 첨부할 수 있습니다.' });
    await kim.fill('공문', { name: 'big.pdf', bytes: new Uint8Array(10 * 1024 * 1024 + 1) });
    expect(await kim.submit()).toBe('errors');
    expect(kim.errors()).toEqual({ 공문: '파일은 10MB 이하만 첨부할 수 있습니다. (big.pdf)' });
    await kim.fill('공문', null);
    expect(await kim.submit()).toBe('errors');
    await kim.close();
  });

  it('filesUploadV2 puts a message with blocks and the file into a conversation, a little later', async () => {
    const { workspace } = running;
    const blocks = [{ type: 'section', text: plain('임시라이선스를 보내 드립니다.') }];
    const uploaded = (await client(workspace).filesUploadV2({
      channel_id: 'D0KIM000001',
      filename: '라이선스.p7m',
      file: Buffer.from('licence'),
      blocks: blocks as never,
    })) as unknown as { files: { files: Record<string, unknown>[] }[] };
    expect(uploaded.files[0]?.files[0]).toMatchObject({ mimetype: '', filetype: '', shares: {} });
    const kim = workspace.person(OFFICIAL);
    const message = await kim.waitFor('임시라이선스를 보내 드립니다.');
    expect(message).toMatchObject({ subtype: 'file_share', files: [{ name: '라이선스.p7m', size: 7 }] });
    const [file] = message.files as { id: string; url: string }[];
    expect((await kim.download(file?.id ?? '')).toString()).toBe('licence');
    const page = await fetch(workspace.url + file?.url);
    expect(page.headers.get('content-disposition')).toMatch(/^attachment; filename\*=UTF-8''[%A-Z0-9a-z.]+$/);
    expect(page.headers.get('x-content-type-options')).toBe('nosniff');
    const other = await fetch(workspace.url + String(file?.url).replace(OFFICIAL, OFFICER));
    expect(other.status).toBe(404);
    const info = await client(workspace).files.info({ file: file?.id ?? '' });
    expect(info.file?.shares?.private?.D0KIM000001?.[0]?.ts).toBe(message.ts);
    expect(info.file?.ims).toEqual(['D0KIM000001']);
  });

  it('carries several files, in a thread, to a private channel; a slow share comes later', async () => {
    const { workspace } = running;
    workspace.faults.slowFileShareMs = 150;
    const { ts = '' } = await client(workspace).chat.postMessage({ channel: DESK, text: '접수' });
    await client(workspace).filesUploadV2({
      channel_id: DESK,
      thread_ts: ts,
      initial_comment: '첨부 두 건',
      file_uploads: [
        { filename: 'a.txt', content: 'aa' },
        { filename: 'b.txt', content: 'bbb' },
      ],
    });
    const lee = workspace.person(OFFICER);
    expect(await lee.messages(DESK, ts)).toHaveLength(1);
    const reply = await lee.waitFor(async () => (await lee.messages(DESK, ts))[1]);
    delete workspace.faults.slowFileShareMs;
    expect(reply).toMatchObject({ text: '첨부 두 건', files: [{ name: 'a.txt' }, { name: 'b.txt' }] });
  });

  it('tells a missing length, an unknown file and a user id as destination apart', async () => {
    const { workspace } = running;
    const noLength = await callForm(workspace, 'files.getUploadURLExternal', { filename: 'a', length: '0' });
    expect(noLength.error).toBe('missing_argument');
    const unknown = await call(workspace, 'files.completeUploadExternal', { files: [{ id: 'F0NONE' }] });
    expect(unknown.error).toBe('file_not_found');
    const ask = await callForm(workspace, 'files.getUploadURLExternal', { filename: 'a.txt', length: '2' });
    const files = [{ id: String(ask.file_id) }];
    const early = await call(workspace, 'files.completeUploadExternal', { files, channel_id: DESK });
    expect(early.error).toBe('file_not_found');
    const short = await fetch(String(ask.upload_url), { method: 'POST', body: 'x' });
    expect(short.status).toBe(400);
    await fetch(String(ask.upload_url), { method: 'POST', body: 'xx' });
    const toUser = await call(workspace, 'files.completeUploadExternal', { files, channel_id: OFFICIAL });
    expect(toUser.error).toBe('channel_not_found');
    expect((await call(workspace, 'files.completeUploadExternal', { files, channel_id: DESK })).ok).toBe(
      true,
    );
    expect((await call(workspace, 'files.delete', { file: files[0]?.id })).ok).toBe(true);
    expect((await callForm(workspace, 'files.info', { file: String(files[0]?.id) })).error).toBe(
      'file_deleted',
    );
  });

  it('lets a person send files in a message, and members alone read them', async () => {
    const { workspace } = running;
    const lee = workspace.person(OFFICER);
    await lee.say(DESK, '공문입니다', [{ name: '공문.pdf', bytes: Buffer.from('%PDF') }]);
    const message = await lee.waitFor('공문.pdf');
    const [file] = message.files as { id: string }[];
    await expect(workspace.person(OUTSIDER).download(file?.id ?? '')).rejects.toThrow();
    const stolen = { channel: 'D0KIM000001', text: '', files: [file?.id] };
    const response = await fetch(`${workspace.url}/control/act/message`, {
      method: 'POST',
      headers: { 'x-workspace-user': OFFICIAL },
      body: JSON.stringify(stolen),
    });
    expect(await response.json()).toEqual({ ok: false, error: 'file_not_found' });
  });
});
