import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, onTestFinished, test } from 'vitest';
import * as local from '../../../src/app/demo/local-workspace.ts';
import { doctor } from '../../../src/app/operator/doctor.ts';
import { makeEmbedded, openDatabase } from '../../../src/app/operator/open-database.ts';
import { makeLocalSigner } from '../../../src/records/licences/local-signer.ts';
import { startWorkspace, type Workspace } from '../../../src/sandbox/workspace.ts';

let folder = '';
let workspace: Workspace;
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'bogeup-doctor-'));
  const { people, channels, bot } = local;
  workspace = await startWorkspace({
    port: 0,
    people,
    channels,
    bot: { ...bot, scopes: local.botScopes() },
    now,
  });
});
afterEach(async () => {
  await workspace.close();
  rmSync(folder, { recursive: true, force: true });
});

const now = () => new Date();

async function look(env: NodeJS.ProcessEnv): Promise<{ code: number; lines: string[] }> {
  const lines: string[] = [];
  const code = await doctor({
    env: { DATA_DIR: join(folder, 'data'), ...env },
    given: {},
    nodeVersion: process.versions.node,
    now,
    out: (line) => lines.push(line),
    name: 'kim',
  });
  return { code, lines };
}

/** An office's settings; the workspace stands for Slack. */
const office = (): NodeJS.ProcessEnv => ({
  SLACK_BOT_TOKEN: workspace.botToken,
  SLACK_APP_TOKEN: workspace.appToken,
  SLACK_API_URL: workspace.apiUrl,
  ADMIN_CHANNEL: local.DESK_CHANNEL,
  OFFICERS: local.officerIds.join(','),
});

const lineOf = (lines: string[], what: string) => lines.find((line) => line.slice(2).startsWith(`${what}: `));

test('a fresh folder in local mode: all well, and nothing is made', async () => {
  const { code, lines } = await look({ PORT: '0' });
  expect(lines.filter((line) => !line.startsWith('✓'))).toEqual([]);
  expect(code).toBe(0);
  expect(() => chmodSync(join(folder, 'data'), 0o700)).toThrow(/ENOENT/);
});

test('an office that lacks a mail server and a key of its own: risky, and it would start', async () => {
  const { code, lines } = await look(office());
  expect(lines.filter((line) => line.startsWith('✗'))).toEqual([]);
  expect(code).toBe(0);
  expect(lineOf(lines, 'mail')).toMatch(/^⚠ .*nobody sends it\. Set SMTP_URL and MAIL_FROM\.$/);
  expect(lineOf(lines, 'licence signer')).toMatch(/^⚠ .*Set LICENCE_KEY and LICENCE_CERT\.$/);
  expect(lineOf(lines, 'Socket Mode')).toBe('✓ Socket Mode: SLACK_APP_TOKEN may connect');
  expect(lineOf(lines, 'officers')).toBe('✓ officers: 2 from the settings');
});

test('tokens of another bot than that of the database, which a start refuses', async () => {
  const dataDir = join(folder, 'data');
  await makeEmbedded(dataDir, () => undefined);
  chmodSync(dataDir, 0o700);
  const note = async (teamId: string, botId: string) => {
    const { db, close } = await openDatabase({ databaseUrl: null, dataDir });
    const belongs = { purpose: 'REAL', teamId, botId } as const;
    await db.installation.upsert({
      where: { id: 1 },
      create: { id: 1, since: now(), ...belongs },
      update: belongs,
    });
    await close();
  };
  const database = async (env: NodeJS.ProcessEnv = {}) => {
    const { code, lines } = await look({ ...office(), ...env });
    return `${code} ${lineOf(lines, 'database')}`;
  };
  await note('T0OTHER0001', 'B0OTHER0001');
  expect(await database()).toMatch(/^1 ✗ database: This database belongs to the workspace T0OTHER0001/);
  await note('T0LOCAL0001', 'B0OTHER0001');
  expect(await database()).toMatch(/^1 ✗ database: .* SLACK_BOT_ID=B0LOCAL0001\.$/);
  expect(await database({ SLACK_BOT_ID: 'B0LOCAL0001' })).toMatch(/^0 ✓/);
  expect(await database()).toMatch(/^1 ✗/); // it only looked
});

test.each<[string, number, RegExp, number]>([
  ['in force', 0, /^⚠ .*, until 20\d\d-.*Set LICENCE_KEY and LICENCE_CERT\.$/, 0],
  ['ending soon', 10 * 365 - 20, /^⚠ .*, until 20\d\d-.*Have a new certificate issued/, 0],
  ['ended', 10 * 366, /^✗ .*expired at/, 1],
])('a self-made key with real Slack: its certificate is looked at too (%s)', async (_how, ago, said, end) => {
  const made = new Date(Date.now() - ago * 86_400_000);
  await makeEmbedded(join(folder, 'data'), () => undefined); // keys come after the database
  chmodSync(join(folder, 'data'), 0o700);
  await makeLocalSigner(join(folder, 'data', 'keys'), made);
  const { code, lines } = await look(office());
  expect(lineOf(lines, 'licence signer')).toMatch(said);
  expect(code).toBe(end);
  const official = await look({ ...office(), LICENCE_SOURCE: 'official' }); // it signs lists only
  expect(lineOf(official.lines, 'licence signer')).toMatch(/^⚠ .*, until 20/);
});

test.each<[string, NodeJS.ProcessEnv, string, RegExp]>([
  [
    'a wrong app token',
    { SLACK_APP_TOKEN: 'xapp-wrong' },
    'Socket Mode',
    /^✗ .*not know SLACK_APP_TOKEN\. Copy it/,
  ],
  ['a wrong bot token', { SLACK_BOT_TOKEN: 'xoxb-wrong' }, 'Slack', /^✗ .*Copy SLACK_BOT_TOKEN/],
  [
    'invented officers',
    { OFFICERS: 'U0PARKJIMN,U0NOBODY1' },
    'officers',
    /^✗ .*U0NOBODY1 is nobody.*Correct OFFICERS/,
  ],
  ['the bot as officer', { OFFICERS: `U0PARKJIMN,${local.BOT_USER}` }, 'officers', /^✗ .*is a bot/],
  ['no officer', { OFFICERS: '' }, 'officers', /^✗ .*Name at least two/],
  ['one officer', { OFFICERS: 'U0PARKJIMN' }, 'officers', /^⚠ .*Name at least two/],
  ['one officer twice', { OFFICERS: 'U0PARKJIMN,U0PARKJIMN' }, 'officers', /^⚠ .*Name at least two/],
  ['no channel', { ADMIN_CHANNEL: '' }, 'officers’ channel', /^⚠ .*Set it to the id/],
  ['an invented channel', { ADMIN_CHANNEL: 'C0NOWHERE1' }, 'officers’ channel', /^✗ .*Check ADMIN_CHANNEL/],
  [
    'a name off by a letter',
    { ADMIN_CHANEL: 'C0NOWHERE1' },
    'settings',
    /^✗ .*\n.*Did you mean ADMIN_CHANNEL/,
  ],
  [
    'a setting without effect',
    { PORT: '80' },
    'settings',
    /^⚠ PORT is set but not used|^⚠ .*PORT is set but not used/,
  ],
])('%s is seen', async (_, env, what, said) => {
  const { code, lines } = await look({ ...office(), ...env });
  expect(lineOf(lines, what)).toMatch(said);
  expect(code).toBe(lines.some((line) => line.startsWith('✗')) ? 1 : 0);
});

test('a data folder that is a file, or lies in one', async () => {
  const file = join(folder, 'file');
  writeFileSync(file, '');
  for (const DATA_DIR of [file, join(file, 'data')]) {
    const { code, lines } = await look({ DATA_DIR, PORT: '0' });
    expect(lineOf(lines, 'data folder')).toMatch(/^✗ .* is a file.*Set DATA_DIR to /);
    expect(code).toBe(1);
  }
});

test.runIf(process.getuid?.() !== 0)('a data folder that cannot be written', async () => {
  chmodSync(folder, 0o500);
  onTestFinished(() => chmodSync(folder, 0o700));
  const { code, lines } = await look({ PORT: '0' });
  expect(lineOf(lines, 'data folder')).toMatch(/^✗ .*cannot be written by this account/);
  expect(code).toBe(1);
});

test('a data folder that others may look into', async () => {
  chmodSync(folder, 0o755);
  const { code, lines } = await look({ DATA_DIR: folder, PORT: '0' });
  expect(lineOf(lines, 'data folder')).toMatch(/^⚠ .*Run: chmod 700/);
  expect(code).toBe(0);
});

test.runIf(process.platform !== 'win32')('a key or a password that others may read', async () => {
  const keys = join(folder, 'data', 'keys');
  mkdirSync(keys, { recursive: true, mode: 0o700 });
  const files = [join(keys, 'secret.key'), join(folder, 'smtp'), join(folder, 'licence.pem')];
  const env = {
    PORT: '0',
    SMTP_URL_FILE: files[1],
    MAIL_FROM: 'a@b.kr',
    LICENCE_KEY: files[2],
    LICENCE_CERT: 'x',
  };
  for (const file of files) writeFileSync(file, 'smtp://127.0.0.1:9\n', { mode: 0o640 });
  expect(lineOf((await look(env)).lines, 'key files')).toMatch(/^✓/); // root's, and its group's
  for (const file of files) {
    chmodSync(file, 0o644);
    const { lines } = await look(env);
    expect(lineOf(lines, 'key files')).toBe(
      `⚠ key files: ${file} can be read or changed by other accounts of this machine. Run: chmod g-w,o= ${file}`,
    );
    chmodSync(file, 0o600);
  }
});

test('a port that another program has, and one that the bot has', async () => {
  let answer = 'something else';
  const other = createServer((_, response) => response.end(answer));
  await new Promise<void>((resolve) => other.listen(0, resolve));
  onTestFinished(() => void other.close());
  const { port } = other.address() as { port: number };
  const http = { ...office(), SLACK_APP_TOKEN: '', SLACK_SIGNING_SECRET: 'x', PORT: String(port) };
  const first = await look(http);
  expect(lineOf(first.lines, 'port')).toMatch(/^✗ .*is in use\. Stop what uses it, or set PORT/);
  expect(first.code).toBe(1);
  answer = 'ok\n';
  expect(lineOf((await look(http)).lines, 'port')).toBe(`✓ port: ${port} is the running bot’s`);
});

test('a server that is away is told without its password', async () => {
  const { code, lines } = await look({
    DATABASE_URL: 'postgresql://kim:hunter2@127.0.0.1:9/x',
    LOCAL: 'on',
    PORT: '0',
  });
  expect(lineOf(lines, 'database')).toMatch(/^✗ .*cannot be used .*Check DATABASE_URL/);
  expect(lines.join()).not.toContain('hunter2');
  expect(code).toBe(1);
});
