import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { fillOffice } from '../../src/app/demo/fill.ts';
import { officials } from '../../src/app/demo/people.ts';
import { systems } from '../../src/app/demo/systems.ts';
import { settlePurpose } from '../../src/app/operator/purpose.ts';
import { seedAgencies, seedSampleModules } from '../../src/app/operator/starter.ts';
import { makeLocalSigner } from '../../src/records/licences/local-signer.ts';
import { verifyAudit } from '../../src/store/audit.ts';
import type { Store } from '../../src/store/store.ts';
import { openTestStore } from '../ground.ts';

const now = () => new Date('2026-11-25T05:00:00Z'); // Wednesday, 14:00
let store: Store;
const ground = () => ({ db: store.db, now, wakeOutbox: () => undefined });
const office = async () => ({
  db: store.db,
  now,
  issuer: {
    signer: await makeLocalSigner(mkdtempSync(join(tmpdir(), 'bogeup-keys-')), now()),
    temporaryMonths: 2,
  },
  byCertificate: true,
});

beforeAll(async () => {
  store = await openTestStore();
});
afterAll(() => store.close());

test('a database in real use is not filled', async () => {
  await settlePurpose(store.db, false, now());
  await expect(fillOffice(await office())).rejects.toThrow('체험용 작업공간에서만');
  expect(await store.db.person.count()).toBe(0);
  await store.db.installation.deleteMany();
});

test('an empty one becomes an office that has worked for a year', async () => {
  await settlePurpose(store.db, true, now());
  await seedAgencies(ground());
  await seedSampleModules(ground());
  const { filings } = await fillOffice(await office());
  expect(filings).toBeGreaterThan(75);
  const { db } = store;
  expect(await db.system.count()).toBe(systems.length);
  const states = await db.filing.groupBy({ by: ['state'], _count: true });
  expect(new Set(states.map(({ state }) => state))).toEqual(
    new Set(['SUBMITTED', 'RETURNED', 'APPROVED', 'REJECTED', 'OFFERED']),
  );
  expect(await db.person.count({ where: { registeredAt: { not: null }, slackId: { not: null } } })).toBe(
    officials.length,
  );
  expect(await db.surveyTarget.count({ where: { unchangedAt: { not: null } } })).toBeGreaterThan(0);
  expect(await db.surveyTarget.count({ where: { receivedBy: 'MAIL' } })).toBe(1);
  expect(await db.question.count({ where: { state: 'OPEN' } })).toBe(1);
  expect(await db.audit.count({ where: { at: { gt: now() } } })).toBe(0);
  expect(await verifyAudit(db)).toMatchObject({ ok: true });
  const [oldest] = await db.filing.findMany({ orderBy: { submittedAt: 'asc' }, take: 1 });
  expect(oldest?.submittedAt.getFullYear()).toBe(2025);
  const waiting = await db.outbox.count({ where: { state: 'PENDING' } });
  expect(waiting).toBeGreaterThan(0);
  expect(waiting).toBeLessThan(filings); // what is older was read long ago
});

test('one that somebody has begun to use is left alone', async () => {
  await expect(fillOffice(await office())).rejects.toThrow('이미 쓰기 시작한');
});
