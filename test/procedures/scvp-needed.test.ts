import { afterAll, beforeAll, expect, test } from 'vitest';
import { askForScvp, scvpNotices } from '../../src/procedures/application/scvp-needed.ts';
import { operate } from '../../src/store/operation.ts';
import type { Store } from '../../src/store/store.ts';
import { openTestStore, testClock } from '../ground.ts';
import { seedSystems } from '../story/survey-ground.ts';

/** Who ticked 차순위 검증(SCVP) is told of the form that it takes, also where the application came on paper. */
let store: Store;
const clock = testClock();
beforeAll(async () => {
  store = await openTestStore();
  await store.db.agency.create({ data: { code: 'B552584', name: '한국환경공단', kind: 'PUBLIC' } });
});
afterAll(() => store?.close());

test.each([
  ['a contact with an account', { slackId: 'UKIM' }, 1],
  ['a contact who is reached by mail', { email: 'park@public.or.kr' }, 1],
  ['a contact who cannot be reached', {}, 0],
  ['a contact who has left', { slackId: 'ULEE', deactivatedAt: clock.now() }, 0],
])('%s', async (_who, reached, told) => {
  const { db } = store;
  const { id: contactId } = await db.person.create({ data: { agencyCode: 'B552584', ...reached } });
  const [systemId = ''] = await seedSystems(store, clock.now(), {
    contactId,
    count: 1,
    agencyCode: 'B552584',
  });
  const ground = { db, now: clock.now, wakeOutbox: () => undefined };
  const approve = (scvp: string[]) =>
    operate(ground, { actor: 'officer', place: 'test' }, (op) =>
      askForScvp(op, { id: systemId, systemId }, { scvp }),
    );
  await approve([]);
  expect(await db.outbox.count({ where: { recipient: contactId } })).toBe(0);
  await approve(['SCVP']);
  expect(await db.outbox.count({ where: { recipient: contactId } })).toBe(told);
  const render = scvpNotices['scvp.needed'];
  if (typeof render !== 'function') throw new Error('no notice');
  const mail = JSON.stringify(await render(db, { systemId }, 'mail', contactId));
  expect(mail).toContain('공문(수신처: 한국지역정보개발원 디지털인증부)으로 보내 주십시오');
});
