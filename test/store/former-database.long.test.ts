import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PGlite } from '@electric-sql/pglite';
import { expect, onTestFinished, test } from 'vitest';
import { allProcedures } from '../../src/app/procedures.ts';
import { decideFiling } from '../../src/filing/decide.ts';
import { openDraft } from '../../src/filing/drafts.ts';
import { type Filings, getProcedure } from '../../src/filing/procedure.ts';
import { stateLabel } from '../../src/filing/standing.ts';
import { submitFiling } from '../../src/filing/submit.ts';
import { makeLocalSigner } from '../../src/records/licences/local-signer.ts';
import { whoIs } from '../../src/records/people/who.ts';
import { verifyAudit } from '../../src/store/audit.ts';
import { openStore } from '../../src/store/store.ts';
import { testClock } from '../ground.ts';

const root = join(import.meta.dirname, '../..');
const read = (path: string) => readFileSync(join(root, path), 'utf8');
const temporary = () => {
  const folder = mkdtempSync(join(tmpdir(), 'bogeup-former-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
};

/** The folder that the former version left. */
async function formerFolder(): Promise<string> {
  const folder = temporary();
  const rows = read('test/samples/former-database.sql');
  const migrations = Array.from(rows.matchAll(/"migration_name":"(\w+)"/g), ([, name]) => name).sort();
  const pglite = await PGlite.create({ dataDir: join(folder, 'db') });
  for (const name of migrations) await pglite.exec(read(`prisma/migrations/${name}/migration.sql`));
  await pglite.exec(rows);
  await pglite.close();
  return folder;
}

test('a database of the version before the rooms were put in order opens, is migrated and goes on', async () => {
  const store = await openStore({ dataDir: await formerFolder() });
  onTestFinished(() => store.close());
  const { db } = store;
  expect(store.migrated).toEqual(expect.arrayContaining(['20261129084839_filing_marks']));

  const clock = testClock('2026-11-23T02:00:00.000Z');
  const signer = await makeLocalSigner(temporary(), clock.now());
  const filings: Filings = {
    db,
    now: clock.now,
    procedures: allProcedures({ signer, temporaryMonths: 2 }),
    wakeOutbox: () => undefined,
  };
  const kim = await whoIs(db, 'U0KIM000001');
  const officer = await whoIs(db, 'U0OFFICER00');
  const today = '2026-11-23';
  expect(await verifyAudit(db)).toMatchObject({ ok: true });

  const all = await db.filing.findMany({ orderBy: { number: 'asc' } });
  const labels = all.map((filing) => stateLabel(filing, getProcedure(filings, filing.procedure)));
  expect(labels.sort()).toEqual(['검토완료', '검토중', '보완요청', '승인취소'].sort());

  const waiting = all.find(({ state }) => state === 'SUBMITTED');
  const approved = await decideFiling(
    filings,
    { who: officer, place: 'test' },
    {
      verb: 'filing.approve',
      filingId: waiting?.id ?? '',
    },
  );
  expect(await db.licence.count({ where: { filingId: approved.id } })).toBe(1);

  // What was returned, and what was opened again, is corrected and submitted.
  for (const filing of all.filter(({ state }) => state === 'RETURNED')) {
    const procedure = getProcedure(filings, filing.procedure);
    const draft = await openDraft(db, clock.now(), procedure, kim, `filing:${filing.id}`);
    const extra = filing.procedure === 'resultReport' ? { confirmed: ['YES'] } : {};
    await db.draft.update({
      where: { id: draft.id },
      data: { answers: { ...(draft.answers as object), ...extra } },
    });
    expect(await submitFiling(filings, { who: kim, place: 'test' }, draft.id, today)).toMatchObject({
      state: 'SUBMITTED',
      revision: 2,
    });
  }
  const lying = await openDraft(db, clock.now(), getProcedure(filings, 'application'), kim, '');
  expect(lying).toMatchObject({ resumed: true, answers: { systemName: '작성 중인 시스템' } });
  expect(await verifyAudit(db)).toMatchObject({ ok: true });
});
