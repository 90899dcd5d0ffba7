import { afterAll, beforeAll, expect, test } from 'vitest';
import { systemsBehind, tellAffected } from '../../../src/records/modules/newer.ts';
import type { ModuleRelease } from '../../../src/store/client/client.ts';
import { operate } from '../../../src/store/operation.ts';
import type { Store } from '../../../src/store/store.ts';
import { openTestStore, testClock } from '../../ground.ts';

const SYSTEMS = 50_000;
const PEOPLE = 10_000;
const sha256 = 'a'.repeat(64);
let store: Store;
let older: ModuleRelease;
const clock = testClock();

beforeAll(async () => {
  store = await openTestStore();
  const { db } = store;
  await db.agency.create({ data: { code: '1741000', name: '행정안전부', kind: 'ADMINISTRATIVE' } });
  await db.blob.create({ data: { sha256, size: 1, createdAt: clock.now() } });
  older = await addRow('1.9.0');
  // Everybody is contact of five systems and deputy of five others; number 0 has no account, number 1 left.
  await db.$executeRaw`
    INSERT INTO "Person" (id, "slackId", "deactivatedAt") SELECT 'p' || n,
      CASE WHEN n = 0 THEN NULL ELSE 'U' || n END, CASE WHEN n = 1 THEN now() END
    FROM generate_series(0, ${PEOPLE - 1}::int) n`;
  await db.$executeRaw`
    INSERT INTO "System" (id, name, "agencyCode", "contactId", "deputyId", "createdAt")
    SELECT 's' || n, 's' || n, '1741000', 'p' || n % ${PEOPLE}::int, CASE WHEN n % ${PEOPLE}::int > 1 THEN 'p' || (n + 7) % ${PEOPLE}::int END, now()
    FROM generate_series(0, ${SYSTEMS - 1}::int) n`;
  await db.$executeRaw`
    INSERT INTO "Filing" (id, number, procedure, state, revision, title, "applicantId", "systemId", "submittedAt")
    SELECT 'f' || n, 'f' || n, 'application', 'APPROVED', 1, 's', 'p1', 's' || n, now()
    FROM generate_series(0, ${SYSTEMS - 1}::int) n`;
  await db.$executeRaw`
    INSERT INTO "Licence" (id, number, kind, "systemId", "filingId", revision, payload, "fileName", sha256, "moduleId", "issuedAt")
    SELECT 'l' || n, 'l' || n, 'TEMPORARY', 's' || n, 'f' || n, 1, '{}', 'x', ${sha256}, ${older.id}, now()
    FROM generate_series(0, ${SYSTEMS - 1}::int) n`;
});
afterAll(() => store?.close());

function addRow(version: string, more: Partial<ModuleRelease> = {}): Promise<ModuleRelease> {
  const product = { name: '표준API 모듈', language: 'JAVA', os: 'LINUX', bits: 64, fileName: 'x', sha256 };
  return store.db.moduleRelease.create({
    data: { ...product, version, addedBy: 'test', addedAt: clock.now(), ...more },
  });
}

const tell = (release: ModuleRelease) =>
  operate({ db: store.db, now: clock.now, wakeOutbox: () => {} }, { actor: 'test', place: 'test' }, (op) =>
    tellAffected(op, release),
  );
const rowsOf = (release: ModuleRelease) =>
  store.db.outbox.findMany({
    where: { key: { startsWith: `module.newer:${release.id}` } },
    orderBy: { id: 'asc' },
  });

test(`${SYSTEMS} systems: each person once, and not at night`, async () => {
  clock.set('2026-11-20T12:00:00Z'); // a Friday, 21:00 in Seoul
  const release = await addRow('1.10.0');
  const told = await tell(release);
  expect(told.people).toBe(PEOPLE - 2); // one has no account, one has left
  expect(told.unreachable).toBe((SYSTEMS / PEOPLE) * 2); // theirs have no deputy
  const monday = new Date('2026-11-23T00:30:00Z');
  const rows = await rowsOf(release);
  expect(new Set(rows.map(({ recipient }) => recipient)).size).toBe(rows.length);
  expect(
    rows.every(
      ({ dueAt, notBefore }) => Number(dueAt) === Number(monday) && Number(notBefore) === Number(monday),
    ),
  ).toBe(true);
  expect(rows[0]?.id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  expect((await tell(release)).people).toBe(0); // said already
  expect(rows[0]?.facts).toEqual({ moduleId: release.id, personId: rows[0]?.recipient });
});

test('in working hours at once; nobody for an older release, another product or a system without a licence', async () => {
  clock.set('2026-11-23T05:00:00Z');
  await store.db.licence.updateMany({ where: { id: { not: 'l5' } }, data: { revokedAt: clock.now() } });
  expect((await tell(await addRow('1.9.5'))).people).toBe(0); // 1.10.0 is newer
  expect((await tell(await addRow('9.0.0', { bits: 32 }))).people).toBe(0);
  expect((await tell(await addRow('9.0.0', { name: '다른 모듈' }))).people).toBe(0);
  const release = await addRow('1.11.0');
  const told = await tell(release);
  expect(told).toMatchObject({ people: 2, at: clock.now() });
  expect((await rowsOf(release)).map(({ recipient }) => recipient).sort()).toEqual(['p12', 'p5']);
  expect((await systemsBehind(store.db, 'p5', release)).map(({ id }) => id)).toEqual(['s5']);
  await store.db.system.update({ where: { id: 's5' }, data: { retiredAt: clock.now() } });
  expect((await tell(await addRow('1.12.0'))).people).toBe(0);
});
