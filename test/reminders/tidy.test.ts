import { afterEach, beforeEach, expect, test } from 'vitest';
import { reminders } from '../../src/reminders/reminders.ts';
import { sweep } from '../../src/reminders/sweep.ts';
import { deleteOldDrafts, deleteOldMessages, tidy } from '../../src/reminders/tidy.ts';
import { putBlob } from '../../src/store/blobs.ts';
import { enqueue } from '../../src/store/outbox.ts';
import type { Store } from '../../src/store/store.ts';
import { openTestStore, testClock } from '../ground.ts';
import { wholeBlob } from '../whole-blob.ts';
import { seedAgency, seedPerson } from './seed.ts';

const NONE: ReadonlySet<string> = new Set();
let store: Store;
let clock = testClock();
beforeEach(async () => {
  store = await openTestStore();
  clock = testClock();
  await seedAgency(store.db);
});
afterEach(() => store.close());
const ground = () => ({ db: store.db, now: clock.now, wakeOutbox: () => undefined });

test('a draft goes after 90 days, when its owner was told, with the files that only it held', async () => {
  const { db } = store;
  const own = await putBlob(db, Buffer.from('only here'), clock.now());
  const shared = await putBlob(db, Buffer.from('in two drafts'), clock.now());
  const file = (sha256: string) => ({ sha256, name: 'a.pdf', size: 1, type: 'pdf' });
  const owner = await seedPerson(db, '김철용');
  const draft = { personId: owner.id, procedure: 'application', step: 3 };
  const updatedAt = clock.now();
  await db.draft.create({
    data: { ...draft, subject: '', answers: { letter: [file(own), file(shared)] }, updatedAt },
  });
  clock.set('2027-02-21T06:00:00+09:00'); // 90 days
  await db.draft.create({
    data: { ...draft, subject: 'system:x', answers: { letter: [file(shared)] }, updatedAt: clock.now() },
  });
  expect(await deleteOldDrafts(ground())).toBe(0); // nobody told the owner: the bot was away
  clock.set('2027-02-22T09:30:00+09:00');
  await sweep(ground(), reminders, NONE);
  expect(await db.reminded.count({ where: { notice: 'draft.ending' } })).toBe(1);
  expect(await deleteOldDrafts(ground())).toBe(1);
  expect((await db.blob.findMany({ select: { sha256: true } })).map(({ sha256 }) => sha256)).not.toContain(
    own,
  );
  expect((await db.blob.findMany({ select: { sha256: true } })).map(({ sha256 }) => sha256)).toContain(
    shared,
  );
});

test('a draft that somebody went on with stays; one in which nothing was typed, or whose owner is gone, goes', async () => {
  const { db } = store;
  const [busy, gone] = [await seedPerson(db, '김철용'), await seedPerson(db, '이영희')];
  await db.person.update({ where: { id: gone.id }, data: { deactivatedAt: clock.now() } });
  const draft = { procedure: 'application', subject: '', answers: {}, updatedAt: clock.now() };
  await db.draft.create({ data: { ...draft, personId: busy.id, step: 2 } });
  await db.draft.create({ data: { ...draft, personId: busy.id, subject: 'system:x', step: 0 } });
  await db.draft.create({ data: { ...draft, personId: gone.id, step: 2 } });
  clock.set('2027-02-20T06:00:00+09:00'); // 89 days
  expect(await deleteOldDrafts(ground())).toBe(0);
  clock.set('2027-02-21T06:00:00+09:00');
  expect(await deleteOldDrafts(ground())).toBe(2);
  expect(await db.draft.findMany({ select: { personId: true, step: true } })).toEqual([
    { personId: busy.id, step: 2 },
  ]);
});

test('with an old draft the help to fill it ends, and the helper is told', async () => {
  const { db } = store;
  const [owner, helper] = [await seedPerson(db, '김철용'), await seedPerson(db, '이영희')];
  const draft = await db.draft.create({
    data: {
      personId: owner.id,
      procedure: 'application',
      subject: '',
      step: 0,
      answers: {},
      updatedAt: clock.now(),
    },
  });
  const help = { helperId: helper.id, invitedBy: owner.id, procedure: 'application', invitedAt: clock.now() };
  await db.draftHelper.create({ data: { ...help, draftId: draft.id } });
  clock.set('2027-02-21T06:00:00+09:00');
  expect(await deleteOldDrafts(ground())).toBe(1);
  expect(await db.draftHelper.findFirst()).toMatchObject({ endedAt: clock.now(), endedBy: 'bot' });
  expect(await db.outbox.findFirst({ where: { recipient: helper.id } })).toMatchObject({
    notice: 'helper.ended',
  });
});

test('what was sent more than 400 days ago is removed; what waits, failed or handed over a licence stays', async () => {
  const { db } = store;
  const tell = (key: string, notice = 'test') => ({ key, notice, to: 'kim', facts: {} });
  await enqueue(db, clock.now(), [
    ...Array.from({ length: 1500 }, (_, n) => tell(`sent ${n}`)),
    tell('licence', 'licence.delivery'),
  ]);
  await db.outbox.updateMany({ data: { state: 'SENT' } });
  await enqueue(db, clock.now(), [tell('waits'), tell('failed')]);
  await db.outbox.update({ where: { key: 'failed' }, data: { state: 'FAILED' } });
  clock.advance(399 * 86_400_000);
  await enqueue(db, clock.now(), [tell('new')]);
  expect(await deleteOldMessages(ground())).toBe(0);
  clock.advance(2 * 86_400_000);
  expect(await deleteOldMessages(ground())).toBe(1500);
  const left = await db.outbox.findMany({ orderBy: { key: 'asc' }, select: { key: true } });
  expect(left.map(({ key }) => key)).toEqual(['failed', 'licence', 'new', 'waits']);
});

test('an absence is forgotten 400 days after its last day', async () => {
  const { db } = store;
  const [officer, substitute] = [await seedPerson(db, '최관리'), await seedPerson(db, '정승인')];
  const absence = (toOn: string) => ({
    officerId: officer.id,
    substituteId: substitute.id,
    fromOn: '2026-01-02',
    toOn,
    changedAt: clock.now(),
  });
  await db.absence.createMany({ data: [absence('2026-01-05'), absence('2026-01-06')] });
  clock.set('2027-02-10T06:00:00+09:00'); // 401 days after the one, 400 after the other
  await deleteOldMessages(ground());
  expect((await db.absence.findMany()).map(({ toOn }) => toOn)).toEqual(['2026-01-06']);
});

test('every night files go to which nothing refers; every kind of reference keeps its file', async () => {
  const { db } = store;
  await tidy(ground()); // what the empty database of the tests has
  const at = clock.now();
  const put = async (text: string) => {
    const bytes = Buffer.from(text);
    return { sha256: await putBlob(db, bytes, at), name: 'a.pdf', size: bytes.length, type: 'pdf' };
  };
  const person = await seedPerson(db, '김철용');
  const lasting = { by: person.id, at };
  await db.draft.create({
    data: {
      personId: person.id,
      procedure: 'application',
      subject: '',
      answers: { letter: [await put('draft')] },
      step: 1,
      updatedAt: at,
    },
  });
  const question = { number: 'Q2026-000001', askerId: person.id, title: 'Q', askedAt: at, waitingSince: at };
  await db.question.create({
    data: {
      ...question,
      state: 'OPEN',
      entries: {
        create: {
          authorId: person.id,
          byOfficer: false,
          text: 'Q',
          files: [await put('question')],
          writtenAt: at,
        },
      },
    },
  });
  const files = [await put('notice')];
  await db.boardNotice.create({
    data: {
      kind: 'NOTICE',
      title: 'N',
      text: 'N',
      files,
      target: 'ALL',
      publishAt: at,
      urgent: false,
      writtenBy: person.id,
      writtenAt: at,
      versions: { create: { number: 1, content: { files: [await put('former notice')] }, ...lasting } },
    },
  });
  await db.resource.create({
    data: {
      category: 'FORM',
      title: 'R',
      text: 'R',
      addedBy: person.id,
      addedAt: at,
      changedAt: at,
      versions: { create: { number: 1, title: 'R', text: 'R', files: [await put('resource')], ...lasting } },
    },
  });
  const stray = await put('stray');
  clock.advance(60 * 60 * 1000 + 1);
  const fresh = await putBlob(db, Buffer.from('fresh'), clock.now());
  expect(await tidy(ground())).toMatchObject({ files: 1 });
  const left = (await db.blob.findMany()).map(({ sha256 }) => sha256);
  expect(left).toHaveLength(6);
  expect(left).not.toContain(stray.sha256);
  expect(left).toContain(fresh);
});

test('a file that is put in while it is deleted is there, whole', async () => {
  const { db } = store;
  const bytes = Buffer.alloc(3 * 1024 * 1024, 7);
  for (let round = 0; round < 10; round++) {
    await putBlob(db, bytes, clock.now());
    clock.advance(60 * 60 * 1000 + 1);
    const [sha256] = await Promise.all([putBlob(db, bytes, clock.now()), tidy(ground())]);
    expect((await wholeBlob(db, sha256)).equals(bytes)).toBe(true);
  }
});
