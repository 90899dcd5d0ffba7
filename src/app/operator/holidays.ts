import { z } from 'zod';
import { isDay, seoulDay } from '../../core/calendar.ts';
import { addHoliday, listHolidays, type NotEntered, removeHoliday } from '../../store/extra-holidays.ts';
import { operate } from '../../store/operation.ts';
import { authorOf, command, groundOf } from './command.ts';

const day = z.string().refine(isDay);
const why: Record<NotEntered, string> = {
  past: 'is over. Days off are entered for today or later.',
  weekend: 'is a Saturday or Sunday: it is no business day already.',
  lawful: 'is a public holiday by law: it is no business day already.',
  entered: 'was entered before.',
};

/** `holidays add DAY NAME`: enters 임시공휴일 and election days, whose dates are not in the law. */
export const addHolidayCommand = command(
  z.object({ day, name: z.string().trim().min(1).max(50) }),
  async (operator, { day, name }) => {
    const today = seoulDay(operator.now());
    const fault = await operate(groundOf(operator), authorOf(operator), (op) =>
      addHoliday(op, today, day, name),
    );
    operator.out(fault ? `${day} ${why[fault]}` : `added ${day} ${name}; the bot knows it within a minute.`);
    return fault ? 1 : 0;
  },
);

/** `holidays remove DAY` */
export const removeHolidayCommand = command(z.object({ day }), async (operator, { day }) => {
  const today = seoulDay(operator.now());
  const removed = await operate(groundOf(operator), authorOf(operator), (op) =>
    removeHoliday(op, today, day),
  );
  operator.out(
    removed ? `removed ${day}` : `${day} is not among the days off that were entered, or is over.`,
  );
  return removed ? 0 : 1;
});

/** `holidays list`: the weekdays off of this year and the next; those that officers entered are marked. */
export const listHolidaysCommand = command(z.object({}), async (operator) => {
  const year = Number(seoulDay(operator.now()).slice(0, 4));
  for (const one of [year, year + 1]) {
    for (const { day, name, entered } of await listHolidays(operator.store.db, one))
      operator.out(`${day} ${name}${entered ? ' (entered)' : ''}`);
  }
  return 0;
});
