import { afterEach, beforeEach, expect, test } from 'vitest';
import { NOTICE, noticeBroadcast } from '../../src/features/board/notices/broadcast.ts';
import { noticeMessages } from '../../src/features/board/notices/messages.ts';
import {
  editNotice,
  type Written,
  withdrawNotice,
  writeNotice,
} from '../../src/features/board/notices/notice.ts';
import { whoIs } from '../../src/records/people/who.ts';
import { dueBroadcasts, tellMany, tellNext } from '../../src/store/broadcast.ts';
import { createBroadcaster } from '../../src/store/broadcaster.ts';
import type { BoardNotice } from '../../src/store/client/client.ts';
import { claimDue, settle } from '../../src/store/outbox.ts';
import type { Store } from '../../src/store/store.ts';
import { onPostgres, openTestStore, testClock } from '../ground.ts';

/** 650 people: an officer, 400 of 행정기관, 249 of 공공기관. */
const PEOPLE = 650;
const ADMINISTRATIVE = 400;
const kinds = { [NOTICE]: noticeBroadcast };
const written = { kind: '안내', title: '공지', text: '내용', target: 'ALL', how: ['message', 'urgent'] };
let store: Store;
let clock = testClock();
const errors: object[] = [];

beforeEach(async () => {
  store = await openTestStore();
  clock = testClock();
  errors.length = 0;
  const { db } = store;
  await db.agency.createMany({
    data: [
      { code: '1741000', name: '행정안전부', kind: 'ADMINISTRATIVE' },
      { code: 'B552584', name: '한국환경공단', kind: 'PUBLIC' },
    ],
  });
  await db.person.create({
    data: {
      slackId: 'UOFFICER',
      grants: { create: { role: 'OFFICER', grantedBy: 'test', grantedAt: clock.now() } },
    },
  });
  await db.person.createMany({
    data: Array.from({ length: PEOPLE - 1 }, (_, n) => ({
      slackId: `U${n}`,
      agencyCode: n < ADMINISTRATIVE ? '1741000' : 'B552584',
    })),
  });
});
afterEach(() => store.close());

const ground = () => ({ db: store.db, now: clock.now, wakeOutbox: () => undefined });
const officer = () => whoIs(store.db, 'UOFFICER');
const scene = async () => ({ who: await officer(), place: 'test' });
const keyOf = ({ id }: { id: string }) => `notice:${id}`;
const reached = () => store.db.outbox.count({ where: { notice: 'notice.message' } });
const row = (notice: BoardNotice) => store.db.broadcast.findUniqueOrThrow({ where: { key: keyOf(notice) } });

const write = async (over: Partial<Written> = {}, at = clock.now()) =>
  writeNotice(ground(), await scene(), { ...written, ...over }, { at, holidays: new Set() });
const edit = async (notice: BoardNotice, over: Partial<Written>) =>
  editNotice(ground(), await scene(), notice, { ...written, ...over }, { at: null, holidays: new Set() });

/** So many transactions of it. @returns whether there is more */
async function batches(notice: { id: string }, count = Number.POSITIVE_INFINITY): Promise<boolean> {
  for (let n = 0; n < count; n++) if (!(await tellNext(ground(), kinds, keyOf(notice)))) return false;
  return true;
}

function broadcaster() {
  return createBroadcaster({ ground: ground(), kinds, log: { error: (said: object) => errors.push(said) } });
}

/** Sends what waits, at most so many. */
async function send(count: number): Promise<string[]> {
  const rows = await claimDue(store.db, {
    now: clock.now(),
    claimer: 'sender',
    leaseMs: 60_000,
    limit: count,
  });
  for (const one of rows) await settle(store.db, one, { sentAt: clock.now(), channel: 'D1', ts: '1' });
  return rows.map(({ recipient }) => recipient);
}

test('the click puts nobody into the outbox; whoever comes next goes on where it stopped', async () => {
  const notice = await write();
  expect(await reached()).toBe(0);
  expect(await batches(notice, 2)).toBe(true); // the first takes back, of nothing
  const first = await reached();
  expect(first).toBeGreaterThan(0);
  expect(first).toBeLessThan(PEOPLE);

  const after = broadcaster(); // of a process that starts after that one died
  after.wake();
  await after.idle();
  const rows = await store.db.outbox.findMany({ where: { notice: 'notice.message' } });
  expect(rows).toHaveLength(PEOPLE);
  expect(new Set(rows.map(({ recipient }) => recipient)).size).toBe(PEOPLE);
  expect(await row(notice)).toMatchObject({ messages: PEOPLE, doneAt: clock.now() });
  expect(await store.db.audit.findMany({ where: { action: 'notice.told' } })).toMatchObject([
    { actor: 'bot', subject: keyOf(notice), data: { messages: PEOPLE } },
  ]);
  expect(await dueBroadcasts(store.db, clock.now())).toEqual([]);
  expect(errors).toEqual([]);
});

test('nobody is put into the outbox while people wait for their answers', async () => {
  const notice = await write();
  const before: unknown[] = [];
  const rest = async () => void before.push(await row(notice));
  const log = { error: (said: object) => errors.push(said) };
  const after = createBroadcaster({ ground: ground(), kinds, log, rest });
  after.wake();
  await after.idle();
  expect(before).toMatchObject([
    { takeBack: true, messages: 0 },
    { takeBack: false, messages: 0 },
    { messages: noticeBroadcast.atOnce },
    { messages: PEOPLE },
  ]);
  expect(errors).toEqual([]);
});

test('several processes at once reach everybody once, and count them once', async () => {
  const notice = await write();
  await Promise.all(
    Array.from({ length: 4 }, async () => {
      while ((await row(notice)).doneAt === null) await batches(notice);
    }),
  );
  expect(await reached()).toBe(PEOPLE);
  expect((await row(notice)).messages).toBe(PEOPLE);
});

test('nobody is told before its time, and what is corrected until then needs no taking back', async () => {
  const at = new Date(clock.now().getTime() + 60_000);
  const notice = await write({}, at);
  await batches(notice);
  expect(await reached()).toBe(0);
  expect(await dueBroadcasts(store.db, clock.now())).toEqual([]);
  clock.set(at);
  expect(await dueBroadcasts(store.db, clock.now())).toEqual([keyOf(notice)]);
  await batches(notice);
  expect(await reached()).toBe(PEOPLE);
});

test('withdrawn in the middle: who was told was told, nobody else is', async () => {
  const notice = await write();
  await batches(notice, 2);
  const sent = await send(10);
  const [tried] = await claimDue(store.db, {
    now: clock.now(),
    claimer: 'sender',
    leaseMs: 60_000,
    limit: 1,
  });
  if (!tried) throw new Error('nothing waits');
  await settle(store.db, tried, { retryAt: clock.now(), error: 'timeout' }); // it may have arrived
  await withdrawNotice(ground(), await officer(), 'test', notice.id);
  await batches(notice);
  const left = await store.db.outbox.findMany({ where: { notice: 'notice.message' } });
  expect(left.map(({ recipient }) => recipient).sort()).toEqual([...sent, tried.recipient].sort());
  expect((await row(notice)).messages).toBe(left.length);
});

test.runIf(onPostgres())('taken back while another process sends: all that waits, however many', async () => {
  const { db } = store;
  const notice = await write();
  await batches(notice);
  await db.$executeRaw`
    INSERT INTO "Outbox" (id, key, notice, recipient, facts, "dueAt", "createdAt")
    SELECT key, key, 'notice.message', 'U-' || n, jsonb_build_object('noticeId', ${notice.id}::text), now(), now()
    FROM generate_series(1, 2000) AS n, LATERAL (SELECT ${keyOf(notice)}::text || ':more-' || n AS key) AS keys`;
  await withdrawNotice(ground(), await officer(), 'test', notice.id);
  let takingBack: Promise<boolean> | undefined;
  await db.$transaction(async (tx) => {
    await tx.$executeRaw`
      UPDATE "Outbox" SET state = 'SENT' WHERE id = (SELECT min(id) FROM "Outbox" WHERE state = 'PENDING')`;
    takingBack = tellNext(ground(), kinds, keyOf(notice));
    await waitsForLock();
  });
  await takingBack;
  await batches(notice);
  expect(await db.outbox.groupBy({ by: ['state'], _count: true })).toEqual([{ state: 'SENT', _count: 1 }]);
});

/** Until another process waits for what this one holds. */
async function waitsForLock(): Promise<void> {
  for (;;) {
    const waiting = await store.db.$queryRaw<unknown[]>`
      SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`;
    if (waiting.length > 0) return;
  }
}

test('narrowed in the middle: it goes on with those whom it still concerns, each once', async () => {
  const notice = await write();
  await batches(notice, 2);
  const sent = await send(20);
  await edit(notice, { target: 'PUBLIC' });
  await batches(notice);
  const rows = await store.db.outbox.findMany({ where: { notice: 'notice.message' } });
  const recipients = rows.map(({ recipient }) => recipient);
  expect(new Set(recipients).size).toBe(recipients.length);
  const concerned = await store.db.person.findMany({ where: { agency: { kind: 'PUBLIC' } } });
  const expected = new Set([...sent, ...concerned.map(({ id }) => id)]);
  expect(new Set(recipients)).toEqual(expected);
  expect((await row(notice)).messages).toBe(expected.size);
});

test('widened after everybody was told: the others are told too, nobody twice', async () => {
  const notice = await write({ target: 'PUBLIC' });
  await batches(notice);
  expect(await reached()).toBe(PEOPLE - 1 - ADMINISTRATIVE);
  await send(1000);
  await edit(notice, { target: 'ALL' });
  await batches(notice);
  expect(await reached()).toBe(PEOPLE);
  expect(await store.db.outbox.count({ where: { state: 'PENDING' } })).toBe(ADMINISTRATIVE + 1);
});

test('one that cannot be told does not keep the others from it', async () => {
  await store.db.$transaction((tx) => tellMany(tx, 'unknown', 'x', new Date(0)));
  const notice = await write();
  const one = broadcaster();
  one.wake();
  await one.idle();
  expect(await reached()).toBe(PEOPLE);
  expect((await row(notice)).doneAt).not.toBeNull();
  expect(errors).toMatchObject([{ broadcast: 'unknown:x' }]);
});

test('a message that was tried and waits says nothing to whom the notice concerns no more', async () => {
  const { db } = store;
  const said = noticeMessages['notice.message'];
  if (typeof said !== 'function') throw new Error('no message');
  const notice = await write();
  const of = (slackId: string) => db.person.findUniqueOrThrow({ where: { slackId } });
  const [first, last] = [await of('U0'), await of(`U${PEOPLE - 2}`)];
  const told = async () =>
    Promise.all(
      [first, last].map(
        async ({ id }) => (await said(db, { noticeId: notice.id }, 'messenger', id)) !== null,
      ),
    );
  expect(await told()).toEqual([true, true]);
  const narrowed = await edit(notice, { target: 'PUBLIC' });
  expect(await told()).toEqual([false, true]);
  await edit(narrowed, { target: 'PUBLIC', how: [] });
  expect(await told()).toEqual([false, false]);
});
