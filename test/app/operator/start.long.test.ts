import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, existsSync, mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { makeEmbedded } from '../../../src/app/operator/open-database.ts';
import { makeLocalSigner } from '../../../src/records/licences/local-signer.ts';
import { prepareDatabase } from '../../../src/store/prepared.ts';
import { openStore } from '../../../src/store/store.ts';

/** The real command in processes of its own, from another current directory. */
const bogeup = join(import.meta.dirname, '../../../bin/bogeup.js');
const SLOW = 600_000;
let folder = '';
let dataDir = '';
const children: ChildProcess[] = [];

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'bogeup-start-'));
  dataDir = join(folder, 'data');
});
afterAll(async () => {
  for (const child of children) child.kill('SIGKILL');
  rmSync(folder, { recursive: true, force: true });
});

function launch(args: string[], env: NodeJS.ProcessEnv = {}) {
  const { PATH, HOME } = process.env;
  const child = spawn(process.execPath, [bogeup, '--env-file', '/dev/null', ...args], {
    cwd: folder,
    env: { PATH, HOME, DATA_DIR: dataDir, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  children.push(child);
  let text = '';
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (chunk) => (text += chunk));
  const ended = once(child, 'close').then(([code]) => code as number | null);
  return {
    child,
    ended,
    text: () => text,
    said: async (pattern: RegExp): Promise<string> => {
      while (!pattern.test(text)) {
        if (child.exitCode !== null) throw new Error(`it ended with ${child.exitCode}: ${text}`);
        await new Promise((resolve) => setTimeout(resolve, 50));
      }
      return pattern.exec(text)?.[1] ?? '';
    },
  };
}

async function run(args: string[], env?: NodeJS.ProcessEnv): Promise<{ code: number | null; text: string }> {
  const process = launch(args, env);
  return { code: await process.ended, text: process.text() };
}

test('from nothing to a running bot; commands beside it; killed; started again; told to stop', {
  timeout: SLOW,
}, async () => {
  const first = launch([], { PORT: '0' });
  const url = await first.said(/open (http:\S+)/);
  expect((await fetch(url)).status).toBe(200); // the page does not wait for the bot
  await first.said(/the bot has joined/);

  const file = join(folder, 'module.tar');
  writeFileSync(file, 'a module');
  const platform = [
    '--language',
    'JAVA',
    '--os',
    'LINUX',
    '--bits',
    '64',
    '--release-version',
    '1.6',
    '--name',
    'API',
  ];
  expect(await run(['modules', 'add', file, ...platform])).toMatchObject({ code: 0 });
  expect(await run(['audit', 'verify'])).toMatchObject({ code: 0 });

  const second = await run([], { PORT: '0' });
  expect(second).toMatchObject({
    code: 1,
    text: expect.stringMatching(/is in use by process \d+, which runs since \S+\. Stop that process/),
  });

  first.child.kill('SIGKILL');
  await first.ended;
  const again = launch([], { PORT: '0' });
  await again.said(/the bot has joined/);
  expect((await run(['modules', 'list'])).text).toContain('module.tar');
  again.child.kill('SIGTERM');
  expect(await again.ended).toBe(0);
  expect((await run(['modules', 'list'])).text).toContain('module.tar'); // now without a bot
});

test('what keeps it from starting is told without a stack, with exit code 1', { timeout: SLOW }, async () => {
  const taken = createServer();
  await new Promise<void>((resolve) => taken.listen(0, '127.0.0.1', resolve));
  const address = taken.address();
  const port = String(typeof address === 'object' ? address?.port : 0);
  const other = { DATA_DIR: join(folder, 'other') };
  const key = join(folder, 'no-key.pem');
  const slack = {
    SLACK_BOT_TOKEN: 'xoxb-1',
    SLACK_APP_TOKEN: 'xapp-1',
    SLACK_API_URL: 'http://127.0.0.1:9/api/',
  };
  const trials: [NodeJS.ProcessEnv, RegExp][] = [
    [{ ...other, PORT: port }, /^Port \d+ is in use\. Stop what uses it, or set PORT/],
    [{ PORT: 'x' }, /^The settings cannot be used:\n {2}- PORT must be/],
    [
      { DATABASE_URL: 'postgresql://kim:hunter2@127.0.0.1:9/bogeup', PORT: '0', LOCAL: 'on', ...other },
      /The database\/bogeup at 127\.0\.0\.1:9 cannot be used/,
    ],
    [{ PORT: '0', LICENCE_KEY: key, LICENCE_CERT: key }, /There is no licence key .*no-key\.pem/],
    [{ SLACK_BOT_TOKE: 'xoxb-1', SLACK_APP_TOKEN: 'xapp-1' }, /Did you mean SLACK_BOT_TOKEN/],
    [{ DATABASE_URL: 'postgresql://127.0.0.1:9/bogeup', ...other }, /DATABASE_URL is set, and no Slack/],
    [slack, /^This database is for trying out.*\n$/m],
    [{ ...slack, ...other }, /^There is no database .*: keys are in it\. Restore a backup with/m],
    [{ ...slack, DATA_DIR: join(folder, 'fresh') }, /Slack cannot be reached\. Check the network/],
  ];
  for (const [env, said] of trials) {
    const { code, text } = await run(['start'], env);
    expect(code, text).toBe(1);
    expect(text).toMatch(said);
    expect(text).not.toMatch(/^ +at /m);
    expect(text).not.toContain('hunter2');
  }
  taken.close();
});

test('with a signer whose certificate has ended it starts, and says so', { timeout: SLOW }, async () => {
  const env = { DATA_DIR: join(folder, 'ended'), PORT: '0' };
  await makeLocalSigner(join(env.DATA_DIR, 'keys'), new Date('2010-01-01T00:00:00Z'));
  const bot = launch([], env);
  await bot.said(/expired at 2020-01-01\S+ Name a new one in LICENCE_CERT\. Until then nobody can approve/);
  await bot.said(/the bot has joined/);
  bot.child.kill('SIGTERM');
  expect(await bot.ended).toBe(0);
});

test('what a process left that was killed while it made its database is cleared away', {
  timeout: SLOW,
}, async () => {
  const env = { DATA_DIR: join(folder, 'killed'), PORT: '0' };
  const draft = join(env.DATA_DIR, 'db.new');
  mkdirSync(join(draft, 'base'), { recursive: true });
  writeFileSync(join(draft, 'PG_VERSION'), '17');
  // And copies of backups: one that was killed two days ago, and one that may be at work.
  const [old, young] = ['backup-0123456789ab', 'backup-ba9876543210'].map((name) => join(env.DATA_DIR, name));
  for (const copy of [old, young]) mkdirSync(copy ?? '');
  const before = new Date(Date.now() - 2 * 86_400_000);
  utimesSync(old ?? '', before, before);
  expect(await run(['migrate'], env)).toMatchObject({ code: 0, text: expect.stringContaining('up to date') });
  expect([draft, old ?? '', young ?? ''].map(existsSync)).toEqual([false, false, true]);
  // A server's dump is unpacked there as well; the start goes no further, as nobody listens at the port.
  const dump = join(env.DATA_DIR, 'restore-0123456789ab');
  mkdirSync(dump);
  utimesSync(dump, before, before);
  const server = { ...env, DATABASE_URL: 'postgresql://127.0.0.1:9/bogeup', LOCAL: 'on' };
  expect(await run(['start'], server)).toMatchObject({ code: 1 });
  expect(existsSync(dump)).toBe(false);
});

test('a command whose reader has gone does its work all the same', { timeout: SLOW }, async () => {
  const { child, ended, text } = launch(['migrate'], { DATA_DIR: join(folder, 'unread') });
  child.stdout?.destroy();
  expect(await ended, text()).toBe(0);
  expect(existsSync(join(folder, 'unread/db/PG_VERSION'))).toBe(true);
});

test('without a prepared database one is made, and the operator reads why it takes longer', {
  timeout: SLOW,
}, async () => {
  const damaged = join(folder, 'damaged');
  cpSync(await prepareDatabase(), damaged, { recursive: true });
  rmSync(join(damaged, 'db/PG_VERSION'));
  for (const prepared of [join(folder, 'nowhere'), damaged]) {
    const own = mkdtempSync(join(folder, 'slow-'));
    const said: string[] = [];
    await makeEmbedded(own, (line) => said.push(line), prepared);
    expect(said).toEqual([expect.stringMatching(/^The prepared database is missing or damaged/)]);
    expect(existsSync(join(own, 'db/PG_VERSION'))).toBe(true);
  }
});

test('a first start copies the prepared database', async () => {
  const own = mkdtempSync(join(folder, 'copied-'));
  const said: string[] = [];
  await makeEmbedded(own, (line) => said.push(line), await prepareDatabase());
  expect(said).toEqual([]);
  const store = await openStore({ dataDir: own });
  expect(store.migrated).toEqual([]); // they are in it
  await store.close();
});
