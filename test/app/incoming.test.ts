import { App, LogLevel } from '@slack/bolt';
import pino from 'pino';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openIncoming } from '../../src/app/incoming.ts';
import type { Signer } from '../../src/records/licences/signer.ts';
import { startWorkspace, type Workspace } from '../../src/sandbox/workspace.ts';
import type { Store } from '../../src/store/store.ts';
import { openTestStore, testClock } from '../ground.ts';

let store: Store;
let workspace: Workspace;
const apps: App[] = [];
beforeAll(async () => {
  store = await openTestStore();
  const bot = { name: '보급봇', userId: 'U0BOT000001', commands: [], scopes: [] };
  workspace = await startWorkspace({ port: 0, people: [], channels: [], bot });
});
afterAll(async () => {
  for (const app of apps) await app.stop();
  await workspace?.close();
  await store?.close();
});

/** A program with the same tokens. @returns what it logged, and the number of connections that its metrics tell */
async function connect(isAlone: boolean) {
  const logged: Record<string, unknown>[] = [];
  const { appToken, botToken, apiUrl } = workspace;
  const clientOptions = { slackApiUrl: apiUrl, logLevel: LogLevel.ERROR };
  const { receiver, health } = openIncoming({
    slack: { mode: 'socket', appToken, botToken, adminChannel: null, officers: [] },
    clientOptions: clientOptions as Parameters<typeof openIncoming>[0]['clientOptions'],
    signer: { notAfter: new Date() } as Signer,
    signs: { db: store.db, now: testClock().now, sweptAt: () => null, patienceMs: 60_000 },
    isAlone,
    log: pino({}, { write: (line: string) => void logged.push(JSON.parse(line)) }),
  });
  const app = new App({ token: botToken, receiver, logLevel: LogLevel.ERROR, clientOptions });
  apps.push(app);
  await app.start();
  const connections = async () =>
    Number(/^bogeup_slack_connections (\d+)$/m.exec(String((await health.metrics()).body))?.[1]);
  await expect.poll(connections, { timeout: 60_000 }).toBeGreaterThan(0);
  return { logged, connections: await connections() };
}

test('a second program with the same tokens is told by whoever hears Slack count it', async () => {
  expect(await connect(true)).toEqual({ connections: 1, logged: [] });
  const { connections, logged } = await connect(true);
  expect(connections).toBe(2);
  expect(logged).toMatchObject([{ connections: 2, processes: 1 }]);
});

test('a server whose processes have no names of ours is not accused', async () => {
  expect(await connect(false)).toEqual({ connections: 3, logged: [] });
});
