import { mkdtempSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { ConfigError, readConfig } from '../../../src/app/config.ts';
import { openSecretBox } from '../../../src/app/operator/secret-key.ts';

const folder = () => mkdtempSync(join(tmpdir(), 'bogeup-secret-'));
const slack = { SLACK_BOT_TOKEN: 'xoxb-1', SLACK_APP_TOKEN: 'xapp-1' };
const postgres = { DATABASE_URL: 'postgresql://db/bogeup' };

test('without a setting the key is made once, for its owner alone, by however many at once', async () => {
  const config = readConfig({ DATA_DIR: folder() });
  const boxes = await Promise.all(Array.from({ length: 4 }, () => openSecretBox(config)));
  const sealed = boxes[0]?.seal('SECRET', 'kim') ?? '';
  for (const box of [...boxes, await openSecretBox(config)]) expect(box?.open(sealed, 'kim')).toBe('SECRET');
  const file = join(config.dataDir, 'keys/secret.key');
  expect(statSync(file).mode & 0o777).toBe(0o600);
  expect(Buffer.from(readFileSync(file, 'utf8'), 'base64')).toHaveLength(32);
});

test('the setting is the key, in every folder', async () => {
  const SECRET_KEY = Buffer.alloc(32, 9).toString('base64');
  const one = await openSecretBox(readConfig({ ...slack, ...postgres, SECRET_KEY, DATA_DIR: folder() }));
  const other = await openSecretBox(readConfig({ SECRET_KEY, DATA_DIR: folder() }));
  expect(other?.open(one?.seal('SECRET', 'kim') ?? '', 'kim')).toBe('SECRET');
});

test('where several processes may share the database no key is made: codes are off, or the start is refused', async () => {
  const off = readConfig({ ...slack, ...postgres, STEP_UP: 'off', DATA_DIR: folder() });
  expect(await openSecretBox(off)).toBeNull();
  await expect(openSecretBox({ ...off, stepUp: true })).rejects.toThrow(ConfigError);
});

test('a key file that was damaged is said, and not replaced', async () => {
  const config = readConfig({ DATA_DIR: folder() });
  await openSecretBox(config);
  const file = join(config.dataDir, 'keys/secret.key');
  writeFileSync(file, 'short');
  await expect(openSecretBox(config)).rejects.toThrow(/does not hold 32 bytes/);
  expect(readFileSync(file, 'utf8')).toBe('short');
});
