import { request } from 'node:http';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startWorkspace, type Workspace } from '../../src/sandbox/workspace.ts';
import { call, callForm } from './api-client.ts';
import { OFFICIAL, OUTSIDER, options, SCOPES } from './bolt-app.ts';

const ALL = 'C0ALL000001';

describe('who may do what', () => {
  let workspace: Workspace;
  beforeAll(async () => {
    workspace = await startWorkspace(
      options({ bot: { ...options().bot, scopes: ['chat:write', 'im:read'] } }),
    );
  });
  afterAll(() => workspace.close());

  function status(path: string, headers: Record<string, string>): Promise<number> {
    return new Promise((resolve, reject) => {
      const { port } = new URL(workspace.url);
      request({ host: '127.0.0.1', port, path, headers }, (response) => {
        response.resume();
        resolve(response.statusCode ?? 0);
      })
        .on('error', reject)
        .end();
    });
  }

  it('refuses foreign hosts and origins everywhere', async () => {
    const { port } = new URL(workspace.url);
    for (const path of ['/', '/control/state', '/control/stream?user=U0KIM000001', '/api/auth.test']) {
      expect(await status(path, { host: `evil.example:${port}` })).toBe(403);
      expect(await status(path, { host: `127.0.0.1:${port}`, origin: 'http://evil.example' })).toBe(403);
    }
    const own = { host: `localhost:${port}`, origin: `http://localhost:${port}` };
    expect(await status('/control/state', own)).toBe(200);
    const embedded = {
      host: `localhost:${port}`,
      'sec-fetch-site': 'cross-site',
      'sec-fetch-mode': 'no-cors',
    };
    expect(await status('/control/state', embedded)).toBe(403);
    expect(await status('/', { ...embedded, 'sec-fetch-mode': 'navigate' })).toBe(200);
  });

  it('serves its own files and vendored modules only, under a strict policy', async () => {
    const page = await fetch(`${workspace.url}/`);
    const policy = page.headers.get('content-security-policy') ?? '';
    expect(policy).toMatch(/^default-src 'none'; script-src 'self' 'sha256-/);
    expect(policy).not.toContain('unsafe');
    expect(page.headers.get('x-content-type-options')).toBe('nosniff');
    for (const path of ['/vendor/preact/dist/preact.mjs', '/vendor/htm/dist/htm.mjs', '/app.js']) {
      expect((await fetch(workspace.url + path)).headers.get('content-type')).toMatch(/^text\/javascript/);
    }
    const outside = [
      '/%2e%2e/workspace.ts',
      '/..%2fworkspace.ts',
      '/vendor/ws/index.js',
      '/vendor/htm/..%2f..%2fws/index.js',
    ];
    for (const path of outside) expect((await fetch(workspace.url + path)).status).toBe(404);
    expect((await fetch(`${workspace.url}/%zz`)).status).toBe(400);
  });

  it('tells tokens and scopes apart', async () => {
    expect((await call(workspace, 'auth.test', {}, '')).error).toBe('not_authed');
    expect((await call(workspace, 'auth.test', {}, 'xoxb-wrong')).error).toBe('invalid_auth');
    expect((await call(workspace, 'auth.test', {}, workspace.appToken)).error).toBe('not_allowed_token_type');
    expect((await call(workspace, 'apps.connections.open')).error).toBe('not_allowed_token_type');
    expect(await call(workspace, 'users.list')).toEqual({
      ok: false,
      error: 'missing_scope',
      needed: 'users:read',
      provided: 'chat:write,im:read',
    });
    const history = await callForm(workspace, 'conversations.history', { channel: ALL });
    expect(history).toMatchObject({ error: 'missing_scope', needed: 'channels:history' });
    const info = await callForm(workspace, 'conversations.info', { channel: 'D0KIM000001' });
    expect(info).toMatchObject({ ok: true, channel: { is_im: true, user: OFFICIAL } });
    const response = await fetch(`${workspace.apiUrl}auth.test`, {
      method: 'POST',
      headers: { authorization: `Bearer ${workspace.botToken}` },
    });
    expect(response.headers.get('x-oauth-scopes')).toBe('chat:write,im:read');
  });

  it('keeps a private conversation from those who are not in it', async () => {
    const as = (user: string, path: string) =>
      fetch(workspace.url + path, { headers: { 'x-workspace-user': user } });
    expect((await as(OUTSIDER, '/control/conversations/D0KIM000001/messages')).status).toBe(404);
    expect((await as(OUTSIDER, '/control/conversations/C0DESK00001/messages')).status).toBe(404);
    expect((await as('U0NOBODY001', '/control/home')).status).toBe(403);
    const { channels } = (await (await as(OUTSIDER, '/control/state')).json()) as {
      channels: { id: string }[];
    };
    expect(channels.map(({ id }) => id)).toEqual([ALL, 'C0NOBOT0001', 'D0PARK00001']);
  });

  it('ignores a JSON body where Slack reads forms only', async () => {
    const other = await startWorkspace(options({ bot: { ...options().bot, scopes: SCOPES } }));
    expect((await call(other, 'users.info', { user: OFFICIAL })).error).toBe('user_not_found');
    expect((await callForm(other, 'users.info', { user: OFFICIAL })).ok).toBe(true);
    await other.close();
  });

  it('leaves the e-mail address out without its scope', async () => {
    const scopes = ['users:read'];
    const other = await startWorkspace(options({ bot: { ...options().bot, scopes } }));
    const { user } = (await callForm(other, 'users.info', { user: OFFICIAL })) as unknown as {
      user: { profile: object };
    };
    expect(user.profile).not.toHaveProperty('email');
    await other.close();
  });
});
