import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** The file of checkpoints in the data folder; each line is a JSON object. */
export const CHECKPOINT_FILE = 'audit-checkpoints.jsonl';

/** The bot's own file of checkpoints, as an argument for a command; undefined when it does not exist. */
export function ownCheckpoints(folder: string): { name: string; base64: string } | undefined {
  const path = join(folder, CHECKPOINT_FILE);
  return existsSync(path) ? { name: path, base64: readFileSync(path).toString('base64') } : undefined;
}

/** The name of a file of checkpoints that is set aside: another database, or another signer, comes after it. */
export function earlierName(now: Date): string {
  return `audit-checkpoints.until-${now.toISOString().replaceAll(':', '').slice(0, 17)}Z.jsonl`;
}

/** The files of checkpoints in the folder that were set aside. */
export function earlierCheckpoints(folder: string): string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .filter((name) => name.startsWith('audit-checkpoints.until-'))
    .sort();
}
