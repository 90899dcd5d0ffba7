import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { KEY_BYTES, makeSecretBox, type SecretBox } from '../../filing/step-up/secret-box.ts';
import { operate } from '../../store/operation.ts';
import type { Config } from '../config.ts';
import type { Operator } from './command.ts';
import { OperatorMistake } from './mistake.ts';
import { openDatabase } from './open-database.ts';
import { openSecretBox } from './secret-key.ts';
import { keysFolder } from './signing.ts';

/**
 * `secret-key change FILE`: encrypts all secrets of one-time codes with the key in the file instead of the one in the
 * settings, all of them or none. Recovery codes become invalid, since they are stored as hashes under the key. The bot
 * must be stopped, because a running one uses the former key.
 */
export async function changeSecretKey(
  config: Config,
  file: string,
  { now, out, name }: Pick<Operator, 'now' | 'out' | 'name'>,
): Promise<number> {
  const next = readKey(file);
  const store = await openDatabase(config, { existing: true, pending: 'refuse' });
  try {
    const former = await openSecretBox({ ...config, stepUp: false });
    if (!former) throw new OperatorMistake('SECRET_KEY is not set. Set the one that is in use.');
    const ground = { db: store.db, now, wakeOutbox: () => undefined };
    const count = await operate(ground, { actor: `operator:${name}`, place: 'cli' }, async (op) => {
      const rows = await op.tx.stepUp.findMany();
      for (const { personId, secret } of rows) {
        const data = { pending: null, pendingUntil: null, recoveryHashes: [], trustedUntil: null };
        await op.tx.stepUp.update({
          where: { personId },
          data: { ...data, secret: secret && next.seal(opened(former, secret, personId), personId) },
        });
        op.audit({ action: 'stepUp.reseal', subject: `person:${personId}`, person: personId });
      }
      return rows.length;
    });
    const place = config.secretKey ? 'in SECRET_KEY' : `into ${join(keysFolder(config), 'secret.key')}`;
    out(`${count} officers’ secrets are sealed with the new key. Their recovery codes have ended.`);
    out(`Put the new key ${place} on every machine, then start the bot, and have the officers enrol again.`);
    return 0;
  } finally {
    await store.close();
  }
}

function opened(box: SecretBox, sealed: string, owner: string): string {
  try {
    return box.open(sealed, owner);
  } catch {
    throw new OperatorMistake(
      'A secret cannot be read with the present SECRET_KEY, so nothing was changed. Set the key it was sealed with.',
    );
  }
}

function readKey(file: string): SecretBox {
  let text: string;
  try {
    text = readFileSync(file, 'utf8').trim();
  } catch (error) {
    throw new OperatorMistake(`${file} cannot be read (${(error as NodeJS.ErrnoException).code}).`);
  }
  const key = Buffer.from(text, 'base64');
  if (key.length === KEY_BYTES && key.toString('base64') === text) return makeSecretBox(key);
  throw new OperatorMistake(
    `${file} does not hold ${KEY_BYTES} bytes in base64. Make it with: openssl rand -base64 32`,
  );
}
