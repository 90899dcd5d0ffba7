import { type Command, InvalidArgumentError } from 'commander';
import { isDay } from '../../core/calendar.ts';
import type { CommandName } from './commands.ts';

/** `holidays add`, `remove` and `list`. */
export function declareHolidays(
  program: Command,
  carryOut: (command: CommandName, args: unknown) => Promise<void>,
): void {
  const holidays = program
    .command('holidays')
    .description('days off besides those of the law: 임시공휴일, election days');
  holidays
    .command('add')
    .argument('<day>', 'such as 2027-05-06', dayOfCalendar)
    .argument('<name>', 'as people read it')
    .description('a day on which nothing is said and no business day is counted')
    .action((day: string, name: string) => carryOut('holidays.add', { day, name }));
  holidays
    .command('remove')
    .argument('<day>', 'such as 2027-05-06', dayOfCalendar)
    .action((day: string) => carryOut('holidays.remove', { day }));
  holidays
    .command('list')
    .description('weekdays off, this year and next')
    .action(() => carryOut('holidays.list', {}));
}

function dayOfCalendar(text: string): string {
  if (isDay(text)) return text;
  throw new InvalidArgumentError('Write it like 2027-05-06.');
}
