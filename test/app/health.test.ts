import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest';
import { openHealthServer } from '../../src/app/health-server.ts';
import { tellServiceManager } from '../../src/app/operator/service-manager.ts';
import { type Stage, setStage } from '../story/stage.ts';

let stage: Stage;
let url: string;
let close: () => Promise<void>;
beforeAll(async () => {
  stage = await setStage();
  const server = await openHealthServer(stage.bot.health, 0);
  url = `http://127.0.0.1:${server.port}`;
  close = server.close;
});
afterAll(async () => {
  await close?.();
  await stage?.close();
});

const ask = async (path: string, init?: RequestInit) => {
  const response = await fetch(`${url}${path}`, init);
  return `${response.status} ${await response.text()}`;
};
/** The numbers of `/metrics`, by name and labels. */
async function numbers(): Promise<Record<string, number>> {
  const lines = (await ask('/metrics')).split('\n').filter((line) => /^[a-z]/.test(line));
  return Object.fromEntries(
    lines.map((line) => [line.slice(0, line.lastIndexOf(' ')), Number(line.slice(line.lastIndexOf(' ')))]),
  );
}

test('in Socket Mode too it says that it lives, that it is ready, and how it does', async () => {
  expect(await ask('/healthz')).toBe('200 ok\n');
  expect(await ask('/readyz')).toBe('200 ready\n');
  const at = stage.clock.now().getTime() / 1000;
  const metrics = await numbers();
  expect(metrics).toMatchObject({
    bogeup_database_up: 1,
    'bogeup_outbox_rows{state="FAILED"}': 0,
    bogeup_outbox_oldest_seconds: 0,
  });
  expect(metrics.bogeup_socket_connected_since_seconds).toBeLessThanOrEqual(at);
  expect(metrics.bogeup_socket_connected_since_seconds).toBeGreaterThan(0);
  expect(metrics.bogeup_database_roundtrip_seconds).toBeGreaterThan(0);
  expect(metrics).toHaveProperty('nodejs_eventloop_lag_seconds');
  expect(metrics).toHaveProperty('bogeup_last_sweep_seconds');
});

test('the age of a message counts from when it may be sent', async () => {
  const { clock, store } = stage;
  const now = clock.now().getTime();
  const row = (key: string, createdAt: number, notBefore?: number) => ({
    ...{ key, notice: 'none', recipient: key, facts: {}, claimedBy: 'nobody', state: 'CLAIMED' as const },
    ...{ createdAt: new Date(createdAt), dueAt: new Date(now + 3_600_000) },
    ...(notBefore === undefined ? {} : { notBefore: new Date(notBefore) }),
  });
  await store.db.outbox.createMany({
    data: [row('old', now - 60_000), row('later', now - 900_000, now + 60_000)],
  });
  expect((await numbers()).bogeup_outbox_oldest_seconds).toBeCloseTo(60, 0);
  await store.db.outbox.deleteMany({ where: { claimedBy: 'nobody' } });
});

test('nothing else is answered', async () => {
  for (const path of ['/', '//', '/metrics/', '/toString', '/licences/revoked'])
    expect(await ask(path)).toBe('404 ');
  expect(await ask('/metrics', { method: 'POST' })).toBe('404 ');
});

test('while Slack is cut off it lives and is not ready', async () => {
  const { workspace, kim } = stage;
  workspace.faults.serverError = { method: 'apps.connections.open', times: 1_000_000 };
  workspace.faults.disconnectSockets('cut');
  await kim.waitFor(async () => (await ask('/readyz')) === '503 not ready: Slack is not connected\n');
  expect(await ask('/healthz')).toBe('200 ok\n');
  expect((await numbers()).bogeup_socket_connected_since_seconds).toBe(0);
  delete workspace.faults.serverError;
  await kim.waitFor(async () => (await ask('/readyz')) === '200 ready\n');
});

test('a port that is taken is told with the name of the setting', async () => {
  const port = Number(new URL(url).port);
  await expect(openHealthServer(stage.bot.health, port)).rejects.toMatchObject({
    code: 'EADDRINUSE',
    setting: 'HEALTH_PORT',
  });
});

test('the service manager hears that it is ready, that it lives, and that it stops', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'bogeup-notify-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const [tool, heard] = [join(folder, 'systemd-notify'), join(folder, 'heard')];
  writeFileSync(heard, '');
  writeFileSync(tool, `#!/bin/sh\necho "$NOTIFY_SOCKET $1" >> ${heard}\n`, { mode: 0o755 });
  const hears = async (word: string) => {
    while (!readFileSync(heard, 'utf8').includes(`@there ${word}\n`)) await sleep(20);
  };
  const stop = tellServiceManager({ socket: '@there', watchdogMs: 900 }, { warn: () => undefined }, tool);
  await hears('READY=1');
  await hears('WATCHDOG=1');
  stop();
  await hears('STOPPING=1');
});

test('a missing tool is told and ends nothing', async () => {
  const warned: unknown[] = [];
  const log = { warn: (what: unknown) => void warned.push(what) };
  tellServiceManager({ socket: '@there', watchdogMs: null }, log, '/nowhere/systemd-notify');
  while (warned.length === 0) await sleep(20);
});
