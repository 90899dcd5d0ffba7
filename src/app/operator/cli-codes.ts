import type { Command } from 'commander';

/** `codes reset --person WHO` or `--all`. */
export function declareCodes(program: Command, reset: (person: string | undefined) => Promise<void>): void {
  const command = program
    .command('codes')
    .description('one-time codes of officers')
    .command('reset')
    .description('forget what was enrolled, so that they enrol anew; each is told, and it is recorded')
    .option('--person <who>', 'who lost telephone and recovery codes: full name, Slack id, e-mail or id')
    .option('--all', 'everybody, where SECRET_KEY is lost');
  command.action(({ person, all = false }: { person?: string; all?: boolean }) => {
    if ((person === undefined) !== all) command.error('Give either --person or --all.');
    return reset(person);
  });
}
