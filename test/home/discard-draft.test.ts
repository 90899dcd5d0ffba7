import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Filings } from '../../src/filing/procedure.ts';
import { deleteFilesOf, discardDraft } from '../../src/home/discard-draft.ts';
import { whoIs } from '../../src/records/people/who.ts';
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

async function begin(subject: string, answers: object): Promise<string> {
  const data = { personId, procedure: 'application', subject, step: 1, updatedAt: clock.now(), answers };
  return (await store.db.draft.create({ data })).id;
}

test('the files of a deleted draft go with it, except those that another draft has too', async () => {
  const { db } = store;
  const [letter, diagram] = [await file('공문'), await file('구성도')];
  const id = await begin('', { systemName: '민원시스템', letter: [letter], diagram: [diagram] });
  await begin('system:other', { letter: [letter] });
  const draft = await discardDraft(filings(), await scene(), id);
  await deleteFilesOf(filings(), await scene(), draft);
  expect(await db.blob.findMany({ select: { sha256: true } })).toEqual([{ sha256: letter.sha256 }]);
  expect(await db.blobPiece.count()).toBe(1);
});
