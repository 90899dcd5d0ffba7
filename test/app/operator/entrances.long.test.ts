import { type ChildProcess, spawn } from 'node:child_process';
import { createHmac } from 'node:crypto';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { connect, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import * as local from '../../../src/app/demo/local-workspace.ts';
import { startWorkspace } from '../../../src/sandbox/workspace.ts';

/** A running bot at whose every entrance somebody says what cannot be read: it answers, and lives on. */
const bogeup = join(import.meta.dirname, '../../../bin/bogeup.js');
const SLOW = 600_000;
let folder = '';
let child: ChildProcess | undefined;
let text = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'bogeup-entrances-'));
  text = '';
});
afterEach(async () => {
  const ended = child && once(child, 'close');
  child?.kill('SIGKILL');
  await ended;
  rmSync(folder, { recursive: true, force: true });
});

function launch(env: NodeJS.ProcessEnv): void {
  const { PATH, HOME } = process.env;
  child = spawn(process.execPath, [bogeup, '--env-file', '/dev/null'], {
    env: { PATH, HOME, DATA_DIR: join(folder, 'data'), ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  for (const stream of [child.stdout, child.stderr])
    stream?.setEncoding('utf8').on('data', (chunk) => (text += chunk));
}

async function said(pattern: RegExp): Promise<string> {
  while (!pattern.test(text)) {
    if (child?.exitCode !== null) throw new Error(`it ended with ${child?.exitCode}: ${text}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  return pattern.exec(text)?.[1] ?? '';
}

/** A port that was free a moment ago. */
async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as { port: number };
  await new Promise((resolve) => server.close(resolve));
  return port;
}

const HEALTH = /metrics: http:\/\/127\.0\.0\.1:(\d+)/;
const UPGRADE = ['connection: upgrade', 'upgrade: websocket', 'sec-websocket-version: 13'];
const KEY = 'sec-websocket-key: AAAAAAAAAAAAAAAAAAAAAA==';
const TARGETS = ['//', '//[', '/%zz', 'http://[', 'http://x:99999/', '/?%zz=%', '/api//', '/control//', '*'];

/** Writes a request as it is, which no client library does. @returns the status */
async function raw(port: number, target: string, more: string[] = []): Promise<number> {
  const socket = connect(port, '127.0.0.1').setEncoding('utf8');
  socket.write(`${[`GET ${target} HTTP/1.1`, `host: 127.0.0.1:${port}`, ...more].join('\r\n')}\r\n\r\n`);
  const [answer] = (await once(socket, 'data')) as [string];
  socket.destroy();
  return Number(/^HTTP\/1.1 (\d+)/.exec(answer)?.[1]);
}

/** Everything that is said at any port. @returns what was answered otherwise than by a refusal */
async function trouble(port: number): Promise<string[]> {
  const answers: string[] = [];
  const say = async (target: string, more: string[]) => {
    const status = await raw(port, target, more);
    if (status >= 500 || (target !== '/?%zz=%' && status < 400)) answers.push(`${target}: ${status}`);
  };
  for (const target of TARGETS) {
    await say(target, []);
    await say(target, [...UPGRADE, KEY]);
    await say(target, UPGRADE);
  }
  await say('/', [`x-long: ${'x'.repeat(100_000)}`]);
  return answers;
}

const isAlive = async (port: number) => (await fetch(`http://127.0.0.1:${port}/healthz`)).text();

test('local mode: the page, its upgrade and control, health, and the operator’s door', {
  timeout: SLOW,
}, async () => {
  launch({ PORT: '0', HEALTH_PORT: '0' });
  const port = Number(await said(/open http:\/\/127\.0\.0\.1:(\d+)/));
  const health = Number(await said(HEALTH));
  await said(/the bot has joined/);
  expect([...(await trouble(port)), ...(await trouble(health))]).toEqual([]);

  const door = join(folder, 'data', 'operator.sock');
  for (const line of ['not json\n', 'null\n', '{"command":7}\n', '{"command":"no","args":{},"name":"x"}\n']) {
    const socket = connect(door).setEncoding('utf8');
    socket.write(line);
    let answer = '';
    socket.on('data', (part) => (answer += part));
    await once(socket, 'end');
    socket.destroy();
    expect(answer, line).toMatch(/\{"code":1\}\n$/);
  }

  // The library reads a property of what an event's payload says, in a promise that nobody awaits.
  void fetch(`http://127.0.0.1:${port}/control/raw`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-workspace-user': local.people[0]?.id ?? '' },
    body: JSON.stringify({ kind: 'events_api', payload: { type: 'event_callback', event: null } }),
  }).catch(() => undefined); // nobody acknowledges it
  await said(/"incident":"[0-9a-f]{8}".*nobody awaited this/);
  expect(await isAlive(health)).toBe('ok\n');
  expect(child?.exitCode).toBeNull();
});

test('HTTP mode: what Slack sends, and health', { timeout: SLOW }, async () => {
  const port = await freePort();
  const { people, channels, bot } = local;
  const workspace = await startWorkspace({
    port: 0,
    people,
    channels,
    bot: { ...bot, scopes: local.botScopes() },
  });
  launch({
    SLACK_BOT_TOKEN: workspace.botToken,
    SLACK_SIGNING_SECRET: 'the-secret-of-this-test',
    SLACK_API_URL: workspace.apiUrl,
    ADMIN_CHANNEL: local.DESK_CHANNEL,
    OFFICERS: local.officerIds.join(','),
    PORT: String(port),
    HEALTH_PORT: '0',
  });
  const health = Number(await said(HEALTH));
  await said(/Bogeup is connected to Slack \(http\)/);
  expect([...(await trouble(port)), ...(await trouble(health))]).toEqual([]);

  const form = 'application/x-www-form-urlencoded';
  const bodies: [string, string][] = [
    ...['null', '1', '"text"', '[]', 'not json', '\u0000'].flatMap((json): [string, string][] => [
      ['application/json', json],
      [form, `payload=${encodeURIComponent(json)}`],
    ]),
    [form, 'payload=null'],
    [form, 'payload=%zz'],
    [form, '%zz'],
  ];
  for (const [type, body] of bodies) {
    const seconds = String(Math.floor(Date.now() / 1000));
    const hash = createHmac('sha256', 'the-secret-of-this-test').update(`v0:${seconds}:${body}`);
    const headers = {
      'content-type': type,
      'x-slack-request-timestamp': seconds,
      'x-slack-signature': `v0=${hash.digest('hex')}`,
    };
    const { status } = await fetch(`http://127.0.0.1:${port}/slack/events`, {
      method: 'POST',
      headers,
      body,
    });
    expect([200, 400], `${type} ${body}`).toContain(status); // 200: a form without a payload asks nothing
  }
  expect(await isAlive(health)).toBe('ok\n');
  expect(await isAlive(port)).toBe('ok\n');
  await workspace.close();
});
