import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { readConfig } from '../../../src/app/config.ts';
import { changeSecretKey } from '../../../src/app/operator/change-secret-key.ts';
import { openDatabase } from '../../../src/app/operator/open-database.ts';
import { openSecretBox } from '../../../src/app/operator/secret-key.ts';
import { makeSecretBox } from '../../../src/filing/step-up/secret-box.ts';
import { verifyAudit } from '../../../src/store/audit.ts';

const now = () => new Date('2026-11-23T01:00:00.000Z');

test('what was sealed is sealed with the new key, and the old one opens nothing', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'bogeup-rekey-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const config = readConfig({ DATA_DIR: join(folder, 'data') });
  const former = await openSecretBox(config);
  if (!former) throw new Error('no key');
  const store = await openDatabase(config);
  const people = [];
  for (const name of ['김보람', '이정훈']) {
    const { id } = await store.db.person.create({ data: { name, createdAt: now() } });
    people.push(id);
    const sealed = { secret: former.seal(`of ${name}`, id), pending: former.seal('new', id) };
    await store.db.stepUp.create({
      data: { personId: id, ...sealed, recoveryHashes: [former.digest('x', id)], enrolledAt: now() },
    });
  }
  await store.close();

  const lines: string[] = [];
  const terminal = { now, name: 'kim', out: (line: string) => void lines.push(line) };
  const key = Buffer.alloc(32, 5);
  const file = join(folder, 'new.key');
  for (const wrong of ['', 'abc', `${key.toString('base64')}AAAA`, key.toString('hex')]) {
    writeFileSync(file, wrong);
    await expect(changeSecretKey(config, file, terminal)).rejects.toThrow('does not hold 32 bytes');
  }
  await expect(changeSecretKey(config, join(folder, 'none'), terminal)).rejects.toThrow('ENOENT');
  writeFileSync(file, `${key.toString('base64')}\n`);
  await expect(
    changeSecretKey({ ...config, secretKey: Buffer.alloc(32, 6) }, file, terminal), // not the one in use
  ).rejects.toThrow('nothing was changed');

  expect(await changeSecretKey(config, file, terminal)).toBe(0);
  expect(lines).toEqual([
    '2 officers’ secrets are sealed with the new key. Their recovery codes have ended.',
    expect.stringMatching(/^Put the new key into .*secret\.key on every machine/),
  ]);
  const after = await openDatabase(config);
  onTestFinished(() => after.close());
  const next = makeSecretBox(key);
  for (const [index, personId] of people.entries()) {
    const row = await after.db.stepUp.findUniqueOrThrow({ where: { personId } });
    expect(next.open(row.secret ?? '', personId)).toBe(`of ${['김보람', '이정훈'][index]}`);
    expect(() => former.open(row.secret ?? '', personId)).toThrow();
    expect(row).toMatchObject({ pending: null, pendingUntil: null, recoveryHashes: [], enrolledAt: now() });
  }
  expect(await after.db.audit.count({ where: { action: 'stepUp.reseal', actor: 'operator:kim' } })).toBe(2);
  expect(await verifyAudit(after.db)).toMatchObject({ ok: true });
});
