import { spawn } from 'node:child_process';
import { appendFileSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { startWorkspace } from '../../src/sandbox/workspace.ts';
import { call, client } from './api-client.ts';
import { OFFICIAL, options, plain, socketApp } from './bolt-app.ts';

const ALL = 'C0ALL000001';

describe('the journal', () => {
  let dataDir: string;
  beforeEach(() => {
    dataDir = mkdtempSync(join(tmpdir(), 'workspace-'));
  });
  afterEach(() => rmSync(dataDir, { recursive: true }));

  it('brings back messages, changes, files, homes, modals, marks and tokens', async () => {
    const first = await startWorkspace(options({ dataDir }));
    const { botToken, appToken } = first;
    const kept = await call(first, 'chat.postMessage', { channel: ALL, text: '처음' });
    await call(first, 'chat.update', { channel: ALL, ts: kept.ts, text: '고침' });
    const gone = await call(first, 'chat.postMessage', { channel: ALL, text: '지울 것' });
    await call(first, 'chat.delete', { channel: ALL, ts: gone.ts });
    await call(first, 'chat.postEphemeral', { channel: ALL, user: OFFICIAL, text: '귓속말' });
    await call(first, 'views.publish', {
      user_id: OFFICIAL,
      view: { type: 'home', blocks: [{ type: 'header', text: plain('첫 화면') }] },
    });
    const kim = first.person(OFFICIAL);
    await kim.say(ALL, '첨부', [{ name: 'a.txt', bytes: Buffer.from('내용') }]);
    const before = await kim.messages(ALL);
    await first.close();

    const second = await startWorkspace(options({ dataDir }));
    expect([second.botToken, second.appToken]).toEqual([botToken, appToken]);
    const again = second.person(OFFICIAL);
    const after = await again.messages(ALL);
    expect(after).toEqual(before.filter((message) => !message.ephemeral));
    const [file] = (after.at(-1)?.files ?? []) as { id: string }[];
    expect((await again.download(file?.id ?? '')).toString()).toBe('내용');
    expect(await again.homeText()).toBe('첫 화면');
    const { ts } = await call(second, 'chat.postMessage', { channel: ALL, text: '나중' });
    expect(Number(ts)).toBeGreaterThan(Number(after.at(-1)?.ts));
    await second.close();
  });

  it('survives kill -9 at any byte: what was answered is there, a torn line is dropped', async () => {
    const script = fileURLToPath(new URL('killed-workspace.ts', import.meta.url));
    const child = spawn(process.execPath, ['--import', 'tsx', script, dataDir], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const answered: string = await new Promise((resolve) => {
      child.stdout.on('data', (data) => resolve(String(data).trim()));
    });
    const closed = new Promise((resolve) => child.on('exit', resolve));
    child.kill('SIGKILL');
    await closed;
    appendFileSync(join(dataDir, 'workspace.jsonl'), '["message","C0ALL000001 9","{\\"torn');
    const workspace = await startWorkspace(options({ dataDir }));
    const messages = await workspace.person(OFFICIAL).messages(ALL);
    expect(messages.map(({ ts, text }) => [ts, text])).toEqual([[answered, '죽기 직전의 말']]);
    await workspace.close();
  });

  it('shares a completed upload, and repeats an unheard event, after a restart', async () => {
    const first = await startWorkspace(options({ dataDir }));
    first.faults.slowFileShareMs = 60_000;
    await client(first).filesUploadV2({ channel_id: ALL, filename: 'a.txt', content: '약속' });
    await first.person(OFFICIAL).say('dm', '듣는 이가 없습니다');
    await first.close();

    const second = await startWorkspace(options({ dataDir }));
    expect(await second.person(OFFICIAL).messages(ALL)).toMatchObject([{ files: [{ name: 'a.txt' }] }]);
    const heard: unknown[] = [];
    const app = socketApp(second);
    app.message(async ({ message }) => void heard.push('text' in message && message.text));
    await app.start();
    await second.person(OFFICIAL).waitFor(() => heard.includes('듣는 이가 없습니다'));
    await app.stop();
    await second.close();
  });

  it('is compacted at start and readable by its owner only', async () => {
    const first = await startWorkspace(options({ dataDir }));
    const { ts } = await call(first, 'chat.postMessage', { channel: ALL, text: '0' });
    for (let i = 1; i <= 50; i += 1) await call(first, 'chat.update', { channel: ALL, ts, text: `${i}` });
    await first.close();
    const file = join(dataDir, 'workspace.jsonl');
    const before = readFileSync(file, 'utf8').split('\n').length;
    await (await startWorkspace(options({ dataDir }))).close();
    const lines = readFileSync(file, 'utf8').split('\n');
    expect(before).toBeGreaterThan(50);
    expect(lines.filter((line) => line.startsWith('["message"'))).toHaveLength(1);
    expect(statSync(file).mode & 0o777).toBe(0o600);
  });

  it('refuses a port that is taken, with the system’s code', async () => {
    const first = await startWorkspace(options());
    const port = Number(new URL(first.url).port);
    await expect(startWorkspace(options({ port }))).rejects.toMatchObject({ code: 'EADDRINUSE' });
    await first.close();
  });
});
