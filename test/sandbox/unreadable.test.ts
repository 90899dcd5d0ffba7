import { once } from 'node:events';
import { connect } from 'node:net';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startWorkspace, type Workspace } from '../../src/sandbox/workspace.ts';
import { options } from './bolt-app.ts';

let workspace: Workspace;
beforeAll(async () => {
  workspace = await startWorkspace(options());
});
afterAll(() => workspace.close());

const UPGRADE = ['connection: upgrade', 'upgrade: websocket', 'sec-websocket-version: 13'];
const KEY = 'sec-websocket-key: AAAAAAAAAAAAAAAAAAAAAA==';

/** Writes the request line as it is, which no client library does. @returns the status */
async function raw(target: string, more: string[] = []): Promise<number> {
  const { host, port } = new URL(workspace.url);
  const socket = connect(Number(port), '127.0.0.1').setEncoding('utf8');
  const lines = [`GET ${target} HTTP/1.1`, `host: ${host}`, ...more];
  socket.write(`${lines.join('\r\n')}\r\n\r\n`);
  const [answer] = (await once(socket, 'data')) as [string];
  socket.destroy();
  return Number(/^HTTP\/1.1 (\d+)/.exec(answer)?.[1]);
}

test('an upgrade without a ticket, or of an address that cannot be read, is refused', async () => {
  for (const target of ['//', '/%zz', '//[', 'http://[', 'http://x:99999/', '/?ticket=wrong'])
    expect([400, 403]).toContain(await raw(target, [...UPGRADE, KEY]));
  expect((await fetch(workspace.url)).status).toBe(200);
});

test('a foreign page cannot connect, even with a ticket', async () => {
  const opened = await fetch(`${workspace.apiUrl}apps.connections.open`, {
    method: 'POST',
    headers: { authorization: `Bearer ${workspace.appToken}` },
  });
  const { url } = (await opened.json()) as { url: string };
  const { pathname, search } = new URL(url);
  const foreign = ['origin: http://evil.example', ...UPGRADE, KEY];
  expect(await raw(pathname + search, foreign)).toBe(403);
  expect(await raw(pathname + search, UPGRADE)).toBe(400); // it has no key
});

test('a request of an address that cannot be read is refused', async () => {
  for (const target of ['//', '//[', '/%zz', 'http://[', 'http://x:99999/', '/api//', '/control//'])
    expect([400, 403, 404]).toContain(await raw(target));
});

const ACTS = [
  'act/message',
  'act/edit',
  'act/delete',
  'act/command',
  'act/action',
  'act/submit',
  'act/close',
  'act/options',
  'act/shortcut',
  'home/open',
  'conversations/C0/read',
  'people/U0KIM000001',
  'faults',
];
const KEYS =
  'channel text ts thread_ts files command view_id view values container block_id action_id value actions type callback_id query deleted payload'.split(
    ' ',
  );

test('an act with a body of any shape is answered, and never by an error of the workspace’s own', async () => {
  const odd: unknown[] = [
    null,
    7,
    'x',
    true,
    [],
    [null],
    {},
    { id: 7 },
    { type: 'view', view_id: 7 },
    '\u0000',
  ];
  const bodies = odd.flatMap((one) => [one, Object.fromEntries(KEYS.map((key) => [key, one]))]);
  const headers = { 'content-type': 'application/json', 'x-workspace-user': 'U0KIM000001' };
  for (const act of ACTS)
    for (const body of bodies) {
      const asked = { method: 'POST', headers, body: JSON.stringify(body) };
      const { status } = await fetch(`${workspace.url}/control/${act}`, asked);
      expect(status, `${act} ${asked.body}`).toBeLessThan(500);
    }
  for (const body of ['{', 'null', '"x"', '[]', ''])
    for (const target of ['control/act/message', 'actions/x', 'commands/x']) {
      const { status } = await fetch(`${workspace.url}/${target}`, { method: 'POST', headers, body });
      expect(status, `${target} ${body}`).toBeLessThan(500);
    }
});

test('headers without end are refused', async () => {
  expect(await raw('/', [`x-long: ${'x'.repeat(100_000)}`])).toBe(431);
});
