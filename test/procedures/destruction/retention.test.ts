import { describe, expect, test } from 'vitest';
import { seoulDay } from '../../../src/core/calendar.ts';
import {
  type CaseLife,
  destroyableFrom,
  endedBefore,
  endOfCase,
} from '../../../src/procedures/destruction/retention.ts';

const at = (text: string) => new Date(text);
const decidedAt = at('2027-03-01T00:00:00Z');
const retiredAt = at('2028-05-01T00:00:00Z');
const accountClosedAt = at('2029-07-01T00:00:00Z');
const life = (one: Partial<CaseLife>): CaseLife => ({
  state: 'APPROVED',
  decidedAt,
  licensed: false,
  system: { retiredAt: null },
  accountClosedAt: null,
  ...one,
});

describe('the clock starts', () => {
  test.each([
    ['not while the system is in use', life({ licensed: true }), null],
    ['when the system is retired', life({ licensed: true, system: { retiredAt } }), retiredAt],
    ['with the rejection, where there is no licence', life({ state: 'REJECTED' }), decidedAt],
    [
      'with the withdrawal, also of a system retired later',
      life({ state: 'WITHDRAWN', system: { retiredAt } }),
      decidedAt,
    ],
    ['not while an officer has yet to decide', life({ state: 'SUBMITTED', system: { retiredAt } }), null],
    [
      'with the retirement for a correction that never came',
      life({ state: 'RETURNED', system: { retiredAt } }),
      retiredAt,
    ],
    ['not for a correction that may still come', life({ state: 'RETURNED' }), null],
    ['not for the registration of somebody who is there', life({ system: null }), null],
    [
      'for a registration when the account is closed',
      life({ system: null, accountClosedAt }),
      accountClosedAt,
    ],
    [
      'not for a registration that is not approved',
      life({ state: 'RETURNED', system: null, accountClosedAt }),
      null,
    ],
    ['at no time for what was decided at no time', life({ state: 'REJECTED', decidedAt: null }), null],
  ])('%s', (_what, one, expected) => {
    expect(endOfCase(one)).toEqual(expected);
  });
});

describe('ten years from the next 1 January in Seoul', () => {
  test.each([
    ['2027-03-05T03:00:00+09:00', '2038-01-01'],
    ['2027-12-31T23:59:59.999+09:00', '2038-01-01'],
    ['2028-01-01T00:00:00+09:00', '2039-01-01'], // still 31 December in London
    ['2027-01-01T00:00:00+09:00', '2038-01-01'],
  ])('%s: from %s', (ended, from) => {
    expect(destroyableFrom(at(ended))).toBe(from);
  });

  test('the bound of the query is the same rule', () => {
    for (const today of ['2037-12-31', '2038-01-01', '2038-12-31', '2039-01-01'])
      for (const ended of [
        '2026-12-31T14:59:59Z',
        '2027-12-31T14:59:59Z',
        '2027-12-31T15:00:00Z',
        '2028-06-01T00:00:00Z',
      ])
        expect([today, ended, seoulDay(at(ended)) < endedBefore(today)]).toEqual([
          today,
          ended,
          destroyableFrom(at(ended)) <= today,
        ]);
  });
});
