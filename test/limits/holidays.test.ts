import { expect, test } from 'vitest';
import { holidaysView, NAME_MAX, notEntered } from '../../src/reminders/holidays-view.ts';
import { viewFaults } from './hold.ts';

/** Every second day of a year entered by officers, the others lawful holidays. */
const days = Array.from({ length: 365 }, (_, index) => ({
  day: new Date(Date.UTC(2027, 0, 1 + index)).toISOString().slice(0, 10),
  name: '가'.repeat(NAME_MAX),
  entered: index % 2 === 0,
}));

test.each([null, ...Object.values(notEntered)])(
  'more days off than a window shows, with the note %s',
  (note) => {
    const view = holidaysView([{ year: 2027, days }], '2027-06-01', note);
    expect(viewFaults(view)).toEqual([]);
    expect(JSON.stringify(view)).toContain('일부만');
  },
);

test('no days off', () => {
  expect(viewFaults(holidaysView([{ year: 2027, days: [] }], '2027-01-01', null))).toEqual([]);
});
