import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** The file of checkpoints in the data folder; each line is a JSON object. */
export const CHECKPOINT_FILE = 'audit-checkpoints.jsonl';

/** The bot's own file of checkpoints, as an argument for a command; undefined when it does not exist. */
export function ownCheckpoints(folder: string): { name: string; base64: string } | undefined {
  const path = join(folder, CHECKPOINT_FILE);
  return existsSync(path) ? { name: path, base64: readFileSync(path).toString('base64') } : undefined;
}
