import { fork } from 'node:child_process';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { App, SocketModeReceiver } from '@slack/bolt';
import { startWorkspace, type Workspace } from '../src/sandbox/workspace.ts';
import { fillApplication } from '../test/story/acts.ts';

/** What N people at once feel: how long a press of 다음 takes to be answered, and how many whole applications a second. */
export interface PeopleFigures {
  people: number;
  /** Milliseconds until a submission is acknowledged. */
  p50: number;
  p99: number;
  /** Whole applications (open, eight steps with three files, submit) a second. */
  perSecond: number;
}

type Hands = ReturnType<Workspace['person']>;

const DESK = 'C0DESK00001';
const BOT = 'U0BOGEUPBOT';
const idOf = (index: number) => `U0BENCH${String(index).padStart(4, '0')}`;

/** The bot with its database, and beside it a Bolt app that only acknowledges the same number of submissions. */
export async function benchPeople(
  counts: readonly number[],
): Promise<{ bot: PeopleFigures[]; bare: PeopleFigures[] }> {
  const most = Math.max(...counts);
  const bot = await withBot(most, (workspace) => measureAll(workspace, counts, applyOnce));
  const bare = await withBareApp(most, (workspace) => measureAll(workspace, counts, submitBare));
  return { bot, bare };
}

/** People do not press in the same millisecond: they come in over this time, and are then all there at once. */
const ARRIVAL_MS = 1000;

/** Runs one person's whole application, and returns how long each submission took to be acknowledged. */
type Act = (person: Hands, times: number[]) => Promise<void>;

async function measureAll(
  workspace: Workspace,
  counts: readonly number[],
  act: Act,
): Promise<PeopleFigures[]> {
  await act(timed(workspace.person(idOf(0)), []), []); // warm-up
  const figures: PeopleFigures[] = [];
  for (const people of counts) {
    const times: number[] = [];
    const start = performance.now();
    await Promise.all(
      Array.from({ length: people }, async (_, index) => {
        await sleep((ARRIVAL_MS * index) / people);
        await act(timed(workspace.person(idOf(index)), times), times);
      }),
    );
    const seconds = (performance.now() - start) / 1000;
    times.sort((a, b) => a - b);
    const at = (share: number) => times[Math.min(times.length - 1, Math.floor(times.length * share))] ?? 0;
    figures.push({ people, p50: at(0.5), p99: at(0.99), perSecond: people / seconds });
  }
  return figures;
}

/** The same hands, with every submit timed. */
function timed(person: Hands, times: number[]): Hands {
  return new Proxy(person, {
    get(target, name) {
      const value = Reflect.get(target, name, target);
      if (typeof value !== 'function') return value;
      if (name !== 'submit') return value.bind(target);
      return async () => {
        const start = performance.now();
        const outcome = await target.submit();
        times.push(performance.now() - start);
        return outcome;
      };
    },
  });
}

async function applyOnce(person: Hands): Promise<void> {
  await fillApplication(person, { overview: { 시스템명: `행정안전부 ${crypto.randomUUID()}` } });
  const outcome = await person.submit();
  if (outcome !== 'updated') throw new Error(`the application was not taken: ${outcome}`);
  await person.close({ all: true });
}

/** The bot in a process of its own, as it is run; hands and workspace are in this one. */
async function withBot<T>(people: number, run: (workspace: Workspace) => Promise<T>): Promise<T> {
  const workspace = await openWorkspace(people);
  const { botToken, appToken, apiUrl } = workspace;
  const connection = { mode: 'socket', botToken, appToken, apiUrl, adminChannel: DESK, officers: [] };
  const slackIds = Array.from({ length: people }, (_, index) => idOf(index));
  const child = fork(
    join(import.meta.dirname, 'bot-process.ts'),
    [JSON.stringify({ connection, slackIds })],
    {
      execArgv: ['--import', 'tsx'],
    },
  );
  try {
    await new Promise((resolve, reject) => {
      child.once('message', resolve);
      child.once('exit', (code) => reject(new Error(`the bot ended with ${code}`)));
    });
    return await run(workspace);
  } finally {
    child.removeAllListeners('exit');
    child.kill();
    await workspace.close();
  }
}

/** Submissions of one whole application: eight steps and the summary. */
const SUBMISSIONS = 9;

async function submitBare(person: Hands): Promise<void> {
  await person.openHome();
  await person.press('열기', { in: 'home' });
  await person.waitFor(async () => (await person.modal()) !== null);
  for (let count = 0; count < SUBMISSIONS; count++) await person.submit();
  await person.close({ all: true });
}

async function withBareApp<T>(people: number, run: (workspace: Workspace) => Promise<T>): Promise<T> {
  const workspace = await openWorkspace(people);
  const clientOptions = { slackApiUrl: workspace.apiUrl };
  const receiver = new SocketModeReceiver({
    appToken: workspace.appToken,
    installerOptions: { clientOptions },
  });
  const app = new App({ token: workspace.botToken, receiver, clientOptions });
  const label = { type: 'plain_text' as const, text: '열기' };
  const view = {
    type: 'modal' as const,
    callback_id: 'bare',
    title: label,
    submit: label,
    blocks: [{ type: 'section' as const, text: label }],
  };
  app.event('app_home_opened', async ({ event, client }) => {
    const blocks = [
      { type: 'actions' as const, elements: [{ type: 'button' as const, action_id: 'open', text: label }] },
    ];
    await client.views.publish({ user_id: event.user, view: { type: 'home', blocks } });
  });
  app.action({ type: 'block_actions', action_id: 'open' }, async ({ ack, body, client }) => {
    await ack();
    await client.views.open({ trigger_id: body.trigger_id, view });
  });
  app.view('bare', ({ ack }) => ack({ response_action: 'update', view }));
  await app.start();
  try {
    return await run(workspace);
  } finally {
    await app.stop();
    await workspace.close();
  }
}

function openWorkspace(people: number): Promise<Workspace> {
  return startWorkspace({
    port: 0,
    people: Array.from({ length: people }, (_, index) => ({ id: idOf(index), name: `사람${index}` })),
    channels: [{ id: DESK, name: 'desk', private: true, members: [BOT] }],
    bot: {
      name: '보급봇',
      userId: BOT,
      commands: [],
      scopes: [
        'chat:write',
        'commands',
        'files:read',
        'files:write',
        'im:write',
        'im:history',
        'groups:history',
        'users:read',
      ],
    },
  });
}
