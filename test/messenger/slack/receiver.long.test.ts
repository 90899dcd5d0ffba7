import { App, LogLevel } from '@slack/bolt';
import { expect, test } from 'vitest';
import { createSocketReceiver } from '../../../src/messenger/slack/receiver.ts';
import { startWorkspace } from '../../../src/sandbox/workspace.ts';

/** Nothing else runs in this thread meanwhile. */
const busyFor = (ms: number) => Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, ms);
const turns = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

test('a bot that computes for six seconds stays connected', async () => {
  const workspace = await startWorkspace({
    port: 0,
    people: [],
    channels: [],
    bot: { name: '보급봇', userId: 'U0BOT000001', commands: [], scopes: [] },
  });
  const clientOptions = { slackApiUrl: workspace.apiUrl, logLevel: LogLevel.ERROR };
  let connections = 0;
  const now = () => new Date(++connections);
  const { receiver, socketSince } = createSocketReceiver({
    appToken: workspace.appToken,
    clientOptions,
    now,
  });
  const app = new App({ token: workspace.botToken, receiver, logLevel: LogLevel.ERROR, clientOptions });
  await app.start();
  await expect.poll(socketSince, { timeout: 60_000 }).not.toBeNull();
  await turns(11_000); // some pings of the library’s were answered
  busyFor(6000);
  await turns(100); // its timers ran
  expect(socketSince()).not.toBeNull();
  expect(connections).toBe(1);

  workspace.faults.disconnectSockets('refresh');
  await expect.poll(socketSince, { timeout: 60_000 }).toEqual(new Date(2));
  expect(receiver).toMatchObject({ client: { clientPingTimeoutMS: 1000 } }); // what it waits after the next loss
  await app.stop();
  await workspace.close();
});
