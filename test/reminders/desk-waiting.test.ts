import { afterAll, beforeAll, expect, test } from 'vitest';
import { accessRecords } from '../../src/features/privacy/access-record.ts';
import { incidentsUntouched } from '../../src/reminders/incidents-untouched.ts';
import { questionsWaiting } from '../../src/reminders/questions-waiting.ts';
import { type Reminder, windowOf } from '../../src/reminders/reminder.ts';
import { operate } from '../../src/store/operation.ts';
import type { Store } from '../../src/store/store.ts';
import { openTestStore, testClock } from '../ground.ts';

/** What waits for officers and is told to the desk in the morning. 27 November 2026 is a Friday. */
let store: Store;
let asker = '';
const none: ReadonlySet<string> = new Set();
const clock = testClock();

beforeAll(async () => {
  store = await openTestStore();
  const person = await store.db.person.create({ data: { slackId: 'U0KIM', name: '김보람' } });
  asker = person.id;
});
afterAll(() => store?.close());

/** The texts of what the desk would read on that morning, or null. */
async function said(reminder: Reminder, day: string): Promise<string | null> {
  clock.set(`${day}T09:30:00+09:00`);
  const subjects = await reminder.find(store.db, windowOf(reminder, day, none));
  const ground = { procedures: new Map(), now: clock.now, extraHolidays: none };
  const notice = await reminder.render(store.db, {}, { to: 'desk', dueOn: day }, ground);
  expect(subjects.length > 0).toBe(notice !== null);
  return notice && JSON.stringify(notice);
}

test('a question without an answer is told two business days later, without its words', async () => {
  const at = new Date('2026-11-27T15:00:00+09:00');
  const { id } = await store.db.question.create({
    data: {
      number: 'Q2026-000001',
      askerId: asker,
      title: '김보람 010-1234-5678',
      state: 'OPEN',
      askedAt: at,
      waitingSince: at,
    },
  });
  expect(await said(questionsWaiting, '2026-11-30')).toBeNull(); // Monday: one business day
  const text = await said(questionsWaiting, '2026-12-01');
  expect(text).toContain('2영업일 이상 답변을 기다리는 문의 1건');
  expect(text).toContain('Q2026-000001 · 2영업일 경과');
  expect(text).not.toMatch(/김보람|010-1234/);
  await store.db.question.update({ where: { id }, data: { state: 'ANSWERED' } });
  expect(await said(questionsWaiting, '2026-12-01')).toBeNull();
});

test('an incident is told on the next business day until an officer acts; the reporter’s own note is no act', async () => {
  const { db } = store;
  const filing = await db.filing.create({
    data: {
      number: '2026-000009',
      procedure: 'incident',
      state: 'SUBMITTED',
      revision: 1,
      title: '유출 의심: 시스템 미상',
      applicantId: asker,
      urgent: true,
      submittedAt: new Date('2026-11-27T17:00:00+09:00'),
    },
  });
  expect(await said(incidentsUntouched, '2026-11-27')).toBeNull();
  expect(await said(incidentsUntouched, '2026-11-30')).toContain('아무도 조치하지 않은 보안사고 신고 1건');
  const note = (personId: string) =>
    db.caseNote.create({ data: { filingId: filing.id, personId, text: '분리함', createdAt: clock.now() } });
  await note(asker);
  expect(await said(incidentsUntouched, '2026-11-30')).toContain('2026-000009');
  await note('officer');
  expect(await said(incidentsUntouched, '2026-11-30')).toBeNull();
});

test('looks at questions and corrections of contacts are in the access record, each with its five items', async () => {
  const acts = ['question.read', 'question.file', 'survey.received', 'person.fromPaper', 'person.email'];
  const ground = { db: store.db, now: clock.now, wakeOutbox: () => undefined };
  for (const action of acts)
    await operate(ground, { actor: 'officer', place: 'slack:modal' }, async (op) =>
      op.audit({ action, subject: 'x', person: asker }),
    );
  const records = await accessRecords(store.db, { from: new Date(0), to: new Date('2100-01-01') });
  expect(records.map(({ action }) => action)).toEqual(acts);
  for (const { reader, at, place, whose, reason, label } of records)
    expect([reader.id, at, place, whose?.id, Boolean(reason), Boolean(label)]).toEqual([
      'officer',
      clock.now(),
      'slack:modal',
      asker,
      true,
      true,
    ]);
});
