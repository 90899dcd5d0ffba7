import { existsSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { Config } from './config.ts';

/** Read by everybody, or written by others than the owner. The owner's group may read: the key may be root's. */
const TOO_OPEN = 0o027;

/** Made by the bot itself where the settings name none. */
const OWN = ['licence-key.pem', 'secret.key'];

/** Files with keys and passwords that other accounts of this machine can read: one line each, with what to do. */
export function openToOthers({ keyFiles, dataDir }: Pick<Config, 'keyFiles' | 'dataDir'>): string[] {
  if (process.platform === 'win32') return [];
  return [...keyFiles, ...OWN.map((name) => join(dataDir, 'keys', name))]
    .filter((file) => existsSync(file) && (statSync(file).mode & TOO_OPEN) !== 0)
    .map(
      (file) => `${file} can be read or changed by other accounts of this machine. Run: chmod 600 ${file}`,
    );
}
