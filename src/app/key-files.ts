import { existsSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { Config } from './config.ts';

/** Mode bits that no key file may have: only the owner may write, and only the owner's group may read besides. */
const TOO_OPEN = 0o027;

/** What to do about a file that other accounts of this machine can use; null: they cannot. */
export function closeToOthers(file: string): string | null {
  if (process.platform === 'win32') return null;
  const stat = statSync(file);
  if (!stat.isFile() || (stat.mode & TOO_OPEN) === 0) return null;
  return `${file} can be read or changed by other accounts of this machine. Run: chmod g-w,o= ${file}`;
}

/** The keys that the bot makes when the settings name none. */
const OWN = ['licence-key.pem', 'secret.key'];

/** One line for each key or password file that other accounts of this machine can use, with what to do. */
export function openToOthers({ keyFiles, dataDir }: Pick<Config, 'keyFiles' | 'dataDir'>): string[] {
  return [...keyFiles, ...OWN.map((name) => join(dataDir, 'keys', name))]
    .filter((file) => existsSync(file))
    .flatMap((file) => closeToOthers(file) ?? []);
}
