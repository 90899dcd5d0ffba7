import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startWorkspace, type Workspace } from '../../src/sandbox/workspace.ts';
import { call, callForm } from './api-client.ts';
import { OFFICER, OFFICIAL, options, type Running, run } from './bolt-app.ts';
import { remotePerson } from './remote-person.ts';

const DM = 'D0KIM000001';

describe('a person who is deactivated', () => {
  let running: Running;
  let workspace: Workspace;
  const news: { user: { id: string; deleted: boolean } }[] = [];
  beforeAll(async () => {
    running = await run((app) => {
      app.event('user_change', async ({ event }) => void news.push(event as never));
    });
    ({ workspace } = running);
  });
  afterAll(() => running.stop());

  const set = (id: string, body: object) =>
    fetch(`${workspace.url}/control/people/${id}`, { method: 'POST', body: JSON.stringify(body) });

  it('is told to the bot as Slack tells it, once, and again when they come back', async () => {
    await workspace.deactivate(OFFICIAL);
    await workspace.deactivate(OFFICIAL); // nothing new
    const person = workspace.person(OFFICER);
    await person.waitFor(() => news.length > 0);
    expect(news).toMatchObject([
      { type: 'user_change', user: { id: OFFICIAL, deleted: true, profile: { real_name: '김담당' } } },
    ]);
    expect(news[0]).toHaveProperty('event_ts');
    expect(news[0]?.user).not.toHaveProperty('real_name');
    expect((await set(OFFICIAL, { deleted: false })).status).toBe(200);
    await person.waitFor(() => news.length > 1);
    expect(news.slice(1)).toMatchObject([
      { user: { id: OFFICIAL, deleted: false, real_name: '김담당', is_restricted: false } },
    ]);
  });

  it('cannot do anything, by hand or over the wire, and can again afterwards', async () => {
    await workspace.deactivate(OFFICIAL);
    const person = workspace.person(OFFICIAL);
    const acts = [
      () => person.say('dm', '여보세요'),
      () => person.command('/bogeup 현황'),
      () => person.openHome(),
      () => person.shortcut('any'),
      () =>
        remotePerson(workspace.url, OFFICIAL).say('dm', '여보세요', [
          { name: 'a.txt', bytes: Buffer.from('') },
        ]),
    ];
    for (const act of acts) await expect(act()).rejects.toThrow('user_disabled');
    const headers = { 'x-workspace-user': OFFICIAL };
    const path = `${workspace.url}/control/act/submit`;
    expect((await fetch(path, { method: 'POST', headers, body: '{}' })).status).toBe(403);
    await workspace.deactivate(OFFICIAL, false);
    await person.say('dm', '돌아왔습니다');
    expect((await person.dm()).at(-1)?.text).toBe('돌아왔습니다');
  });

  it('is answered for by the Web API as Slack does', async () => {
    await workspace.deactivate(OFFICIAL);
    expect(await callForm(workspace, 'users.info', { user: OFFICIAL })).toMatchObject({
      ok: true,
      user: { deleted: true },
    });
    expect((await call(workspace, 'conversations.open', { users: OFFICIAL })).error).toBe('user_disabled');
    const byMail = await callForm(workspace, 'users.lookupByEmail', { email: 'kim@korea.kr' });
    expect(byMail.error).toBe('users_not_found');
    const { members } = await callForm(workspace, 'conversations.members', { channel: 'C0ALL000001' });
    expect(members).not.toContain(OFFICIAL);
    // The conversation is still there, and Slack takes what is written into it.
    expect((await call(workspace, 'chat.postMessage', { channel: DM, text: '안내' })).ok).toBe(true);
    await workspace.deactivate(OFFICIAL, false);
    expect((await call(workspace, 'conversations.open', { users: OFFICIAL })).ok).toBe(true);
  });

  it('is nobody unknown, and nothing unclear', async () => {
    expect((await set('U0NOBODY001', { deleted: true })).status).toBe(404);
    expect((await set(OFFICIAL, { deleted: 'yes' })).status).toBe(400);
    expect((await set(OFFICIAL, {})).status).toBe(400);
    const { people } = (await (await fetch(`${workspace.url}/control/state`)).json()) as {
      people: { id: string; deleted?: boolean }[];
    };
    expect(people.find(({ id }) => id === OFFICIAL)?.deleted).toBe(false);
  });
});

it('a deactivation outlives a restart', async () => {
  const dataDir = mkdtempSync(join(tmpdir(), 'workspace-'));
  const first = await startWorkspace(options({ dataDir }));
  await first.deactivate(OFFICIAL);
  await first.deactivate(OFFICER);
  await first.deactivate(OFFICER, false);
  await first.close();
  const second = await startWorkspace(options({ dataDir }));
  await expect(second.person(OFFICIAL).say('dm', '여보세요')).rejects.toThrow('user_disabled');
  expect(await second.person(OFFICER).say('dm', '여기 있습니다')).toMatch(/^\d+\.\d+$/);
  await second.close();
});

it('without the scope the bot is not told', async () => {
  const told: unknown[] = [];
  const { workspace, stop } = await run(
    (app) => {
      app.event('user_change', async ({ event }) => void told.push(event));
      app.event('app_home_opened', async () => void told.push('home'));
    },
    { bot: { ...options().bot, scopes: ['chat:write'] } },
  );
  await workspace.deactivate(OFFICIAL);
  await fetch(`${workspace.url}/control/home/open`, {
    method: 'POST',
    headers: { 'x-workspace-user': OFFICER },
  });
  await workspace.person(OFFICER).waitFor(() => told.length > 0);
  expect(told).toEqual(['home']);
  await stop();
});
