import { accessSync, constants, existsSync, statSync } from 'node:fs';
import { createServer } from 'node:net';
import { dirname } from 'node:path';
import type { Config } from '../config.ts';
import { Risk } from './doctor-check.ts';

/** The Node version that package.json demands; some libraries do not start with an older one. */
const NODE_FLOOR = [20, 19] as const;

export function checkNode(version: string): string {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  if (major > NODE_FLOOR[0] || (major === NODE_FLOOR[0] && minor >= NODE_FLOOR[1])) return version;
  throw new Error(`${version} is too old. Install Node.js ${NODE_FLOOR.join('.')} or newer.`);
}

/** Checks that the folder can be written; if it does not exist, the nearest folder above it. */
export function checkFolder({ dataDir }: Pick<Config, 'dataDir'>): string {
  if (existsSync(dataDir) && !statSync(dataDir).isDirectory())
    throw new Error(`${dataDir} is a file. Set DATA_DIR to a folder.`);
  let above = dataDir;
  while (!existsSync(above)) above = dirname(above);
  if (!statSync(above).isDirectory())
    throw new Error(
      `${above} is a file, so ${dataDir} cannot be made in it. Set DATA_DIR to another folder.`,
    );
  try {
    accessSync(above, constants.W_OK | constants.X_OK);
  } catch {
    throw new Error(`${above} cannot be written by this account. Change its owner, or set another DATA_DIR.`);
  }
  if (above !== dataDir) return `${dataDir} will be made`;
  const others = statSync(dataDir).mode & 0o077;
  if (others !== 0 && process.platform !== 'win32')
    throw new Risk(
      `${dataDir} can be looked into by other accounts of this machine. Run: chmod 700 ${dataDir}`,
    );
  return dataDir;
}

/** Checks that the port is free or that the running bot uses it. */
export async function checkPort(port: number): Promise<string> {
  const taken = await new Promise<NodeJS.ErrnoException | null>((resolve) => {
    const server = createServer();
    server.once('error', resolve);
    server.listen(port, () => server.close(() => resolve(null)));
  });
  if (!taken) return port === 0 ? 'any free one' : `${port} is free`;
  if (taken.code !== 'EADDRINUSE') throw Object.assign(taken, { port });
  const answer = await fetch(`http://127.0.0.1:${port}/healthz`, { signal: AbortSignal.timeout(5000) })
    .then((response) => response.text())
    .catch(() => '');
  if (answer.trim() === 'ok') return `${port} is the running bot’s`;
  throw Object.assign(taken, { port });
}
