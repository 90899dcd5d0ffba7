import { reminders } from '../src/reminders/reminders.ts';
import { sweep } from '../src/reminders/sweep.ts';
import type { Db } from '../src/store/store.ts';
import { openStore } from '../src/store/store.ts';
import { type BenchRow, cpuRatio, type Spent, spentOn } from './row.ts';

const FIRST = '2026-12-24T00:30:00Z';
const NEXT = '2026-12-28T00:30:00Z';

/**
 * Measures sweeps over `licences` temporary licences, all 30 days before their end, with two people each: the first
 * sweep, when all reminders are new, one more on the same morning, and one on the next business day, when none is. It
 * also measures how long another person's click waits during the sweep. The baseline is one plain INSERT of as many
 * messages. It uses an embedded database in memory unless a PostgreSQL database is given, which must be empty.
 */
export async function benchSweep(licences = 50_000, databaseUrl?: string): Promise<{ rows: BenchRow[] }> {
  const store = await openStore({ databaseUrl });
  try {
    await fill(store.db, licences);
    const baseline = await plainInsert(store.db, 2 * licences, true);
    const rows: BenchRow[] = [
      { name: `plain INSERT of ${2 * licences} messages and things`, value: baseline.seconds, unit: 's' },
    ];
    for (const [name, instant, fresh] of [
      ['sweep, every step new', FIRST, 2 * licences],
      ['sweep repeated', FIRST, 0],
      ['sweep on the next day', NEXT, 0],
    ] as const) {
      const waits = waiting(store.db);
      const ground = { db: store.db, now: () => new Date(instant), wakeOutbox: () => {} };
      const { value: said, seconds, cpu } = await spentOn(() => sweep(ground, reminders, new Set()));
      if (said['licence.expiring'] !== fresh) throw new Error(`${name}: said ${JSON.stringify(said)}`);
      rows.push(
        { name: `${name} (${licences} licences)`, value: seconds, unit: 's' },
        { name: '  to the plain INSERT', value: seconds / baseline.seconds, unit: 'times' },
        ...cpuRatio(cpu, baseline, databaseUrl),
        { name: '  longest wait of a query meanwhile', value: await waits.stop(), unit: 'ms' },
      );
    }
    return { rows };
  } finally {
    await store.close();
  }
}

/** Inserts rows like the sweep's, by one statement per table, and deletes them. @param things also into Reminded */
export async function plainInsert(db: Db, count: number, things = false): Promise<Spent> {
  const spent = await spentOn(async () => {
    await db.$executeRaw`
      INSERT INTO "Outbox" (id, key, notice, recipient, facts, "dueAt", "createdAt")
      SELECT 'x' || n, 'reminders:2026-12-24:p' || n, 'reminders', 'p' || n,
        jsonb_build_object('message', md5(n::text), 'to', 'p' || n), now(), now()
      FROM generate_series(1, ${count}::int) n`;
    if (!things) return;
    await db.$executeRaw`
      INSERT INTO "Reminded" (message, number, key, notice, subject, "dueOn", step, recipient, facts, "saidOn")
      SELECT md5(n::text), 0, 'licence.expiring:l' || n || ':2027-01-23:p' || n, 'licence.expiring', 'l' || n, '2027-01-23', 30,
        'p' || n, jsonb_build_object('licenceId', 'l' || n), '2026-12-24'
      FROM generate_series(1, ${count}::int) n`;
  });
  await db.outbox.deleteMany();
  await db.reminded.deleteMany();
  return spent;
}

/** Runs a small query again and again. */
export function waiting(db: Db): {
  /** @returns the longest wait in milliseconds */ stop(): Promise<number>;
} {
  let running = true;
  let longest = 0;
  const asking = (async () => {
    while (running) {
      const start = performance.now();
      await db.$queryRaw`SELECT 1 FROM "Person" WHERE id = 'p1'`;
      longest = Math.max(longest, performance.now() - start);
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  })();
  return {
    stop: async () => {
      running = false;
      await asking;
      return Math.round(longest);
    },
  };
}

async function fill(db: Db, licences: number): Promise<void> {
  const at = new Date('2026-11-23T01:00:00Z');
  await db.agency.create({ data: { code: '1741000', name: '행정안전부', kind: 'ADMINISTRATIVE' } });
  await db.blob.create({ data: { sha256: 'a'.repeat(64), size: 1, createdAt: at } });
  await db.$executeRaw`
    INSERT INTO "Person" (id, "slackId") SELECT 'p' || n, 'U' || n FROM generate_series(1, ${2 * licences}::int) n`;
  await db.$executeRaw`
    INSERT INTO "System" (id, name, "agencyCode", "contactId", "deputyId", "createdAt")
    SELECT 's' || n, 'system ' || n, '1741000', 'p' || 2 * n - 1, 'p' || 2 * n, ${at}
    FROM generate_series(1, ${licences}::int) n`;
  await db.$executeRaw`
    INSERT INTO "Filing" (id, number, procedure, state, revision, title, "applicantId", "systemId", "submittedAt")
    SELECT 'f' || n, '2026-' || n, 'application', 'APPROVED', 1, 'system ' || n, 'p' || 2 * n - 1, 's' || n, ${at}
    FROM generate_series(1, ${licences}::int) n`;
  await db.$executeRaw`
    INSERT INTO "Licence"
      (id, number, kind, "systemId", "filingId", revision, payload, "fileName", sha256, "issuedAt", "expiresOn")
    SELECT 'l' || n, 'TMP-' || n, 'TEMPORARY', 's' || n, 'f' || n, 1, '{}', 'gpkiapi.lic', repeat('a', 64), ${at},
      '2027-01-23'
    FROM generate_series(1, ${licences}::int) n`;
  await db.$executeRawUnsafe('ANALYZE');
}
