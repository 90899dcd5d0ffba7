import { afterAll, beforeAll, expect, test } from 'vitest';
import { findCandidates } from '../../../src/procedures/destruction/candidates.ts';
import { destroyCases } from '../../../src/procedures/destruction/destroy.ts';
import { putBlob } from '../../../src/store/blobs.ts';
import { operate } from '../../../src/store/operation.ts';
import type { Store } from '../../../src/store/store.ts';
import { openTestStore, testClock } from '../../ground.ts';

/** A case that was rejected long ago is destroyed; its system is in use and was surveyed this year. */
let store: Store;
let systemId = '';
const clock = testClock();
const REJECTED = new Date('2013-03-04T10:00:00+09:00');
const RETIRED = new Date('2014-03-04T10:00:00+09:00');

beforeAll(async () => {
  store = await openTestStore();
  const { db } = store;
  await db.agency.create({ data: { code: 'B552584', name: '한국환경공단', kind: 'PUBLIC' } });
  const { id: contactId } = await db.person.create({
    data: { name: '박수진', email: 'park@public.or.kr', agencyCode: 'B552584' },
  });
  const system = await db.system.create({
    data: { name: '민원시스템', agencyCode: 'B552584', contactId, createdAt: REJECTED },
  });
  systemId = system.id;
  for (const number of ['2013-000001', '2013-000002']) {
    await db.filing.create({
      data: {
        number,
        procedure: 'usageChange',
        title: '민원시스템',
        applicantId: contactId,
        agencyCode: 'B552584',
        systemId,
        state: 'REJECTED',
        revision: 1,
        submittedAt: REJECTED,
        decidedAt: REJECTED,
      },
    });
  }
  const round = await db.surveyRound.create({
    data: {
      name: '올해 조사',
      closesOn: '2026-12-18',
      scope: {},
      basis: '',
      message: '',
      openedBy: contactId,
      openedAt: clock.now(),
    },
  });
  const sha256 = await putBlob(db, Buffer.from('mail'), clock.now());
  await db.surveyTarget.create({
    data: {
      roundId: round.id,
      systemId,
      personId: contactId,
      unchangedAt: clock.now(),
      receivedBy: 'MAIL',
      received: [{ sha256, name: '회신.pdf', size: 4, type: 'pdf' }],
      note: '담당자가 바뀜',
    },
  });
});
afterAll(() => store?.close());

async function destroy(number: string) {
  const { db } = store;
  clock.advance(2 * 60 * 60 * 1000);
  const { cases } = await findCandidates(db, clock.now(), { numbers: [number] });
  expect(cases).toHaveLength(1);
  const ground = { db, now: clock.now, wakeOutbox: () => undefined };
  await operate(ground, { actor: 'officer', place: 'test' }, (op) =>
    destroyCases(op, new Map(), cases, 'proposer'),
  );
  const target = await db.surveyTarget.findFirstOrThrow();
  return { note: target.note, received: target.received, files: await db.blob.count() };
}

test('what came with the answers to surveys is kept as long as the system', async () => {
  expect(await destroy('2013-000001')).toMatchObject({
    note: '담당자가 바뀜',
    received: [{ name: '회신.pdf' }],
    files: 1,
  });
  await store.db.system.update({ where: { id: systemId }, data: { retiredAt: RETIRED } });
  expect(await destroy('2013-000002')).toEqual({ note: null, received: [], files: 0 });
});
