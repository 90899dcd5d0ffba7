import { type AddressInfo, createServer, type Server } from 'node:net';
import type { App } from '@slack/bolt';
import { afterEach, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { startWorkspace, type Workspace, type WorkspaceOptions } from '../../src/sandbox/workspace.ts';
import { call } from './api-client.ts';
import { httpApp, OFFICIAL, options, plain, socketApp } from './bolt-app.ts';

const SECRET = 'local-signing-secret';
const open: (() => Promise<unknown>)[] = [];

afterEach(async () => {
  for (const stop of open.reverse()) await stop();
  open.length = 0;
});

async function start(over: Partial<WorkspaceOptions> = {}): Promise<Workspace> {
  const workspace = await startWorkspace(options(over));
  open.push(() => workspace.close());
  return workspace;
}

async function connect(workspace: Workspace, build: (app: App) => void, pingTimeout?: number): Promise<App> {
  const app = socketApp(workspace, pingTimeout);
  build(app);
  await app.start();
  open.push(() => app.stop());
  return app;
}

async function freePort(): Promise<number> {
  const server: Server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

async function ticketUrl(workspace: Workspace): Promise<string> {
  const answer = await call(workspace, 'apps.connections.open', {}, workspace.appToken);
  return String(answer.url);
}

/** A connection that acknowledges nothing by itself. */
async function rawSocket(workspace: Workspace): Promise<WebSocket> {
  const socket = new WebSocket(await ticketUrl(workspace));
  await new Promise((resolve) => socket.once('message', resolve));
  open.push(async () => socket.close());
  return socket;
}

async function connectedState(workspace: Workspace): Promise<boolean> {
  const response = await fetch(`${workspace.url}/control/state`);
  return ((await response.json()) as { connected: boolean }).connected;
}

describe('Socket Mode', () => {
  it('sends an event again, with attempt and reason, until it is acknowledged', async () => {
    const workspace = await start({ ackTimeoutMs: 200, retryDelaysMs: [10, 10, 10] });
    const got: Record<string, unknown>[] = [];
    const socket = await rawSocket(workspace);
    socket.on('message', (data) => {
      const envelope = JSON.parse(String(data)) as Record<string, unknown>;
      if (envelope.type !== 'events_api') return;
      got.push(envelope);
      if (got.length === 3) socket.send(JSON.stringify({ envelope_id: envelope.envelope_id }));
    });
    const kim = workspace.person(OFFICIAL);
    await kim.say('dm', '안녕하십니까');
    await kim.waitFor(() => got.length === 3);
    await new Promise((resolve) => setTimeout(resolve, 300));
    expect(got.map((each) => [each.retry_attempt, each.retry_reason])).toEqual([
      [0, ''],
      [1, 'timeout'],
      [2, 'timeout'],
    ]);
    expect(new Set(got.map(({ payload }) => (payload as { event_id: string }).event_id)).size).toBe(1);
    expect(new Set(got.map(({ envelope_id }) => envelope_id)).size).toBe(3);
  });

  it('takes an answer in time that came while the workspace itself was busy', async () => {
    const workspace = await start({ ackTimeoutMs: 1000 });
    const socket = await rawSocket(workspace);
    const standstill = new Int32Array(new SharedArrayBuffer(4));
    socket.on('message', (data) => {
      const { envelope_id } = JSON.parse(String(data)) as { envelope_id: string };
      socket.send(JSON.stringify({ envelope_id }));
      Atomics.wait(standstill, 0, 0, 1100); // the workspace runs in this process: it stands still, too
    });
    const ack = await workspace.person(OFFICIAL).raw('interactive', { type: 'block_actions' });
    expect(ack).toEqual({ ok: true, body: {} });
  });

  it('gives each event to one connection only', async () => {
    const workspace = await start();
    const heard: string[] = [];
    for (const name of ['a', 'b', 'c']) {
      await connect(workspace, (app) =>
        app.message(async ({ message }) => void heard.push(name + message.ts)),
      );
    }
    const kim = workspace.person(OFFICIAL);
    for (let i = 0; i < 30; i += 1) await kim.say('dm', `${i}`);
    await kim.waitFor(() => heard.length >= 30);
    expect(heard).toHaveLength(30);
    expect(new Set(heard.map((one) => one[0])).size).toBeGreaterThan(1);
  });

  it.each(['refresh', 'cut'] as const)(
    'is reconnected to after a %s, and delivers what was said meanwhile',
    async (how) => {
      const workspace = await start();
      const heard: string[] = [];
      await connect(
        workspace,
        (app) => {
          app.message(async ({ message }) => void heard.push('text' in message ? String(message.text) : ''));
        },
        1000,
      );
      const kim = workspace.person(OFFICIAL);
      workspace.faults.disconnectSockets(how);
      await kim.waitFor(async () => !(await connectedState(workspace)));
      await kim.say('dm', '끊긴 동안의 말');
      expect(heard).toEqual([]);
      await kim.waitFor(() => heard.includes('끊긴 동안의 말'));
      expect(await connectedState(workspace)).toBe(true);
    },
  );

  it('is trouble at once when no bot is there, and within the time when it stays silent', async () => {
    const workspace = await start({ ackTimeoutMs: 50 });
    const kim = workspace.person(OFFICIAL);
    await expect(kim.command('/bogeup')).rejects.toThrow('제때 응답하지');
    await connect(workspace, (app) => app.command('/bogeup', async () => undefined));
    await expect(kim.command('/bogeup')).rejects.toThrow('제때 응답하지');
  });

  it('wants a ticket that is good once', async () => {
    const workspace = await start();
    const url = await ticketUrl(workspace);
    const hello = (address: string) =>
      new Promise<string>((resolve) => {
        const socket = new WebSocket(address);
        socket.on('message', (data) => {
          resolve(String(data));
          socket.close();
        });
        socket.on('error', (error) => resolve(error.message));
      });
    expect(JSON.parse(await hello(url))).toMatchObject({ type: 'hello', num_connections: 1 });
    expect(await hello(url)).toContain('403');
  });

  it('sends an eleventh connection away', async () => {
    const workspace = await start();
    for (let i = 0; i < 10; i += 1) await rawSocket(workspace);
    const eleventh = new WebSocket(await ticketUrl(workspace));
    const first = await new Promise((resolve) => eleventh.on('message', (data) => resolve(String(data))));
    expect(JSON.parse(String(first))).toMatchObject({ type: 'disconnect', reason: 'too_many_websockets' });
    eleventh.close();
  });
});

describe('signed HTTP', () => {
  async function startHttp(build: (app: App) => void, over: Partial<WorkspaceOptions> = {}, secret = SECRET) {
    const port = await freePort();
    const http = { url: `http://127.0.0.1:${port}/slack/events`, signingSecret: SECRET };
    const workspace = await start({ http, ...over });
    const { app, receiver } = httpApp(workspace, secret);
    build(app);
    await receiver.start(port);
    open.push(() => receiver.stop());
    return workspace;
  }

  it('carries events, interactions with their answers, and commands', async () => {
    const heard: string[] = [];
    const workspace = await startHttp((app) => {
      app.message(async ({ message }) => void heard.push('text' in message ? String(message.text) : ''));
      app.command('/bogeup', async ({ ack, command, client }) => {
        await ack('받았습니다.');
        await client.views.open({
          trigger_id: command.trigger_id,
          view: {
            type: 'modal',
            callback_id: 'v',
            title: plain('신청'),
            submit: plain('제출'),
            blocks: [
              {
                type: 'input',
                block_id: 'agency',
                label: plain('이용기관'),
                element: { type: 'external_select', action_id: 'agency', min_query_length: 1 },
              },
            ],
          },
        });
      });
      app.options('agency', async ({ ack, payload }) => {
        await ack({ options: [{ text: plain(`${payload.value}시청`), value: '1' }] });
      });
      app.view('v', async ({ ack, view }) => {
        const chosen = view.state.values.agency?.agency?.selected_option?.text.text;
        await ack({ response_action: 'errors', errors: { agency: `${chosen}은 안 됩니다.` } });
      });
    });
    const kim = workspace.person(OFFICIAL);
    await kim.say('dm', '안녕하십니까');
    await kim.waitFor(() => heard.includes('안녕하십니까'));
    await kim.command('/bogeup 신청');
    expect(await kim.suggestions('이용기관', '서울')).toEqual(['서울시청']);
    await kim.fill('이용기관', '부산');
    expect(await kim.submit()).toBe('errors');
    expect(kim.errors()).toEqual({ 이용기관: '부산시청은 안 됩니다.' });
    expect((await kim.dm()).at(-1)).toMatchObject({ text: '받았습니다.', ephemeral: true });
  });

  it('is refused by a receiver with another secret', async () => {
    const workspace = await startHttp((app) => app.command('/bogeup', async ({ ack }) => ack()), {}, 'other');
    await expect(workspace.person(OFFICIAL).command('/bogeup')).rejects.toThrow('제때 응답하지');
  });

  it('repeats an event that nobody was there to take', async () => {
    const port = await freePort();
    const http = { url: `http://127.0.0.1:${port}/slack/events`, signingSecret: SECRET };
    const workspace = await start({ http, retryDelaysMs: [100, 200, 400, 800] });
    await workspace.person(OFFICIAL).say('dm', '여보세요');
    const retries: unknown[] = [];
    const { app, receiver } = httpApp(workspace, SECRET);
    app.message(async ({ context }) => void retries.push(context.retryNum, context.retryReason));
    await receiver.start(port);
    open.push(() => receiver.stop());
    await workspace.person(OFFICIAL).waitFor(() => retries.length > 0);
    expect(retries).toEqual([expect.any(Number), 'connection_failed']);
    expect(retries[0]).toBeGreaterThan(0);
  });
});
