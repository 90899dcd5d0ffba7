import { expect, onTestFinished, test } from 'vitest';
import { findDraft } from '../../src/filing/drafts.ts';
import { whoIs } from '../../src/records/people/who.ts';
import { countOf, read } from '../../src/store/ask.ts';
import { Prisma } from '../../src/store/client/client.ts';
import { preparedNames } from '../../src/store/prepared-names.ts';
import { openTestStore } from '../ground.ts';

test('each text has one name, and another text another', () => {
  const nameOf = preparedNames();
  expect(nameOf({ sql: 'SELECT 1' })).toBe(nameOf({ sql: 'SELECT 1' }));
  expect(nameOf({ sql: 'SELECT 2' })).not.toBe(nameOf({ sql: 'SELECT 1' }));
});

test.each([
  ['SELECT * FROM "Draft"', ''],
  ['SELECT p.*, 1 AS one FROM "Person" p', ''],
  ['DELETE FROM "Draft" RETURNING *', ''],
  ['SELECT count(*) FROM "Draft"', 's0'],
  ['SELECT json_build_array((SELECT json_agg(r) FROM (SELECT f.* FROM "Filing" f) r)) AS found', 's0'],
])('%s', (sql, name) => expect(preparedNames()({ sql })).toBe(name));

test('what a click reads is read on when a newer version adds a column meanwhile', async () => {
  const { db, close } = await openTestStore();
  onTestFinished(close);
  const who = await whoIs(db, 'U0KIM000001');
  const row = { personId: who.id, procedure: 'application', subject: '', answers: {}, step: 0 };
  const { id } = await db.draft.create({ data: { ...row, updatedAt: new Date('2026-11-23T01:00:00Z') } });
  const readAll = async () => [
    (await whoIs(db, 'U0KIM000001')).id,
    (await findDraft(db, id))?.id,
    await read(db, countOf(Prisma.sql`FROM (SELECT p.* FROM "Person" p) of`)),
  ];
  const before = await readAll();
  expect(before).toEqual([who.id, id, 1]);
  for (const table of ['Person', 'Draft', 'Agency'])
    await db.$executeRawUnsafe(`ALTER TABLE "${table}" ADD COLUMN later text`);
  expect(await readAll()).toEqual(before);
});
