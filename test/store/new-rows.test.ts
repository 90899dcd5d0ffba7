import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Agency, type Consent, type Outbox, Prisma } from '../../src/store/client/client.ts';
import { assignment, insertion } from '../../src/store/new-rows.ts';
import type { Store } from '../../src/store/store.ts';
import { openTestStore } from '../ground.ts';

let store: Store;
beforeAll(async () => {
  store = await openTestStore();
});
afterAll(() => store?.close());

const at = new Date('2026-11-23T01:00:00.123Z');
const row: Outbox = {
  id: 'a',
  key: 'it\'s; a \\ "key" {1,2}',
  notice: '안내\n둘째 줄',
  recipient: 'desk',
  facts: { none: null, list: ['', 'NULL', 1.5], inner: { 가: '나' } },
  state: 'FAILED',
  attempts: 3,
  dueAt: at,
  notBefore: null,
  claimedBy: '',
  sentAt: at,
  channel: 'null',
  ts: null,
  error: '먼저 난 오류',
  uploads: ['F1', 'a,b', '{"c"}', ''],
  sharedAt: null,
  mailedAt: null,
  resends: 0,
  closedAt: at,
  createdAt: at,
};

it('rows are stored as they are given', async () => {
  const rows = [row, { ...row, id: 'b', key: 'b', uploads: [], facts: {} }];
  await store.db.$executeRaw`${insertion('Outbox', Prisma.OutboxScalarFieldEnum, rows)}`;
  expect(await store.db.outbox.findMany({ orderBy: { id: 'asc' } })).toEqual(rows);
});

it('only the columns with a value are changed', async () => {
  const changes = { state: 'SENT', ts: '1.2', sentAt: null, uploads: ['F2'], error: undefined };
  await store.db.$executeRaw`
    UPDATE "Outbox" SET ${assignment('Outbox', Prisma.OutboxScalarFieldEnum, changes)} WHERE id = ${row.id}`;
  const changed = { ...row, state: 'SENT', ts: '1.2', sentAt: null, uploads: ['F2'] };
  expect(await store.db.outbox.findUnique({ where: { id: row.id } })).toEqual(changed);
});

it('a column that the database computes is not given', async () => {
  const inSql = { name: Prisma.sql`upper(${'name'})` };
  const agency = { code: '1', kind: 'PUBLIC', abolished: false, successorCode: null, source: null } as const;
  await store.db.$executeRaw`
    ${insertion<Agency, 'name'>('Agency', Prisma.AgencyScalarFieldEnum, [agency], inSql)}`;
  expect(await store.db.agency.findMany()).toEqual([{ ...agency, name: 'NAME' }]);
});

it('the types ask for every column', () => {
  const { id: _, ...withoutId } = {
    id: '1',
    personId: '2',
    kind: 'k',
    version: '1',
    text: 't',
    agreedAt: at,
  };
  // @ts-expect-error: an id, which Prisma's client would make
  const rows: Consent[] = [withoutId];
  expect(insertion<Consent>('Consent', Prisma.ConsentScalarFieldEnum, rows).text).toContain(
    '"id", "personId"',
  );
});
