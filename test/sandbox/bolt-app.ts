import { randomUUID } from 'node:crypto';
import { App, HTTPReceiver, LogLevel, type Receiver, SocketModeReceiver } from '@slack/bolt';
import { startWorkspace, type Workspace, type WorkspaceOptions } from '../../src/sandbox/workspace.ts';

export const BOT = 'U0BOT000001';
export const OFFICIAL = 'U0KIM000001';
export const OFFICER = 'U0LEE000001';
export const OUTSIDER = 'U0PARK00001';

export const SCOPES = [
  'app_mentions:read',
  'channels:history',
  'channels:read',
  'chat:write',
  'commands',
  'files:read',
  'files:write',
  'groups:history',
  'groups:read',
  'im:history',
  'im:read',
  'im:write',
  'pins:write',
  'reactions:write',
  'users:read',
  'users:read.email',
];

export function options(over: Partial<WorkspaceOptions> = {}): WorkspaceOptions {
  return {
    port: 0,
    people: [
      { id: OFFICIAL, name: '김담당', title: '주무관', email: 'kim@korea.kr', role: '○○시청 담당공무원' },
      { id: OFFICER, name: '이관리', email: 'lee@korea.kr' },
      { id: OUTSIDER, name: '박공공' },
    ],
    channels: [
      { id: 'C0DESK00001', name: '표준api-관리', private: true, members: [OFFICER, BOT] },
      { id: 'C0ALL000001', name: '전체', private: false, members: [OFFICIAL, OFFICER, OUTSIDER, BOT] },
      { id: 'C0NOBOT0001', name: '잡담', private: false, members: [OFFICIAL, OFFICER] },
      { id: 'C0SECRET001', name: '비공개', private: true, members: [OFFICER] },
    ],
    bot: {
      name: '보급봇',
      userId: BOT,
      commands: [{ command: '/bogeup', usage: '[신청|현황]', description: '표준API 보급' }],
      scopes: SCOPES,
    },
    ...over,
  };
}

/** A real Bolt app, unchanged but for the address of the Web API. */
export function socketApp(workspace: Workspace, clientPingTimeout = 5000): App {
  const clientOptions = { slackApiUrl: workspace.apiUrl, logLevel: LogLevel.ERROR };
  const receiver = new SocketModeReceiver({
    appToken: workspace.appToken,
    installerOptions: { clientOptions },
    logLevel: LogLevel.ERROR,
    // The wait before a reconnect is this long, too; below a second a busy machine looks like a lost connection.
    clientPingTimeout,
  });
  return boltApp(workspace, receiver);
}

export function httpApp(workspace: Workspace, signingSecret: string): { app: App; receiver: HTTPReceiver } {
  const receiver = new HTTPReceiver({ signingSecret, logLevel: LogLevel.ERROR });
  return { app: boltApp(workspace, receiver), receiver };
}

function boltApp(workspace: Workspace, receiver: Receiver): App {
  return new App({
    token: workspace.botToken,
    receiver,
    logLevel: LogLevel.ERROR,
    clientOptions: { slackApiUrl: workspace.apiUrl, logLevel: LogLevel.ERROR },
  });
}

export interface Running {
  workspace: Workspace;
  app: App;
  stop(): Promise<void>;
}

/** A workspace with a Bolt app connected to it by Socket Mode; `build` adds the listeners. */
export async function run(build: (app: App) => void, over: Partial<WorkspaceOptions> = {}): Promise<Running> {
  const workspace = await startWorkspace(options(over));
  const app = socketApp(workspace);
  build(app);
  await app.start();
  return {
    workspace,
    app,
    async stop() {
      await app.stop();
      await workspace.close();
    },
  };
}

export const plain = (text: string) => ({ type: 'plain_text' as const, text });

export function unique(): string {
  return randomUUID();
}
