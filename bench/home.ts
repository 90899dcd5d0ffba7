import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { allProcedures } from '../src/app/procedures.ts';
import { exportOf } from '../src/features/desk/export.ts';
import { listOf } from '../src/features/desk/export-lists.ts';
import { searchDesk } from '../src/features/desk/search.ts';
import { periodOf, statisticsOf } from '../src/features/desk/statistics.ts';
import { homeView } from '../src/home/home.ts';
import { makeLocalSigner } from '../src/records/licences/local-signer.ts';
import { whoIs } from '../src/records/people/who.ts';
import { type Db, openStore } from '../src/store/store.ts';
import type { BenchRow } from './row.ts';

const NOW = new Date('2026-11-25T02:00:00Z');
const ROUNDS = 15;

/**
 * Measures screens over a full database: `filings` filings of `filings / 3` systems in 20,000 agencies, 2 in 100
 * waiting. It takes the median of 15 runs in milliseconds, after three to warm up, and compares it with a trivial
 * query. It uses an embedded database in memory unless a PostgreSQL database is given, which must be empty.
 */
export async function benchHome(filings = 60_000, databaseUrl?: string): Promise<{ rows: BenchRow[] }> {
  const store = await openStore({ databaseUrl });
  try {
    const { db } = store;
    await fill(db, filings);
    const signer = await makeLocalSigner(mkdtempSync(join(tmpdir(), 'bogeup-bench-')), NOW);
    const procedures = allProcedures({ signer, temporaryMonths: 2 });
    const parts = { db, procedures, now: () => NOW, wakeOutbox: () => {} };
    const official = await whoIs(db, 'U1');
    const officer = await whoIs(db, 'U2');
    const at = (words: string) => () => searchDesk(parts, db, officer, words);
    const acts: [string, () => Promise<unknown>][] = [
      ['trivial query', () => db.$queryRaw`SELECT 1`],
      ['home of an official (30 systems)', () => homeView(parts, official)],
      ['home of an officer', () => homeView(parts, officer)],
      ['its queue filtered', () => homeView(parts, officer, filtered)],
      ['search: a part of a system’s name', at('관리시스템 777')],
      ['search: a word in every name', at('관리')],
      ['search: IP address', at('10.0.3.9')],
      ['search: receipt number', at('2026-0000777')],
      ['search: number of a letter', at('정보과-777')],
      ['search: person', at('김보람777')],
    ];
    const rows: BenchRow[] = [];
    for (const [name, act] of acts) rows.push({ name, value: await median(act, ROUNDS), unit: 'ms' });
    const year = () => statisticsOf(db, periodOf('thisYear', '2026-11-25'), new Set());
    rows.push({ name: 'statistics of a year', value: await median(year, 3), unit: 'ms' });
    const list = () => exportOf(db, listOf(parts, 'systems', false, new Date('2026-11-25T00:00:00Z')));
    rows.push({ name: 'export of all systems', value: await median(list, 1), unit: 'ms' });
    return { rows };
  } finally {
    await store.close();
  }
}

const filtered = { queue: { procedure: 'application', kind: 'PUBLIC' as const, age: 5, page: 0 } };

async function median(act: () => Promise<unknown>, rounds: number): Promise<number> {
  const times: number[] = [];
  for (let round = rounds > 3 ? -3 : 0; round < rounds; round++) {
    const start = performance.now();
    await act();
    if (round >= 0) times.push(performance.now() - start);
  }
  return times.sort((a, b) => a - b)[Math.floor(times.length / 2)] ?? 0;
}

async function fill(db: Db, filings: number): Promise<void> {
  const systems = Math.floor(filings / 3);
  const people = Math.floor(systems / 30);
  await db.$executeRaw`
    INSERT INTO "Agency" (code, name, kind)
    SELECT lpad(n::text, 7, '0'), '기관 ' || n, (CASE WHEN n % 5 = 0 THEN 'PUBLIC' ELSE 'ADMINISTRATIVE' END)::"AgencyKind"
    FROM generate_series(1, 20000) n`;
  await db.blob.create({ data: { sha256: 'a'.repeat(64), size: 1, createdAt: NOW } });
  await db.$executeRaw`
    INSERT INTO "Person" (id, "slackId", name, "agencyCode", department, phone, mobile, email, "registeredAt")
    SELECT 'p' || n, 'U' || n, '김보람' || n, lpad((n % 20000 + 1)::text, 7, '0'), '정보과', '02-1', '010-1', 'a@korea.kr', ${NOW}
    FROM generate_series(1, ${people}::int) n`;
  await db.$executeRaw`
    INSERT INTO "Grant" (id, "personId", role, "grantedBy", "grantedAt") VALUES ('g', 'p2', 'OFFICER', 'bench', ${NOW})`;
  await db.$executeRaw`
    INSERT INTO "System" (id, name, "agencyCode", "contactId", "serverIps", "serverCn", "createdAt")
    SELECT 's' || n, '민원 관리시스템 ' || n, lpad((n % 20000 + 1)::text, 7, '0'), 'p' || (n % ${people}::int + 1),
      ARRAY['10.' || n / 65536 || '.' || n / 256 % 256 || '.' || n % 256], 'SVR' || lpad(n::text, 10, '0'),
      ${NOW}::timestamp - n * interval '2 minutes'
    FROM generate_series(1, ${systems}::int) n`;
  await db.$executeRaw`
    INSERT INTO "Filing" (id, number, procedure, state, revision, "approvedRevision", title, "applicantId", "agencyCode",
      "systemId", "letterKey", "submittedAt", "decidedAt", "decidedBy")
    SELECT 'f' || n, '2026-' || lpad(n::text, 7, '0'), CASE WHEN n % 3 = 0 THEN 'resultReport' ELSE 'application' END,
      (CASE WHEN n % 50 = 0 THEN 'SUBMITTED' WHEN n % 51 = 0 THEN 'RETURNED' ELSE 'APPROVED' END)::"FilingState", 1,
      CASE WHEN n % 50 = 0 OR n % 51 = 0 THEN NULL ELSE 1 END, '민원 관리시스템 ' || n / 3, 'p' || (n / 3 % ${people}::int + 1),
      lpad((n / 3 % 20000 + 1)::text, 7, '0'), 's' || greatest(1, n / 3), '0000001/2026/정보과-' || n,
      ${NOW}::timestamp - n % 700 * interval '1 day',
      CASE WHEN n % 50 = 0 THEN NULL ELSE ${NOW}::timestamp - n % 700 * interval '1 day' + n % 9 * interval '1 day' END, 'p2'
    FROM generate_series(1, ${filings}::int) n`;
  await db.$executeRaw`
    INSERT INTO "Licence" (id, number, kind, "systemId", "filingId", revision, payload, "fileName", sha256, "issuedAt", "expiresOn")
    SELECT 'l' || n, 'TEMP-2026-' || lpad(n::text, 7, '0'), 'TEMPORARY', 's' || n, 'f' || n * 3 - 1, 1, '{}', 'gpkiapi.lic',
      repeat('a', 64), ${NOW}::timestamp - n % 700 * interval '1 day', '2026-12-31'
    FROM generate_series(1, ${systems}::int) n WHERE n * 3 - 1 <= ${filings}::int`;
  await db.$executeRawUnsafe('ANALYZE');
}
