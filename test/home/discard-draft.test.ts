import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Filings } from '../../src/filing/procedure.ts';
import { deleteFilesOf, discardDraft } from '../../src/home/discard-draft.ts';
import { whoIs } from '../../src/records/people/who.ts';
import { tidy } from '../../src/reminders/tidy.ts';
import { putBlob } from '../../src/store/blobs.ts';
import type { Store } from '../../src/store/store.ts';
import { openTestStore, testClock } from '../ground.ts';

let store: Store;
let personId = '';
const clock = testClock();

beforeEach(async () => {
  store = await openTestStore();
  const data = { slackId: 'UKIM', name: '김보람', registeredAt: clock.now() };
  personId = (await store.db.person.create({ data })).id;
});
afterEach(() => store.close());

const filings = () => ({ db: store.db, now: clock.now, wakeOutbox: () => undefined }) as unknown as Filings;
const scene = async () => ({ who: await whoIs(store.db, 'UKIM'), place: 'test' });

async function file(text: string) {
  const bytes = Buffer.from(text);
  const sha256 = await putBlob(store.db, bytes, clock.now());
  return { sha256, name: `${text}.pdf`, size: bytes.length, type: 'pdf' };
}

const HOUR = 60 * 60 * 1000 + 1;
const stored = async () =>
  (await store.db.blob.findMany({ orderBy: { sha256: 'asc' } })).map(({ sha256 }) => sha256);

async function begin(subject: string, answers: object): Promise<string> {
  const data = { personId, procedure: 'application', subject, step: 1, updatedAt: clock.now(), answers };
  return (await store.db.draft.create({ data })).id;
}

test('the files of a deleted draft go with it, except those that another draft has too', async () => {
  const { db } = store;
  const [letter, diagram] = [await file('공문'), await file('구성도')];
  const id = await begin('', { systemName: '민원시스템', letter: [letter], diagram: [diagram] });
  await begin('system:other', { letter: [letter] });
  clock.advance(HOUR);
  const draft = await discardDraft(filings(), await scene(), id);
  await deleteFilesOf(filings(), await scene(), draft);
  expect(await stored()).toEqual([letter.sha256]);
  expect(await db.blobPiece.count()).toBe(1);
});

test('a file that somebody is attaching elsewhere at that moment stays', async () => {
  const letter = await file('공문');
  const id = await begin('', { letter: [letter] });
  clock.advance(HOUR);
  const draft = await discardDraft(filings(), await scene(), id);
  await file('공문'); // stored for another form, whose draft does not have it yet
  await deleteFilesOf(filings(), await scene(), draft);
  expect(await stored()).toEqual([letter.sha256]);
  clock.advance(HOUR);
  expect(await tidy(filings())).toMatchObject({ files: 1 }); // that form was never saved
  expect(await stored()).toEqual([]);
});

test('a file that came a moment ago goes in the next night', async () => {
  const id = await begin('', { letter: [await file('공문')] });
  const draft = await discardDraft(filings(), await scene(), id);
  await deleteFilesOf(filings(), await scene(), draft);
  expect(await stored()).toHaveLength(1);
  clock.advance(HOUR);
  await tidy(filings());
  expect(await stored()).toEqual([]);
});
