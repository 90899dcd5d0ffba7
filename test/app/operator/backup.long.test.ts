import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, onTestFinished, test } from 'vitest';
import { readConfig } from '../../../src/app/config.ts';
import { backup } from '../../../src/app/operator/backup.ts';
import { openDatabase } from '../../../src/app/operator/open-database.ts';
import { restore } from '../../../src/app/operator/restore.ts';
import { openOperatorDoor, runCommand } from '../../../src/app/operator/run.ts';
import { CHECKPOINT_FILE, earlierCheckpoints } from '../../../src/features/privacy/checkpoint-file.ts';
import { ArchiveDamaged, checkArchive, unpackArchive, writeArchive } from '../../../src/store/archive.ts';
import { nextNumber } from '../../../src/store/counter.ts';
import { lookAtServer } from '../../../src/store/look-at-server.ts';
import { operate } from '../../../src/store/operation.ts';
import { lookIntoFolder, type Store } from '../../../src/store/store.ts';
import { createDatabase, onPostgres } from '../../ground.ts';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'bogeup-backup-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const now = () => new Date('2026-11-23T01:00:00.000Z');

function terminal() {
  const lines: string[] = [];
  return { lines, now, name: 'kim', version: '0.1.0', out: (line: string) => void lines.push(line) };
}

/** Acts of a bot, one after the other, until it is told to stop. @returns how many */
function busy(store: Store): () => Promise<number> {
  let stopped = false;
  const ground = { db: store.db, now, wakeOutbox: () => undefined };
  const acts = (async () => {
    let count = 0;
    for (; !stopped; count++) {
      await operate(ground, { actor: 'p', place: 'home' }, async (op) => {
        await op.tx.person.create({ data: { name: `사람 ${count}`, createdAt: now() } });
        op.audit({ action: 'x.y', subject: `act:${count}` });
      });
    }
    return count;
  })();
  return () => {
    stopped = true;
    return acts;
  };
}

/** Leaves a database as the version before had it, as far as it is known. */
const FORGET_LAST =
  'DELETE FROM _prisma_migrations WHERE migration_name = (SELECT max(migration_name) FROM _prisma_migrations)';

const rowsOf = (lines: string[]) => Number(/is whole: (\d+) rows/.exec(lines.join('\n'))?.[1]);

describe.skipIf(onPostgres())('embedded', () => {
  test('a backup of a bot at work, restored elsewhere: whole, and as it was at one moment', async () => {
    const config = readConfig({ DATA_DIR: join(folder, 'data') });
    const store = await openDatabase(config);
    onTestFinished(() => store.close());
    onTestFinished(await openOperatorDoor(config, store, now));
    const stop = busy(store);
    const file = join(folder, 'one.backup');
    expect(await backup(config, file, terminal())).toBe(0);
    const acts = await stop();
    expect(readdirSync(config.dataDir).filter((name) => name.startsWith('backup-'))).toEqual([]);

    const elsewhere = readConfig({ DATA_DIR: join(folder, 'elsewhere') });
    const checkpoints = join(elsewhere.dataDir, CHECKPOINT_FILE);
    mkdirSync(elsewhere.dataDir);
    writeFileSync(checkpoints, 'of the database that was there\n');
    const told = terminal();
    expect(await restore(elsewhere, file, told)).toBe(0);
    expect(existsSync(checkpoints)).toBe(false);
    expect(earlierCheckpoints(elsewhere.dataDir)).toEqual([
      'audit-checkpoints.until-2026-11-23T010000Z.jsonl',
    ]);
    const rows = rowsOf(told.lines);
    expect(rows).toBeLessThanOrEqual(acts);
    expect(told.lines.at(-1)).toMatch(new RegExp(`^It holds ${rows} people, 0 filings`)); // act and row together
    const again = await openDatabase(elsewhere);
    expect(await again.db.person.count()).toBe(rows);
    expect(await again.db.$transaction((tx) => nextNumber(tx, 'licence:REGULAR', '2026'))).toBe(1001);
    await again.close();
    await expect(restore(elsewhere, file, terminal())).rejects.toThrow(/There is a database in .* already/);
    await expect(backup(config, file, terminal())).rejects.toThrow(/is there already/);
  });

  test('the database answers while it is copied', async () => {
    const config = readConfig({ DATA_DIR: join(folder, 'data') });
    const store = await openDatabase(config);
    onTestFinished(() => store.close());
    let done = false;
    const copied = store.copyTo?.('backup-00').finally(() => {
      done = true;
    });
    let answers = 0;
    while (!done) {
      const begun = existsSync(join(config.dataDir, 'backup-00'));
      await store.db.$queryRaw`SELECT 1`;
      if (begun && !done) answers += 1;
    }
    await copied;
    expect(answers).toBeGreaterThan(0);
  });

  test('a backup of the version before stays that version’s, whose bot can be started again', async () => {
    const config = readConfig({ DATA_DIR: join(folder, 'data') });
    const store = await openDatabase(config);
    await store.db.$executeRawUnsafe(FORGET_LAST);
    await store.close();
    const file = join(folder, 'before.backup');
    await expect(runCommand(config, 'holidays.list', {}, terminal())).rejects.toThrow(/1 migrations wait/);
    expect(await backup(config, file, terminal())).toBe(0);
    const applied = (dataDir: string) => lookIntoFolder(dataDir, async ({ size }) => size);
    const before = await applied(config.dataDir);
    await unpackArchive(file, join(folder, 'db'));
    expect(await applied(folder)).toBe(before);
    expect(await applied(config.dataDir)).toBe(before);
  });

  test('a damaged backup is told, and nothing is written', async () => {
    const source = join(folder, 'source');
    const config = readConfig({ DATA_DIR: source });
    await (await openDatabase(config)).close();
    const file = join(folder, 'whole.backup');
    expect(await backup(config, file, terminal())).toBe(0); // without a bot
    const bytes = readFileSync(file);
    const damaged = join(folder, 'damaged.backup');
    const to = readConfig({ DATA_DIR: join(folder, 'to') });
    const flipped = (at: number) => Buffer.from(bytes.map((byte, index) => (index === at ? byte ^ 1 : byte)));
    const variants = [
      Buffer.alloc(0),
      Buffer.from('hello'),
      bytes.subarray(0, bytes.length / 2),
      bytes.subarray(0, bytes.length - 1),
      ...[15, bytes.length >> 1, bytes.length - 9].map(flipped),
    ];
    for (const variant of variants) {
      writeFileSync(damaged, variant);
      await expect(restore(to, damaged, terminal())).rejects.toThrow(ArchiveDamaged);
      expect(existsSync(to.dataDir)).toBe(false);
    }
  });
});

test('a backup that is no file, or cannot be read, is named', async () => {
  const to = readConfig({ DATA_DIR: join(folder, 'to') });
  await expect(restore(to, folder, terminal())).rejects.toThrow(`${folder} is not a file.`);
  await expect(restore(to, join(folder, 'none'), terminal())).rejects.toThrow('There is no file');
  await expect(checkArchive(folder)).rejects.toThrow('EISDIR');
  await expect(checkArchive(join(folder, 'none'))).rejects.toThrow('ENOENT');
});

test('a name in a backup that leads out of the folder is refused', async () => {
  const source = join(folder, 'source');
  const file = join(folder, 'file');
  await writeArchive(file, { kind: 'embedded', made: '', version: '' }, mkdtempSync(source));
  const { gunzipSync, gzipSync } = await import('node:zlib');
  const text = gunzipSync(readFileSync(file)).toString();
  const [first = ''] = text.split('\n');
  for (const name of ['../out', '/tmp/out', 'a/../../out']) {
    writeFileSync(file, gzipSync(`${first}\n${JSON.stringify({ file: name, size: 0 })}\n`));
    const to = mkdtempSync(join(folder, 'to-'));
    await expect(unpackArchive(file, join(to, 'db'))).rejects.toThrow(/leads out/);
    expect(readdirSync(to)).toEqual(['db']);
  }
});

test.runIf(onPostgres())(
  'a server: dumped while it is written to, restored into an empty database',
  async () => {
    const from = await createDatabase();
    const to = await createDatabase();
    onTestFinished(from.drop);
    onTestFinished(to.drop);
    const env = { LOCAL: 'on', DATA_DIR: join(folder, 'data') };
    const config = readConfig({ ...env, DATABASE_URL: from.url });
    const store = await openDatabase(config);
    const stop = busy(store);
    const file = join(folder, 'one.backup');
    expect(await backup(config, file, terminal())).toBe(0);
    await stop();
    await store.close();
    const told = terminal();
    const target = readConfig({ ...env, DATABASE_URL: to.url });
    expect(await restore(target, file, told)).toBe(0);
    expect(told.lines.at(-1)).toMatch(new RegExp(`^It holds ${rowsOf(told.lines)} people`));
    const restored = await openDatabase(target);
    expect(await restored.db.$transaction((tx) => nextNumber(tx, 'licence:REGULAR', '2026'))).toBe(1001);
    await restored.close();
    await expect(restore(target, file, terminal())).rejects.toThrow(/holds tables already/);
    await expect(restore(readConfig({ DATA_DIR: join(folder, 'x') }), file, terminal())).rejects.toThrow(
      /of a PostgreSQL server/,
    );
  },
);

test.runIf(onPostgres())('a command beside older processes changes no tables', async () => {
  const { url, drop } = await createDatabase();
  onTestFinished(drop);
  const config = readConfig({ LOCAL: 'on', DATA_DIR: join(folder, 'data'), DATABASE_URL: url });
  const store = await openDatabase(config);
  onTestFinished(() => store.close());
  await store.db.$executeRawUnsafe(FORGET_LAST);
  const { applied } = await lookAtServer(url);
  await expect(runCommand(config, 'holidays.list', {}, terminal())).rejects.toThrow(/1 migrations wait/);
  expect(await lookAtServer(url)).toMatchObject({ applied });
});
