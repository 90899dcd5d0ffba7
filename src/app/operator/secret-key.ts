import { randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { KEY_BYTES, makeSecretBox, type SecretBox } from '../../filing/step-up/secret-box.ts';
import { makeOnce } from '../../store/make-once.ts';
import { type Config, ConfigError, NO_SECRET_KEY } from '../config.ts';
import { keysFolder } from './signing.ts';

/**
 * The key that encrypts the secrets of one-time codes: SECRET_KEY, else a key made once in the data folder (mode 0600).
 * With PostgreSQL and real Slack no key is made: several processes may each have a data folder, and all need one key.
 * @returns null without a key: nobody can enrol then. @throws ConfigError when codes are obligatory but have no key
 */
export async function openSecretBox(config: Config): Promise<SecretBox | null> {
  if (config.secretKey) return makeSecretBox(config.secretKey);
  if (config.databaseUrl && config.slack) {
    if (config.stepUp) throw new ConfigError([NO_SECRET_KEY]);
    return null;
  }
  const file = join(keysFolder(config), 'secret.key');
  await makeOnce(file, 0o600, async () => `${randomBytes(KEY_BYTES).toString('base64')}\n`);
  const key = Buffer.from(await readFile(file, 'utf8'), 'base64');
  if (key.length === KEY_BYTES) return makeSecretBox(key);
  throw new ConfigError([
    `${file} does not hold ${KEY_BYTES} bytes in base64. Put the file back from the backup, or set SECRET_KEY.`,
  ]);
}
