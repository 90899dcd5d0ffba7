import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { addDays } from '../../src/core/calendar.ts';
import type { Reminder } from '../../src/reminders/reminder.ts';
import { reminders } from '../../src/reminders/reminders.ts';
import { sweep } from '../../src/reminders/sweep.ts';
import { temporaryExpiring } from '../../src/reminders/temporary-expiring.ts';
import type { Store } from '../../src/store/store.ts';
import { openTestStore, type TestClock, testClock } from '../ground.ts';
import { seedAgency, seedFiling, seedLicence, seedPerson, seedSystem } from './seed.ts';

const NONE: ReadonlySet<string> = new Set();

let store: Store;
let clock: TestClock;
let woken: number;

beforeEach(async () => {
  store = await openTestStore();
  clock = testClock();
  woken = 0;
  await seedAgency(store.db);
});
afterEach(() => store.close());

function sweepAt(day: string, extraHolidays = NONE, table = reminders) {
  clock.set(`${day}T09:30:00+09:00`);
  const ground = { db: store.db, now: clock.now, wakeOutbox: () => void woken++ };
  return sweep(ground, table, extraHolidays);
}

/** What was said about a notice: `day step` once for each person told. */
async function said(notice: string, to?: string): Promise<string[]> {
  const rows = await store.db.reminded.findMany({
    where: { notice, ...(to ? { recipient: to } : {}) },
    orderBy: [{ saidOn: 'asc' }, { key: 'asc' }],
  });
  return rows.map(({ saidOn, step }) => `${saidOn} ${step}`);
}

/** Issued on 23 November 2026: holds until Saturday, 23 January 2027. */
const issuedAt = new Date('2026-11-23T10:00:00+09:00');

describe('one licence', () => {
  it('is told of for a year: every message on its business day, to contact and deputy', async () => {
    const { contact, deputy } = await seedSystem(store.db, issuedAt);
    for (let day = '2026-11-23'; day < '2027-11-23'; day = addDays(day, 1)) await sweepAt(day);
    const expected = [
      '2026-12-24 30',
      '2027-01-08 14', // for Saturday the 9th
      '2027-01-15 7', // for Saturday the 16th
      '2027-01-22 0', // for Saturday the 23rd; one day before is the same day
      '2027-02-01 -7', // Saturday the 30th is over
      '2027-02-10 -14', // after 설날
      '2027-02-15 -21',
      '2027-02-22 -28',
    ];
    expect(await said('licence.expiring', contact.id)).toEqual(expected);
    expect(await said('licence.expiring', deputy.id)).toEqual(expected);
    // One message each, and the nudges of January and July to the contact; once in the same message.
    expect(await said('handover', contact.id)).toEqual(['2027-01-04 -1', '2027-07-02 -1']);
    expect(await store.db.outbox.count()).toBe(2 * expected.length + 2);
    expect(woken).toBe(expected.length + 2);
  });

  it('is told of once by two sweeps, also later on the same day', async () => {
    await seedSystem(store.db, issuedAt);
    expect(await sweepAt('2026-12-24')).toMatchObject({ 'licence.expiring': 2 });
    expect(await sweepAt('2026-12-24')).toMatchObject({ 'licence.expiring': 0 });
    await sweepAt('2026-12-28');
    expect(await store.db.outbox.count()).toBe(2);
  });

  it('is told of once by ten sweeps at the same moment', async () => {
    for (let n = 0; n < 20; n++) await seedSystem(store.db, issuedAt, `시스템 ${n}`);
    await Promise.all(Array.from({ length: 10 }, () => sweepAt('2026-12-24')));
    expect(await store.db.outbox.count()).toBe(40);
  });

  it('is told of in its latest step only, after three days of standstill', async () => {
    const { contact } = await seedSystem(store.db, new Date('2026-11-25T10:00:00+09:00')); // until Monday the 25th
    await sweepAt('2027-01-15');
    await sweepAt('2027-01-20');
    // Down on Thursday, Friday (one day before, for Sunday) and Monday (the day itself); back on Tuesday.
    await sweepAt('2027-01-26');
    await sweepAt('2027-01-27');
    expect(await said('licence.expiring', contact.id)).toEqual([
      '2027-01-15 14',
      '2027-01-20 7',
      '2027-01-26 0',
    ]);
  });

  it('waits over holidays, also those that officers have entered', async () => {
    const { contact } = await seedSystem(store.db, issuedAt);
    const extra = new Set(['2026-12-24']);
    for (const day of ['2026-12-22', '2026-12-24', '2026-12-25', '2026-12-26']) await sweepAt(day, extra);
    expect(await said('licence.expiring')).toEqual([]);
    await sweepAt('2026-12-28', extra);
    expect(await said('licence.expiring', contact.id)).toEqual(['2026-12-28 30']);
  });

  it('is told of early when the day itself is an entered holiday', async () => {
    const { contact } = await seedSystem(store.db, issuedAt);
    await sweepAt('2026-12-23', new Set(['2026-12-24']));
    expect(await said('licence.expiring', contact.id)).toEqual(['2026-12-23 30']);
  });

  it('keeps quiet on the day of a licence that is issued for less than thirty days', async () => {
    const { contact, licence } = await seedSystem(store.db, new Date('2026-12-31T08:00:00+09:00'));
    await store.db.licence.update({ where: { id: licence.id }, data: { expiresOn: '2027-01-21' } });
    for (let day = '2026-12-31'; day < '2027-01-13'; day = addDays(day, 1)) await sweepAt(day);
    expect(await said('licence.expiring', contact.id)).toEqual(['2027-01-07 14']);
  });

  it('tells somebody new in charge, who has not been told', async () => {
    const { system, contact } = await seedSystem(store.db, issuedAt);
    await sweepAt('2026-12-24');
    const successor = await seedPerson(store.db, '박민수');
    await store.db.system.update({ where: { id: system.id }, data: { contactId: successor.id } });
    await sweepAt('2026-12-28');
    expect(await said('licence.expiring', successor.id)).toEqual(['2026-12-28 30']);
    expect(await said('licence.expiring', contact.id)).toEqual(['2026-12-24 30']);
  });

  it('is left to the desk when nobody in charge can be told', async () => {
    const { contact, deputy } = await seedSystem(store.db, issuedAt);
    await store.db.person.update({ where: { id: contact.id }, data: { deactivatedAt: issuedAt } });
    await sweepAt('2026-12-24');
    expect(await said('licence.expiring', deputy.id)).toEqual(['2026-12-24 30']);
    await store.db.person.update({ where: { id: deputy.id }, data: { slackId: null } });
    await sweepAt('2027-01-08');
    expect(await said('licence.expiring', 'desk')).toEqual(['2027-01-08 14']);
  });
});

describe('a licence that is no longer anybody’s concern is silent', () => {
  it.each<[string, (seeded: Awaited<ReturnType<typeof seedSystem>>) => Promise<unknown>]>([
    [
      'superseded',
      ({ licence }) =>
        store.db.licence.update({ where: { id: licence.id }, data: { supersededAt: issuedAt } }),
    ],
    [
      'revoked',
      ({ licence }) => store.db.licence.update({ where: { id: licence.id }, data: { revokedAt: issuedAt } }),
    ],
    [
      'of a retired system',
      ({ system }) => store.db.system.update({ where: { id: system.id }, data: { retiredAt: issuedAt } }),
    ],
    [
      'beside a regular one',
      async ({ system, contact }) =>
        seedLicence(
          store.db,
          system,
          await seedFiling(store.db, contact, { submittedAt: issuedAt, state: 'APPROVED' }),
          issuedAt,
          'REGULAR',
        ),
    ],
    [
      'whose report is in review',
      ({ system, contact }) =>
        seedFiling(store.db, contact, {
          procedure: 'resultReport',
          systemId: system.id,
          submittedAt: issuedAt,
        }),
    ],
  ])('%s', async (_what, end) => {
    const seeded = await seedSystem(store.db, issuedAt);
    await end(seeded);
    await sweepAt('2026-12-24');
    expect(await said('licence.expiring')).toEqual([]);
    const other = await seedSystem(store.db, issuedAt);
    await sweepAt('2026-12-24');
    expect(await said('licence.expiring', other.contact.id)).toEqual(['2026-12-24 30']);
  });
});

describe('a returned filing', () => {
  it('is told of after three and ten business days, unless it is answered', async () => {
    const applicant = await seedPerson(store.db, '김철용');
    const decidedAt = new Date('2026-11-24T23:59:00+09:00');
    const returned = { state: 'RETURNED' as const, submittedAt: issuedAt, decidedAt };
    const open = await seedFiling(store.db, applicant, returned);
    const answered = await seedFiling(store.db, applicant, returned);
    for (let day = '2026-11-24'; day < '2027-02-24'; day = addDays(day, 1)) {
      await sweepAt(day);
      if (day === '2026-11-28')
        await store.db.filing.update({ where: { id: answered.id }, data: { state: 'SUBMITTED' } });
    }
    const rows = await store.db.reminded.findMany({ where: { notice: 'filing.unanswered' } });
    expect(rows.map(({ key }) => key).sort()).toEqual(
      [
        `remind:filing.unanswered:${answered.id}.1:2026-11-24:-3:${applicant.id}`,
        `remind:filing.unanswered:${open.id}.1:2026-11-24:-3:${applicant.id}`,
        `remind:filing.unanswered:${open.id}.1:2026-11-24:-10:${applicant.id}`,
      ].sort(),
    );
    expect(await said('filing.unanswered', applicant.id)).toEqual([
      '2026-11-27 -3',
      '2026-11-27 -3',
      '2026-12-08 -10',
    ]);
  });
});

describe('the desk', () => {
  it('hears once a business day of filings that wait', async () => {
    const applicant = await seedPerson(store.db, '김철용');
    await seedFiling(store.db, applicant, { submittedAt: new Date('2026-11-24T00:00:00+09:00') });
    for (let day = '2026-11-24'; day < '2026-12-03'; day = addDays(day, 1)) {
      await sweepAt(day);
      await sweepAt(day);
    }
    expect(await said('filings.waiting', 'desk')).toEqual([
      '2026-11-25 0', // not on the day on which it came
      '2026-11-26 0',
      '2026-11-27 0',
      '2026-11-30 0',
      '2026-12-01 0',
      '2026-12-02 0',
    ]);
  });
});

describe('the statements of a sweep', () => {
  it('are as many for thirty licences as for one', async () => {
    await store.close();
    const asked: string[] = [];
    store = await openTestStore((sql) => void asked.push(sql));
    await seedAgency(store.db);
    const during = async (day: string) => {
      asked.length = 0;
      await sweepAt(day);
      return [...asked];
    };
    await seedSystem(store.db, issuedAt);
    const one = await during('2026-12-24');
    for (let n = 0; n < 30; n++) await seedSystem(store.db, issuedAt, `시스템 ${n}`);
    const thirty = await during('2026-12-24');
    const none = await during('2026-12-24');
    expect(thirty).toHaveLength(one.length);
    // People's answers, what was said, and messages together with their items; no transaction of several statements.
    const ofSaying = (sqls: string[]) =>
      sqls.filter((sql) => /"ReminderMark"|"Reminded"|"Outbox"|BEGIN/.test(sql));
    expect(ofSaying(thirty)).toHaveLength(3);
    expect(ofSaying(none)).toHaveLength(2);
    expect(await store.db.outbox.count()).toBe(62);
  });
});

it('nothing is said while people wait for their answers', async () => {
  await seedSystem(store.db, issuedAt);
  clock.set('2026-12-24T09:30:00+09:00');
  const before: number[] = [];
  const rest = async () => void before.push(await store.db.reminded.count());
  await sweep({ db: store.db, now: clock.now, wakeOutbox: () => undefined }, reminders, NONE, rest);
  expect(before).toEqual([0]);
  expect(await store.db.reminded.count()).toBe(2);
});

describe('a reminder that fails', () => {
  const broken: Reminder = {
    ...temporaryExpiring,
    notice: 'broken',
    find: async () => {
      throw new Error('no such table');
    },
  };

  it('is reported and does not keep the others from being said', async () => {
    const { contact } = await seedSystem(store.db, issuedAt);
    const failed = sweepAt('2026-12-24', NONE, [broken, ...reminders]);
    await expect(failed).rejects.toMatchObject({ errors: [{ message: 'reminder broken failed' }] });
    expect(await said('licence.expiring', contact.id)).toEqual(['2026-12-24 30']);
  });
});
