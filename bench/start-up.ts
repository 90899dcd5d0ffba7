import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export interface StartUpFigures {
  /** Seconds from the command until the local page answers. */
  page: number;
  /** Seconds until the bot has joined and can be used. */
  bot: number;
  /** The resident memory at that moment, in MiB. */
  memory: number;
}

/** Measures a first start, which makes the database, and a later one, as by `npm start`; and an empty Node process. */
export async function benchStartUp(): Promise<{
  first: StartUpFigures;
  later: StartUpFigures;
  node: number;
}> {
  const dataDir = mkdtempSync(join(tmpdir(), 'bogeup-start-'));
  try {
    return { first: await startOnce(dataDir), later: await startOnce(dataDir), node: await emptyNode() };
  } finally {
    rmSync(dataDir, { recursive: true, force: true });
  }
}

async function startOnce(dataDir: string): Promise<StartUpFigures> {
  const port = await freePort();
  const { PATH, HOME } = process.env; // without the settings of the person who measures
  const begun = performance.now();
  const child = spawn(process.execPath, ['bin/bogeup.js', '--env-file', '/dev/null', 'start'], {
    cwd: join(import.meta.dirname, '..'),
    env: { PATH, HOME, DATA_DIR: dataDir, PORT: String(port), LOG_LEVEL: 'error' },
    stdio: 'ignore',
  });
  try {
    const url = `http://127.0.0.1:${port}`;
    await until(async () => (await fetch(url)).ok);
    const page = (performance.now() - begun) / 1000;
    await until(
      async () => ((await (await fetch(`${url}/control/state`)).json()) as { connected: boolean }).connected,
    );
    const bot = (performance.now() - begun) / 1000;
    const status = readFileSync(`/proc/${child.pid}/status`, 'utf8');
    return { page, bot, memory: Number(/VmRSS:\s+(\d+)/.exec(status)?.[1]) / 1024 };
  } finally {
    child.kill('SIGTERM');
    await new Promise((resolve) => child.once('exit', resolve));
  }
}

async function emptyNode(): Promise<number> {
  const begun = performance.now();
  const child = spawn(process.execPath, ['-e', '0'], { stdio: 'ignore' });
  await new Promise((resolve) => child.once('exit', resolve));
  return (performance.now() - begun) / 1000;
}

async function until(test: () => Promise<boolean>): Promise<void> {
  for (const giveUp = performance.now() + 120_000; performance.now() < giveUp; ) {
    if (await test().catch(() => false)) return;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  throw new Error('it did not start within two minutes');
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address ? address.port : 0));
    });
  });
}
