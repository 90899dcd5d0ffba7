import { type Command, Option } from 'commander';
import type { CommandName } from './commands.ts';

/** Runs a command that prints a document, to a file or to the terminal. */
type PrintDocument = (path: string | undefined, command: CommandName, args: unknown) => Promise<void>;

/** `privacy report`, `privacy export`, `privacy destructions`. */
export function declarePrivacy(program: Command, document: PrintDocument): void {
  const privacy = program.command('privacy').description('personal data');
  privacy
    .command('report')
    .argument('<month>', 'such as 2026-11')
    .description('the access records of a month for the privacy officer, as CSV; recorded')
    .option('--out <file>', 'write it there')
    .action((month: string, { out: path }: { out?: string }) => document(path, 'privacy.report', { month }));
  privacy
    .command('export')
    .description('everything that is held on one person, at their request; recorded')
    .requiredOption('--person <who>', 'full name, Slack id, e-mail address or id')
    .addOption(new Option('--format <format>').choices(['json', 'csv']).default('json'))
    .option('--out <file>', 'write it there')
    .action(({ person, format, out: path }: { person: string; format: string; out?: string }) =>
      document(path, 'privacy.export', { person, format }),
    );
  privacy
    .command('destructions')
    .description('the register of what was destroyed (파기대장), as CSV')
    .option('--out <file>', 'write it there')
    .action(({ out: path }: { out?: string }) => document(path, 'privacy.destructions', {}));
}
