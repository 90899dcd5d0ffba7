import { afterAll, beforeAll, expect, test } from 'vitest';
import { searchPeople } from '../../../src/records/people/search-people.ts';
import { whoIs } from '../../../src/records/people/who.ts';
import type { Store } from '../../../src/store/store.ts';
import { openTestStore, testClock } from '../../ground.ts';

let store: Store;
const clock = testClock();
beforeAll(async () => {
  store = await openTestStore();
});
afterAll(() => store?.close());

test('no full name stands in the choice of a person, also where the certificate has another one', async () => {
  const { db } = store;
  const registeredAt = clock.now();
  await db.person.create({ data: { slackId: 'UME', name: '이정훈', registeredAt } });
  const { id: personId } = await db.person.create({
    data: { slackId: 'UTHEY', name: '김하늘', department: '정보통계과', registeredAt },
  });
  const certificate = {
    personId,
    purpose: 'PERSON',
    cn: '001김보람001',
    subject: '',
    issuer: '',
    serial: '',
    fingerprint: '',
    notBefore: registeredAt,
    notAfter: registeredAt,
    registeredAt,
  } as const;
  await db.certificate.create({ data: certificate });
  const [found] = await searchPeople(db, await whoIs(db, 'UME'), '정보통계');
  expect(found).toEqual({ text: '김*늘 · 001김*람001 · 정보통계과', value: personId });
});
