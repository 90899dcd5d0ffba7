import { expect, test } from 'vitest';
import { timeOfDay } from '../../src/core/time-of-day.ts';

test.each([
  ['14:30', '14:30'],
  ['9:05', '09:05'],
  ['1430', '14:30'],
  ['905', '09:05'],
  ['14시 30분', '14:30'],
  ['14시', '14:00'],
  ['3시 5분', '03:05'],
  ['오후 3시 20분', '15:20'],
  ['오후 3:20', '15:20'],
  ['오전 12시 30분', '00:30'],
  ['오후 12시 30분', '12:30'],
  ['오전 0시', '00:00'],
  ['１４：３０', '14:30'],
])('%s is %s', (typed, time) => {
  expect(timeOfDay.parse(typed)).toBe(time);
});

test.each(['', '9', '24:00', '14:60', '9:5', '오전 14:30', '오후 13시', '25시', '오전', '14:30경', '12345'])(
  '‘%s’ is refused',
  (typed) => {
    expect(timeOfDay.safeParse(typed).error?.issues).toMatchObject([
      { message: '시각을 24시간제로 적으십시오. 예: 14:30' },
    ]);
  },
);
