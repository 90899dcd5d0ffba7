import { afterAll, beforeAll, expect, test } from 'vitest';
import { transferSystems } from '../../src/procedures/contact-change/transfer.ts';
import { operate } from '../../src/store/operation.ts';
import type { Store } from '../../src/store/store.ts';
import { openTestStore, testClock } from '../ground.ts';

let store: Store;
const clock = testClock();
beforeAll(async () => {
  store = await openTestStore();
  await store.db.agency.create({ data: { code: 'B552584', name: '한국환경공단', kind: 'PUBLIC' } });
});
afterAll(() => store?.close());

/** A system with a report that an officer entered from paper, of somebody without an account. */
async function paperSystem(contactId: string): Promise<string> {
  const { id } = await store.db.system.create({
    data: { name: '시스템', agencyCode: 'B552584', contactId, createdAt: clock.now() },
  });
  await store.db.filing.create({
    data: {
      number: id.slice(-12),
      procedure: 'resultReport',
      state: 'RETURNED',
      revision: 1,
      channel: 'PAPER',
      enteredBy: 'officer',
      title: '시스템',
      applicantId: contactId,
      systemId: id,
      submittedAt: clock.now(),
    },
  });
  return id;
}

test.each([
  ['U0NEW000001', 'ONLINE'],
  [null, 'PAPER'],
] as const)(
  'a paper filing that goes to somebody with the account %s is %s from then on',
  async (slackId, channel) => {
    const { db } = store;
    const from = (await db.person.create({ data: { name: '옛담당' } })).id;
    const to = (await db.person.create({ data: { name: '새담당', slackId } })).id;
    const systemId = await paperSystem(from);
    const ground = { db, now: clock.now, wakeOutbox: () => undefined };
    await operate(ground, { actor: 'officer', place: 'test' }, (op) =>
      transferSystems(op, {
        filing: { number: '2026-000001', submittedAt: clock.now() },
        systemIds: [systemId],
        from,
        to,
      }),
    );
    const filing = await db.filing.findFirstOrThrow({ where: { systemId } });
    expect(filing).toMatchObject({ applicantId: to, channel });
  },
);

test('with the systems go what the former contact is asked about them, and offers of theirs that wait are closed', async () => {
  const { db } = store;
  const at = clock.now();
  const from = (await db.person.create({ data: { name: '옛담당', slackId: 'U0OLD000002' } })).id;
  const to = (await db.person.create({ data: { name: '새담당', slackId: 'U0NEW000002' } })).id;
  const systemId = await paperSystem(from);
  const offer = await db.filing.create({
    data: {
      number: '2026-000777',
      procedure: 'deputy',
      state: 'OFFERED',
      revision: 1,
      title: '시스템',
      applicantId: from,
      namedId: to,
      systemIds: [systemId],
      submittedAt: at,
    },
  });
  const { id: _, ...likeIt } = offer;
  const number = '2026-000779';
  const returned = await db.filing.create({
    data: { ...likeIt, number, procedure: 'contactChange', state: 'RETURNED' },
  });
  const incident = await db.filing.create({
    data: { ...likeIt, number: '2026-000780', procedure: 'incident', state: 'RETURNED' },
  });
  await db.person.update({ where: { id: from }, data: { deactivatedAt: at } });
  clock.advance(1000);
  const words = {
    name: '조사',
    closesOn: '2026-12-18',
    scope: {},
    basis: '-',
    message: '-',
    openedBy: 'officer',
  };
  const round = await db.surveyRound.create({ data: { ...words, openedAt: clock.now() } });
  await db.surveyTarget.create({ data: { roundId: round.id, systemId, personId: from } });
  const ground = { db, now: clock.now, wakeOutbox: () => undefined };
  await operate(ground, { actor: 'officer', place: 'test' }, (op) =>
    transferSystems(op, {
      filing: { number: '2026-000778', submittedAt: at },
      systemIds: [systemId],
      from,
      to,
    }),
  );
  expect(await db.filing.findUnique({ where: { id: offer.id } })).toMatchObject({
    state: 'WITHDRAWN',
    reason: '담당자가 바뀌어 종결했습니다. (접수번호 2026-000778)',
  });
  expect((await db.filing.findUnique({ where: { id: returned.id } }))?.state).toBe('WITHDRAWN');
  expect((await db.filing.findUnique({ where: { id: incident.id } }))?.state).toBe('RETURNED'); // is followed up
  expect(await db.outbox.count({ where: { recipient: from } })).toBe(0); // has left
  expect(await db.surveyTarget.findFirst({ where: { systemId } })).toMatchObject({ personId: to });
});
