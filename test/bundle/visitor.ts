/**
 * People who use the bot of a bundle, in a process of its own so that it can be without a network: they have everything
 * made that a library makes. Arguments: the bundle, an empty folder. Prints JSON: which files came, how commands ended.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync } from 'node:fs';
import { join } from 'node:path';
import {
  bot,
  botScopes,
  channels,
  DESK_CHANNEL,
  officerIds,
  people,
} from '../../src/app/demo/local-workspace.ts';
import type { Person, SeenMessage } from '../../src/sandbox/person.ts';
import { startWorkspace } from '../../src/sandbox/workspace.ts';
import { unhurried } from '../unhurried.ts';

const [bundle = '', folder = ''] = process.argv.slice(2);
const command = join(bundle, 'bin/bogeup.js');

function launch(args: string[], env: NodeJS.ProcessEnv): { child: ChildProcess; text: () => string } {
  const { PATH } = process.env;
  const child = spawn(process.execPath, [command, ...args], { cwd: folder, env: { PATH, ...env } });
  let text = '';
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (piece: string) => (text += piece));
  return { child, text: () => text };
}

async function ends(args: string[], env: NodeJS.ProcessEnv): Promise<{ code: unknown; text: string }> {
  const { child, text } = launch(args, env);
  const [code] = await once(child, 'close');
  return { code, text: text() };
}

/** @returns what the pattern found. @throws when the process ends before */
async function said({ child, text }: ReturnType<typeof launch>, pattern: RegExp): Promise<string> {
  while (!pattern.test(text())) {
    const ended = await Promise.race([
      once(child.stderr ?? child, 'data'),
      once(child.stdout ?? child, 'data'),
      once(child, 'close').then(() => 'ended'),
    ]);
    if (ended === 'ended' && !pattern.test(text())) throw new Error(`it ended: ${text()}`);
  }
  return pattern.exec(text())?.[1] ?? '';
}

async function stop({ child }: ReturnType<typeof launch>): Promise<unknown> {
  child.kill('SIGTERM');
  const [code] = await once(child, 'close');
  return code;
}

/** Kinds of the files of the message that comes to this person next. */
async function filesAfter(person: Person, act: () => Promise<void>): Promise<string[]> {
  const filesIn = (message: SeenMessage) => (message.files ?? []) as { id: string; name: string }[];
  const known = new Set((await person.dm()).map(({ ts }) => ts));
  await act();
  const message = await person.waitFor(async () =>
    (await person.dm()).find((one) => !known.has(one.ts) && filesIn(one).length > 0),
  );
  for (const { id, name } of filesIn(message))
    if ((await person.download(id)).length < 100) throw new Error(`${name} is empty`);
  return [...new Set(filesIn(message).map(({ name }) => name.slice(name.lastIndexOf('.') + 1)))].sort();
}

async function overSlack(): Promise<object> {
  const workspace = await startWorkspace({
    port: 0,
    ...unhurried,
    people,
    channels,
    bot: { ...bot, scopes: botScopes() },
  });
  const dataDir = mkdtempSync(join(folder, 'slack-'));
  const env = {
    DATA_DIR: dataDir,
    SLACK_BOT_TOKEN: workspace.botToken,
    SLACK_APP_TOKEN: workspace.appToken,
    SLACK_API_URL: workspace.apiUrl,
    ADMIN_CHANNEL: DESK_CHANNEL,
    OFFICERS: officerIds.join(','),
  };
  const running = launch(['start'], env);
  await said(running, /connected to Slack/);
  const officer = workspace.person(officerIds[0] ?? '');
  const visitor = workspace.person('U0CHOISEOY');

  await officer.openHome();
  await officer.press('통계', { in: 'home' });
  await officer.waitFor(async () => (await officer.modalText()).includes('처리 기간'));
  const charts = await filesAfter(officer, () => officer.press('도표', { in: 'modal' }));
  await officer.close({ all: true });
  await officer.press('통계', { in: 'home' });
  const tables = await filesAfter(officer, () => officer.press('내려받기', { in: 'modal' }));
  await officer.close({ all: true });
  const enrol = () => officer.press('일회용 비밀번호 등록', { in: 'home' });
  const letters = await filesAfter(officer, enrol);

  await visitor.openHome();
  await visitor.press('사용자 등록');
  await visitor.fill('개인정보 수집 및 이용에 대한 동의', '동의함');
  await visitor.fill('소속기관', '한국환경공단');
  await visitor.submit();
  const papers = await filesAfter(visitor, () => visitor.press('빈 신청서 받기', { in: 'modal' }));

  const file = join(folder, 'backup.bogeup');
  const backup = await ends(['backup', file], env);
  const audit = await ends(['audit', 'verify'], env);
  const stopped = await stop(running);
  await workspace.close();
  const restored = await ends(['restore', file], { DATA_DIR: mkdtempSync(join(folder, 'restored-')) });
  return { charts, tables, letters, papers, backup, audit, stopped, restored };
}

async function local(): Promise<object> {
  const running = launch([], { DATA_DIR: mkdtempSync(join(folder, 'local-')), PORT: '0' });
  const url = await said(running, /open (http:\S+)/);
  await said(running, /the bot has joined/);
  const page = await (await fetch(url)).text();
  const statuses = await Promise.all(
    [...page.matchAll(/"(\/vendor\/[^"]+)"/g)].map(async ([, path]) => (await fetch(`${url}${path}`)).status),
  );
  return { statuses, stopped: await stop(running) };
}

process.stdout.write(`${JSON.stringify({ slack: await overSlack(), local: await local() })}\n`);
process.exit(0);
