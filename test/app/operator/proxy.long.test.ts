import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import {
  bot,
  botScopes,
  channels,
  DESK_CHANNEL,
  officerIds,
  people,
} from '../../../src/app/demo/local-workspace.ts';
import { startWorkspace, type Workspace } from '../../../src/sandbox/workspace.ts';
import { pdf } from '../../answers.ts';
import { unhurried } from '../../unhurried.ts';

const closing: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});

/** Lets everybody through, and keeps who asked for what inside: what is not encrypted can be read. */
async function openProxy() {
  const asked: string[] = [];
  const inside = new Set<string>();
  const server = createServer((_request, response) => response.writeHead(405).end());
  server.on('connect', ({ url = '' }, client, head) => {
    asked.push(url);
    const { hostname, port } = new URL(`http://${url}`);
    const upstream = connect(Number(port), hostname, () => {
      client.write('HTTP/1.1 200 OK\r\n\r\n');
      upstream.write(head);
      client.pipe(upstream).pipe(client);
    });
    client.on('data', (bytes: Buffer) => {
      for (const [, path = ''] of bytes.toString('latin1').matchAll(/^(?:GET|POST) (\/[^/ ?]+)/gm))
        inside.add(path);
    });
    for (const one of [client, upstream])
      one.on('error', () => [client, upstream].map((each) => each.destroy()));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  closing.push(() => {
    server.close();
    server.closeAllConnections();
  });
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, asked, inside };
}

async function openWorkspace(): Promise<Workspace> {
  const workspace = await startWorkspace({
    port: 0,
    ...unhurried,
    people,
    channels,
    bot: { ...bot, scopes: botScopes() },
  });
  closing.push(() => workspace.close());
  return workspace;
}

/** The real command against that workspace, until it is connected. */
async function start(workspace: Workspace, env: NodeJS.ProcessEnv): Promise<ChildProcess> {
  const dataDir = mkdtempSync(join(tmpdir(), 'bogeup-proxy-'));
  const { PATH } = process.env;
  const command = join(import.meta.dirname, '../../../bin/bogeup.js');
  const child = spawn(process.execPath, [command, '--env-file', '/dev/null', 'start'], {
    env: {
      PATH,
      DATA_DIR: dataDir,
      SLACK_BOT_TOKEN: workspace.botToken,
      SLACK_APP_TOKEN: workspace.appToken,
      SLACK_API_URL: workspace.apiUrl,
      ADMIN_CHANNEL: DESK_CHANNEL,
      OFFICERS: officerIds.join(','),
      STEP_UP: 'off',
      ...env,
    },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  closing.push(async () => {
    child.kill('SIGKILL');
    if (child.exitCode === null && child.signalCode === null) await once(child, 'close');
    rmSync(dataDir, { recursive: true, force: true });
  });
  let text = '';
  for await (const piece of child.stdout.setEncoding('utf8')) {
    text += piece;
    if (text.includes('connected to Slack')) return child;
  }
  throw new Error(`it ended: ${text}`);
}

/** An official asks with a file, and reads that it was asked; the officer's window shows the file's name. */
async function useIt(workspace: Workspace): Promise<void> {
  const visitor = workspace.person('U0CHOISEOY');
  await visitor.openHome();
  await visitor.press('사용자 등록');
  await visitor.fill('개인정보 수집 및 이용에 대한 동의', '동의함');
  await visitor.fill('소속기관', '한국환경공단');
  await visitor.submit();
  await visitor.press('빈 신청서 받기', { in: 'modal' }); // a file goes up
  await visitor.waitFor(async () =>
    (await visitor.dm()).find(({ files }) => Array.isArray(files) && files.length),
  );
  await visitor.close({ all: true });
  const before = (await visitor.dm()).length;
  await visitor.say('dm', '이 파일은 무엇입니까', [pdf('라이선스.lic')]); // a file comes down
  await visitor.waitFor(async () => (await visitor.dm()).length > before + 1);
}

test('the Web API, files and the socket go by the proxy, each of them', async () => {
  const [workspace, proxy] = [await openWorkspace(), await openProxy()];
  await start(workspace, { HTTP_PROXY: proxy.url, NO_PROXY: 'elsewhere.example' });
  await useIt(workspace);
  expect(new Set(proxy.asked)).toEqual(new Set([new URL(workspace.url).host]));
  expect([...proxy.inside].sort()).toEqual(['/api', '/files-pri', '/link', '/upload']);
});

test('a host of NO_PROXY is reached without', async () => {
  const [workspace, proxy] = [await openWorkspace(), await openProxy()];
  await start(workspace, { HTTP_PROXY: proxy.url, NO_PROXY: 'elsewhere.example,127.0.0.1' });
  await useIt(workspace);
  expect(proxy.asked).toEqual([]);
});
