import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { isBusinessDay } from '../../src/core/calendar.ts';
import { dayNumber, dayOf } from '../../src/core/holidays.ts';
import { mark } from '../../src/reminders/marks.ts';
import { itemOf } from '../../src/reminders/reminder.ts';
import { reminders } from '../../src/reminders/reminders.ts';
import { sweep } from '../../src/reminders/sweep.ts';
import { tidy } from '../../src/reminders/tidy.ts';
import { operate } from '../../src/store/operation.ts';
import { DESK } from '../../src/store/outbox.ts';
import type { Store } from '../../src/store/store.ts';
import { openTestStore, testClock } from '../ground.ts';
import { type Seeded, seedAgency, seedFiling, seedLicence, seedPerson, seedSystem } from './seed.ts';

/** A year of mornings, from Monday, 23 November 2026, with every message counted against a table made by hand. */
const FIRST = '2026-11-23';
const LAST = '2027-11-22';
const CLOSED = new Set(['2027-05-06']); // an officer entered it
const clock = testClock(`${FIRST}T09:30:00+09:00`);
const at = (day: string) => new Date(`${day}T10:00:00+09:00`);
let store: Store;
const ground = () => ({ db: store.db, now: clock.now, wakeOutbox: () => undefined });

let trial: Seeded;
let prompt: Seeded;
let orphan: Seeded;
let careful: Awaited<ReturnType<typeof seedPerson>>;

beforeAll(async () => {
  store = await openTestStore();
  const { db } = store;
  await seedAgency(db);
  // Never reported on: the licence ends on 23 January 2027, the service was to begin on 2 March.
  trial = await seedSystem(db, at(FIRST), '가 시스템');
  await db.system.update({ where: { id: trial.system.id }, data: { serviceOn: '2027-03-02' } });
  // Reported on in time: the regular licence comes on 11 January.
  prompt = await seedSystem(db, at(FIRST), '나 시스템');
  await db.system.update({ where: { id: prompt.system.id }, data: { serviceOn: '2027-02-26' } });
  // A regular licence, a server's certificate until 30 June 2027, and a contact who leaves on 10 March.
  orphan = await seedSystem(db, at(FIRST), '다 시스템');
  const report = await seedFiling(db, orphan.contact, { submittedAt: at(FIRST), state: 'APPROVED' });
  await seedLicence(db, orphan.system, report, at(FIRST), 'REGULAR');
  const certificate = {
    subject: '',
    issuer: '',
    serial: '',
    notBefore: at('2025-06-30'),
    fingerprint: '',
    registeredAt: at(FIRST),
  };
  await db.certificate.create({
    data: {
      ...certificate,
      purpose: 'SERVER',
      systemId: orphan.system.id,
      cn: 'SVR1741000001',
      notAfter: at('2027-06-30'),
    },
  });
  // Somebody with a certificate until 31 August 2027, two drafts and a 보완요청.
  careful = await seedPerson(db, '박민수');
  await db.certificate.create({
    data: {
      ...certificate,
      purpose: 'PERSON',
      personId: careful.id,
      cn: '024박민수001',
      notAfter: at('2027-08-31'),
    },
  });
  const draft = { personId: careful.id, subject: '', answers: {}, step: 2, updatedAt: at(FIRST) };
  await db.draft.create({ data: { ...draft, procedure: 'application' } });
  await seedFiling(db, careful, { state: 'RETURNED', submittedAt: at(FIRST), decidedAt: at('2027-04-05') });

  for (let number = dayNumber(FIRST); number <= dayNumber(LAST); number += 1) {
    const day = dayOf(number);
    clock.set(`${day}T06:00:00+09:00`);
    await tidy(ground());
    clock.set(`${day}T09:30:00+09:00`);
    await sweep(ground(), reminders, CLOSED);
    await db.outbox.updateMany({ data: { state: 'SENT', attempts: 1 } }); // all went out
    if (day === '2027-06-01') await sweep(ground(), reminders, CLOSED); // once more, as after a restart
    clock.set(`${day}T11:00:00+09:00`);
    await happen(day);
  }
});
afterAll(() => store?.close());

async function happen(day: string): Promise<void> {
  const { db } = store;
  const item = async (notice: string, to: string) => {
    const row = await db.reminded.findFirstOrThrow({
      where: { notice, recipient: to },
      orderBy: { saidOn: 'desc' },
    });
    return itemOf(row.notice, row.subject, row.dueOn);
  };
  const say = (to: string, what: string, until: string | null) =>
    operate(ground(), { actor: to, place: 'test' }, (op) => mark(op, to, what, until));
  if (day === '2027-01-11') {
    const report = await seedFiling(db, prompt.contact, {
      procedure: 'resultReport',
      systemId: prompt.system.id,
      submittedAt: at(day),
      state: 'APPROVED',
    });
    await db.licence.update({ where: { id: prompt.licence.id }, data: { supersededAt: at(day) } });
    await seedLicence(db, prompt.system, report, at(day), 'REGULAR');
  }
  if (day === '2027-03-10')
    await db.person.update({ where: { id: orphan.contact.id }, data: { deactivatedAt: at(day) } });
  // The deputy puts the certificate off for a week; the careful one has renewed theirs elsewhere.
  if (day === '2027-05-31')
    await say(orphan.deputy.id, await item('certificate.expiring', orphan.deputy.id), '2027-06-07');
  if (day === '2027-07-30') await say(careful.id, await item('certificate.expiring', careful.id), null);
}

/** What somebody was reminded of: days, by reminder. */
async function remindedOf(to: string): Promise<Record<string, string[]>> {
  const rows = await store.db.reminded.findMany({ where: { recipient: to }, orderBy: [{ saidOn: 'asc' }] });
  const said: Record<string, string[]> = {};
  for (const { notice, saidOn } of rows) said[notice] = [...(said[notice] ?? []), saidOn];
  return said;
}

const expiring = [
  '2026-12-24',
  '2027-01-08',
  '2027-01-15',
  '2027-01-22',
  '2027-02-01',
  '2027-02-10',
  '2027-02-15',
  '2027-02-22',
];
/** 2 March less 14 and 7 days, and one day before, which is a holiday: on the Friday; the day after. */
const service = ['2027-02-16', '2027-02-23', '2027-02-26', '2027-03-03'];

describe('by hand', () => {
  test('who never reports hears of the licence, the service and the postings', async () => {
    expect(await remindedOf(trial.contact.id)).toEqual({
      'licence.expiring': expiring,
      'report.due': service,
      handover: ['2027-01-04', '2027-07-02'],
    });
    expect(await remindedOf(trial.deputy.id)).toEqual({
      'licence.expiring': expiring,
      'report.due': service,
    });
  });

  test('who reports in time hears nothing more', async () => {
    expect(await remindedOf(prompt.contact.id)).toEqual({
      'licence.expiring': ['2026-12-24', '2027-01-08'],
      handover: ['2027-01-04', '2027-07-02'],
    });
  });

  test('a contact who left hears nothing; the deputy hears of it and of the certificate, once again as asked', async () => {
    expect(await remindedOf(orphan.contact.id)).toEqual({ handover: ['2027-01-04'] });
    expect(await remindedOf(orphan.deputy.id)).toEqual({
      'contact.left': ['2027-03-11', '2027-03-17', '2027-04-09'],
      // D-90 is 1 April, D-30 31 May, put off to 7 June, D-7 23 June, the day after, 14 days after.
      'certificate.expiring': [
        '2027-04-01',
        '2027-05-31',
        '2027-06-07',
        '2027-06-23',
        '2027-07-01',
        '2027-07-14',
      ],
    });
  });

  test('a person’s own: certificate until it is done, the draft once and before it goes, the 보완요청 twice', async () => {
    expect(await remindedOf(careful.id)).toEqual({
      'draft.lying': ['2026-11-30'],
      'draft.ending': ['2027-02-12'], // 90 days are over on Sunday, 21 February
      'filing.unanswered': ['2027-04-08', '2027-04-19'],
      'certificate.expiring': ['2027-06-02', '2027-07-30'],
    });
    expect(await store.db.draft.count()).toBe(0);
    expect(await store.db.audit.count({ where: { action: 'draft.expire' } })).toBe(1);
  });

  test('the desk hears of the service that runs on trial', async () => {
    const { 'access.monthly': monthly, ...rest } = await remindedOf(DESK);
    expect(rest).toEqual({ 'service.onTrial': ['2027-03-03', '2027-03-16', '2027-04-01'] });
    expect(monthly?.every((day) => Number(day.slice(8)) <= 5)).toBe(true);
  });
});

test('nobody gets two messages on one day, and nobody any on a day off', async () => {
  const rows = await store.db.outbox.findMany();
  const mornings = rows.map(({ recipient, createdAt }) => `${recipient} ${createdAt.toISOString()}`);
  expect(new Set(mornings).size).toBe(rows.length);
  for (const { createdAt } of rows) {
    expect(createdAt.toISOString().slice(11, 16)).toBe('00:30'); // 09:30 in Seoul
    expect(isBusinessDay(createdAt.toISOString().slice(0, 10), CLOSED)).toBe(true);
  }
  const messages = await store.db.reminded.groupBy({ by: ['message'], _count: true });
  expect(messages).toHaveLength(rows.length);
});

test('every day that is due was preceded by a message, to each who was told, at least a day before', async () => {
  const ahead = ['licence.expiring', 'report.due', 'certificate.expiring', 'draft.ending'];
  const rows = await store.db.reminded.findMany({ where: { notice: { in: ahead } } });
  const first = new Map<string, string>();
  for (const { notice, subject, dueOn, recipient, saidOn } of rows) {
    const key = `${notice} ${subject} ${recipient} ${dueOn}`;
    const known = first.get(key);
    if (!known || saidOn < known) first.set(key, saidOn);
  }
  expect(first.size).toBe(9);
  for (const [key, saidOn] of first) expect(saidOn < key.slice(-10), key).toBe(true);
});
