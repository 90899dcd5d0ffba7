import { afterEach, beforeEach, expect, test } from 'vitest';
import { commands } from '../../src/app/operator/commands.ts';
import { sendingTimeOn } from '../../src/core/calendar.ts';
import {
  addHoliday,
  holidayReader,
  listHolidays,
  readExtraHolidays,
  removeHoliday,
} from '../../src/store/extra-holidays.ts';
import { operate } from '../../src/store/operation.ts';
import type { Store } from '../../src/store/store.ts';
import { testOperator } from '../app/operator/operator.ts';
import { openTestStore, testClock } from '../ground.ts';

const TODAY = '2026-11-23';
let store: Store;
let clock = testClock();
beforeEach(async () => {
  store = await openTestStore();
  clock = testClock();
});
afterEach(() => store.close());

const ground = () => ({ db: store.db, now: clock.now, wakeOutbox: () => undefined });
const author = { actor: 'officer', place: 'test' };
const add = (day: string, name = '임시공휴일') =>
  operate(ground(), author, (op) => addHoliday(op, TODAY, day, name));
const remove = (day: string) => operate(ground(), author, (op) => removeHoliday(op, TODAY, day));

test('a day is entered once, recorded, and removed; what is no news is refused', async () => {
  expect(await add('2026-11-26')).toBeNull();
  expect(await add('2026-11-26')).toBe('entered');
  expect(await add('2026-11-28')).toBe('weekend');
  expect(await add('2026-12-25')).toBe('lawful');
  expect(await add('2026-11-20')).toBe('past');
  expect([...(await readExtraHolidays(store.db))]).toEqual(['2026-11-26']);
  expect(await remove('2026-11-26')).toBe(true);
  expect(await remove('2026-11-26')).toBe(false);
  const trail = await store.db.audit.findMany({ orderBy: { seq: 'asc' } });
  expect(trail.map(({ action, subject }) => `${action} ${subject}`)).toEqual([
    'holiday.add holiday:2026-11-26',
    'holiday.remove holiday:2026-11-26',
  ]);
});

test('a day that is over stays, for what was counted with it', async () => {
  await store.db.holiday.create({
    data: { day: '2026-11-20', name: '임시공휴일', addedBy: 'officer', addedAt: clock.now() },
  });
  expect(await remove('2026-11-20')).toBe(false);
  expect([...(await readExtraHolidays(store.db))]).toEqual(['2026-11-20']);
});

test('the list has the weekdays off of a year, in order', async () => {
  await add('2026-12-24', '임시공휴일');
  const listed = await listHolidays(store.db, 2026);
  expect(listed.slice(-2)).toEqual([
    { day: '2026-12-24', name: '임시공휴일', entered: true },
    { day: '2026-12-25', name: '기독탄신일', entered: false },
  ]);
  expect(listed.map(({ day }) => day)).not.toContain('2026-06-06'); // a Saturday
});

test('the reader sees its own process’s changes at once and those of others within a minute', async () => {
  const read = holidayReader(store.db, clock.now);
  expect((await read()).size).toBe(0);
  await add('2026-11-26');
  expect((await read()).size).toBe(0);
  clock.advance(60_000);
  expect((await read()).size).toBe(1);
  await remove('2026-11-26');
  read.forget();
  expect((await read()).size).toBe(0);
});

test('what was to be said on that morning is said on the next business day', async () => {
  await operate(ground(), author, async (op) => {
    op.tell({ key: 'a', notice: 'test', to: 'kim', facts: {}, notBefore: sendingTimeOn('2026-11-26') });
    op.tell({ key: 'b', notice: 'test', to: 'kim', facts: {}, notBefore: sendingTimeOn('2026-11-25') });
  });
  await add('2026-11-27');
  await add('2026-11-26');
  const rows = await store.db.outbox.findMany({ orderBy: { key: 'asc' } });
  expect(rows.map(({ notBefore, dueAt }) => [notBefore, dueAt])).toEqual([
    [sendingTimeOn('2026-11-30'), sendingTimeOn('2026-11-30')],
    [sendingTimeOn('2026-11-25'), sendingTimeOn('2026-11-25')],
  ]);
});

test('the operator adds, lists and removes', async () => {
  const operator = testOperator(store);
  expect(await commands['holidays.add'](operator, { day: '2027-05-06', name: '임시공휴일' })).toBe(0);
  expect(await commands['holidays.add'](operator, { day: '2027-05-05', name: '임시공휴일' })).toBe(1);
  await commands['holidays.list'](operator, {});
  expect(operator.lines).toContain('2027-05-06 임시공휴일 (entered)');
  expect(operator.lines).toContain('2026-12-25 기독탄신일');
  expect(operator.lines[1]).toBe('2027-05-05 is a public holiday by law: it is no business day already.');
  expect(await commands['holidays.remove'](operator, { day: '2027-05-06' })).toBe(0);
  expect(await commands['holidays.remove'](operator, { day: '2027-05-06' })).toBe(1);
  await expect(commands['holidays.add'](operator, { day: '2027-02-30', name: 'x' })).rejects.toThrow();
});
