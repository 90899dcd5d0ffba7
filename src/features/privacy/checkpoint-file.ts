import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** In the data folder; one JSON object a line. */
export const CHECKPOINT_FILE = 'audit-checkpoints.jsonl';

/** The file that the bot keeps, as a command's argument; undefined where there is none. */
export function ownCheckpoints(folder: string): { name: string; base64: string } | undefined {
  const path = join(folder, CHECKPOINT_FILE);
  return existsSync(path) ? { name: path, base64: readFileSync(path).toString('base64') } : undefined;
}
