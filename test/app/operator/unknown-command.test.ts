import { Command } from 'commander';
import { expect, test } from 'vitest';
import { unknownCommand } from '../../../src/app/operator/unknown-command.ts';

const program = new Command('bogeup');
program.command('start', { isDefault: true });
program.command('doctor');
program.command('audit').command('verify').argument('<file>');

test.each([
  [['docter'], 'There is no command docter. Did you mean doctor? Run bogeup --help for all.'],
  [['DOCTOR'], 'There is no command DOCTOR. Did you mean doctor? Run bogeup --help for all.'],
  [
    ['audit', 'verfy'],
    'There is no command audit verfy. Did you mean audit verify? Run bogeup --help for all.',
  ],
  [['x'], 'There is no command x. There are: start, doctor, audit. Run bogeup --help for all.'],
  [[], null],
  [['help'], null],
  [['audit', 'verify', 'docter'], null],
])('%j', (words, said) => {
  expect(unknownCommand(program, words)).toBe(said);
});
