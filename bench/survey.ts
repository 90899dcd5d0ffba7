import { answerUnchanged } from '../src/features/surveys/answer.ts';
import { surveyBroadcast } from '../src/features/surveys/broadcast.ts';
import { openRound, SURVEY } from '../src/features/surveys/conduct.ts';
import { progressOf } from '../src/features/surveys/progress.ts';
import { groups } from '../src/features/surveys/round.ts';
import { tellNext } from '../src/store/broadcast.ts';
import type { Known } from '../src/store/known.ts';
import { operate } from '../src/store/operation.ts';
import { type Db, openStore } from '../src/store/store.ts';
import type { BenchRow } from './row.ts';

const AT = new Date('2026-11-23T01:00:00Z');
const PER_PERSON = 5;

/**
 * Measures a survey of `systems` systems, five per person: the click that opens it, its targets and messages, one
 * answer, the board. The baseline is an INSERT of as many bare rows. It uses an embedded database in memory unless an
 * empty PostgreSQL database is given.
 */
export async function benchSurvey(systems = 50_000, databaseUrl?: string): Promise<{ rows: BenchRow[] }> {
  const store = await openStore({ databaseUrl });
  const { db } = store;
  const ground = { db, now: () => AT, wakeOutbox: () => {} };
  try {
    await fill(db, systems);
    const rows: BenchRow[] = [];
    const timed = async <T>(name: string, work: () => Promise<T>): Promise<T> => {
      const start = performance.now();
      const value = await work();
      rows.push({ name, value: (performance.now() - start) / 1000, unit: 's' });
      return value;
    };
    await db.$executeRaw`CREATE TABLE bare (round TEXT, system TEXT, person TEXT, PRIMARY KEY (round, system))`;
    await timed(
      `baseline: ${systems} bare rows`,
      () =>
        db.$executeRaw`INSERT INTO bare SELECT 'r', 's' || n, 'p' FROM generate_series(1, ${systems}::int) n`,
    );
    const officer = await who(db, 'p1');
    const round = await timed('the click that opens a round', () =>
      operate(ground, { actor: 'p1', place: 'bench' }, (op) =>
        openRound(op, officer, {
          name: 'bench',
          closesOn: '2026-12-18',
          scope: { groups: groups.map(({ value }) => value), region: null, licences: 'ALL' },
          basis: '-',
          message: '-',
        }),
      ),
    );
    const kinds = { [SURVEY]: surveyBroadcast };
    await timed(`${systems} systems taken in, their contacts told`, async () => {
      while (await tellNext(ground, kinds, `${SURVEY}:${round.id}`));
    });
    const answering = await who(db, 'p2');
    await timed('one system answered', () =>
      operate(ground, { actor: 'p2', place: 'bench' }, (op) =>
        answerUnchanged(op, answering, round.id, 's6'),
      ),
    );
    await timed('the rest of one person answered', () =>
      operate(ground, { actor: 'p2', place: 'bench' }, (op) =>
        answerUnchanged(op, answering, round.id, null),
      ),
    );
    const { total } = await timed('board counted', () => progressOf(db, round));
    if (total.UNCHANGED !== PER_PERSON || total.SILENT !== systems - PER_PERSON)
      throw new Error(`counted ${JSON.stringify(total)}`);
    return { rows };
  } finally {
    await store.close();
  }
}

async function who(db: Db, id: string): Promise<Known> {
  const person = await db.person.findUniqueOrThrow({ where: { id }, include: { agency: true } });
  return { ...person, officer: true, auditor: false };
}

async function fill(db: Db, systems: number): Promise<void> {
  const people = Math.ceil(systems / PER_PERSON);
  await db.agency.create({ data: { code: '1741000', name: '행정안전부', kind: 'ADMINISTRATIVE' } });
  await db.blob.create({ data: { sha256: 'a'.repeat(64), size: 1, createdAt: AT } });
  await db.$executeRaw`
    INSERT INTO "Person" (id, "slackId") SELECT 'p' || n, 'U' || n FROM generate_series(1, ${people}::int) n`;
  await db.grant.create({ data: { personId: 'p1', role: 'OFFICER', grantedBy: 'bench', grantedAt: AT } });
  await db.$executeRaw`
    INSERT INTO "System" (id, name, "agencyCode", "contactId", "createdAt")
    SELECT 's' || n, 'system ' || n, '1741000', 'p' || (n - 1) / ${PER_PERSON}::int + 1, ${AT}
    FROM generate_series(1, ${systems}::int) n`;
  await db.$executeRaw`
    INSERT INTO "Filing" (id, number, procedure, state, revision, title, "applicantId", "systemId", "submittedAt")
    SELECT 'f' || n, '2026-' || n, 'application', 'APPROVED', 1, 'system', 'p1', 's' || n, ${AT}
    FROM generate_series(1, ${systems}::int) n`;
  await db.$executeRaw`
    INSERT INTO "Licence" (id, number, kind, "systemId", "filingId", revision, payload, "fileName", sha256, "issuedAt")
    SELECT 'l' || n, 'REG-' || n, 'REGULAR', 's' || n, 'f' || n, 1, '{}', 'gpkiapi.lic', repeat('a', 64), ${AT}
    FROM generate_series(1, ${systems}::int) n`;
  await db.$executeRawUnsafe('ANALYZE');
}
