// The bot of the benchmark, in its own process, with an embedded database in memory or with PostgreSQL.
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pino from 'pino';
import { createBot } from '../src/app/app.ts';
import type { SlackConnection } from '../src/app/config.ts';
import { makeLocalSigner } from '../src/records/licences/local-signer.ts';
import { putBlob } from '../src/store/blobs.ts';
import { type Db, openStore } from '../src/store/store.ts';
import { serve } from './child.ts';

const { connection, slackIds, databaseUrl } = JSON.parse(process.argv[2] ?? '{}') as {
  connection: SlackConnection;
  slackIds: string[];
  databaseUrl: string | null;
};
const now = () => new Date('2026-11-23T01:00:00Z');
const store = await openStore(databaseUrl ? { databaseUrl } : {});
if ((await store.db.agency.count()) === 0) await seed(store.db);
const bot = await createBot({
  store,
  config: { temporaryMonths: 2, databaseUrl },
  now,
  log: pino({ level: 'silent' }),
  signer: await makeLocalSigner(mkdtempSync(join(tmpdir(), 'bogeup-bench-')), now()),
  slack: connection,
});
await bot.start();
serve(() => bot.idle());

/** Registers everybody, and adds a module to deliver. */
async function seed(db: Db): Promise<void> {
  await db.agency.create({ data: { code: '1741000', name: '행정안전부', kind: 'ADMINISTRATIVE' } });
  const sha256 = await db.$transaction((tx) => putBlob(tx, Buffer.from('module'), now()));
  const module = { name: 'module', version: '1', language: 'JAVA', os: 'LINUX', bits: 64, fileName: 'm.tar' };
  await db.moduleRelease.create({ data: { ...module, sha256, addedBy: 'bench', addedAt: now() } });
  const registered = {
    name: '김보람',
    agencyCode: '1741000',
    department: '디지털안전정책과',
    position: '주무관',
    phone: '044-205-1234',
    mobile: '010-1234-5678',
    email: 'kim@korea.kr',
    registeredAt: now(),
  };
  await db.person.createMany({ data: slackIds.map((slackId) => ({ slackId, ...registered })) });
}
