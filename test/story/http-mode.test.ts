import { createHmac } from 'node:crypto';
import { createServer } from 'node:net';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { register } from './acts.ts';
import { DESK_CHANNEL, type Stage, setStage } from './stage.ts';

const SECRET = 'the-secret-of-this-test';
let stage: Stage;
let url: string;
beforeAll(async () => {
  const port = await freePort();
  url = `http://127.0.0.1:${port}`;
  stage = await setStage({ http: { port, signingSecret: SECRET } });
});
afterAll(() => stage?.close());

test('over signed HTTP the same things work as over Socket Mode', async () => {
  const { kim, officer } = stage;
  await register(kim, '김보람');
  await officer.waitFor('사용자 등록 · 검토중');
  await officer.press('승인', { in: (message) => message.channel === DESK_CHANNEL });
  await kim.waitFor('사용자 등록이 승인되었습니다');
});

test('what is not signed by Slack is not listened to', async () => {
  const before = await stage.store.db.filing.count();
  const payload = JSON.stringify({ type: 'block_actions', user: { id: 'U0OFFICER01' }, actions: [] });
  const forged: [string, string][] = [
    ['x-slack-signature', 'v0=00'],
    ['x-slack-request-timestamp', '1'],
  ];
  for (const headers of [[], forged]) {
    const body = new URLSearchParams({ payload });
    const response = await fetch(`${url}/slack/events`, { method: 'POST', body, headers });
    expect(response.status).toBe(401);
  }
  expect(await stage.store.db.filing.count()).toBe(before);
});

test('what is signed but is no object is refused, and the bot lives on', async () => {
  for (const json of ['null', '1', '"text"', '[]', 'true', 'not json']) {
    expect(await post('application/json', json)).toBe(400);
    expect(await post('application/x-www-form-urlencoded', `payload=${encodeURIComponent(json)}`)).toBe(400);
  }
  expect((await fetch(`${url}//`)).status).toBe(400);
  expect((await fetch(`${url}/nowhere`, { method: 'POST', body: '{}' })).status).toBe(404);
  expect((await fetch(`${url}/slack/events`, { method: 'POST', body: 'x'.repeat(5_000_000) })).status).toBe(
    413,
  );
  expect(await (await fetch(`${url}/healthz`)).text()).toBe('ok\n');
});

test('what is dated far from now is refused, and a clock that differs a little is not', async () => {
  for (const seconds of [-3600, 3600, 86_400, 1e9])
    expect(await post('application/json', '{}', seconds)).toBe(401);
  for (const seconds of [-60, 60]) expect(await post('application/json', 'null', seconds)).toBe(400);
});

test('health and readiness are served beside it, and no numbers', async () => {
  expect(await (await fetch(`${url}/healthz`)).text()).toBe('ok\n');
  expect(await (await fetch(`${url}/readyz`)).text()).toBe('ready\n');
  expect((await fetch(`${url}/metrics`)).status).toBe(404);
  const metrics = String((await stage.bot.health.metrics()).body);
  expect(metrics).toContain('bogeup_filings{state="APPROVED"} 1');
  expect(metrics).toContain('bogeup_outbox_rows{state="FAILED"} 0'); // what was sent is not counted at every look
  expect(metrics).not.toContain('bogeup_socket');
});

/** Signed as Slack signs, dated so many seconds from now. @returns the status */
async function post(type: string, body: string, ahead = 0): Promise<number> {
  const seconds = String(Math.floor(Date.now() / 1000) + ahead);
  const hash = createHmac('sha256', SECRET).update(`v0:${seconds}:${body}`).digest('hex');
  const headers = {
    'content-type': type,
    'x-slack-request-timestamp': seconds,
    'x-slack-signature': `v0=${hash}`,
  };
  return (await fetch(`${url}/slack/events`, { method: 'POST', body, headers })).status;
}

function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address ? address.port : 0));
    });
  });
}
