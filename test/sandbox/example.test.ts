import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { fillRunning } from '../../src/app/operator/demo.ts';
import { startWorkspace, type Workspace } from '../../src/sandbox/workspace.ts';

const dataDir = mkdtempSync(join(tmpdir(), 'bogeup-example-'));
const open: Workspace[] = [];
async function begin() {
  const workspace = await startWorkspace({
    port: 0,
    dataDir,
    people: [{ id: 'U0KIM000001', name: '김보람' }],
    channels: [],
    bot: { name: '보급봇', userId: 'U0BOT000001', commands: [], scopes: [] },
  });
  open.push(workspace);
  return workspace;
}
afterEach(async () => {
  for (const workspace of open.splice(0)) await workspace.close();
});

const state = async ({ url }: Workspace) =>
  (await (await fetch(`${url}/control/state`)).json()) as { example: boolean; people: { id: string }[] };

test('an unused workspace is filled once, by the button or by the command; who joins stays', async () => {
  const workspace = await begin();
  const port = Number(new URL(workspace.url).port);
  const said: string[] = [];
  const fill = () => fillRunning({ slack: null, port }, (line) => void said.push(line));
  expect((await state(workspace)).example).toBe(false);
  expect(await fill()).toBe(1);
  let filled = 0;
  let asked = 0;
  let bothAsked = () => {};
  const both = new Promise<void>((resolve) => {
    bothAsked = resolve;
  });
  workspace.offerExample({
    isOffered: async () => {
      asked += 1;
      if (asked === 3) bothAsked();
      if (asked > 1) await both; // the second press comes before the first is answered
      return true;
    },
    people: [{ id: 'U0HAN000001', name: '한소희' }],
    fill: async () => {
      filled += 1;
    },
  });
  expect((await state(workspace)).example).toBe(true);
  expect((await Promise.all([fill(), fill()])).sort()).toEqual([0, 1]);
  expect(filled).toBe(1);
  expect(said.filter((line) => line.includes('is filled'))).toHaveLength(1);
  expect(said.filter((line) => line.includes('nobody has begun to use'))).toHaveLength(2);
  await workspace.close();
  open.length = 0;
  const again = await begin();
  expect((await state(again)).people.map(({ id }) => id)).toEqual(['U0KIM000001', 'U0HAN000001']);
});

test('without a running bot, or with real Slack, the command says what to do', async () => {
  const said: string[] = [];
  const out = (line: string) => void said.push(line);
  const slack = {
    mode: 'socket' as const,
    botToken: '',
    appToken: '',
    apiUrl: null,
    adminChannel: null,
    questionsChannel: null,
    officers: [],
  };
  expect(await fillRunning({ slack: slack as never, port: 1 }, out)).toBe(1);
  expect(await fillRunning({ slack: null, port: 1 }, out)).toBe(1);
  expect(said).toEqual([
    expect.stringContaining('trial workspace'),
    expect.stringContaining('Start the bot first'),
  ]);
});
