import type { Command } from 'commander';

export function declareDoctor(program: Command, look: (views: boolean) => Promise<void>): void {
  program
    .command('doctor')
    .description('look at everything that a start needs, and say what to do')
    .option(
      '--views',
      'let Slack itself judge the windows and messages of an example office; a minute or two',
    )
    .action(({ views = false }: { views?: boolean }) => look(views));
}
