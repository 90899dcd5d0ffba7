import type { Command } from 'commander';
import { CHECKPOINT_FILE } from '../../features/privacy/checkpoint-file.ts';

/** Declares `audit verify`. */
export function declareAudit(
  program: Command,
  verify: (checkpoints: string | undefined, heads: string[]) => Promise<void>,
): void {
  program
    .command('audit')
    .description('the audit trail')
    .command('verify')
    .description('prove that no row was altered, removed, moved or cut off')
    .option('--checkpoints <file>', `signed checkpoints; ${CHECKPOINT_FILE} in DATA_DIR where there is one`)
    .option('--head <seq:hash...>', 'what a line of the officers’ channel says')
    .action(({ checkpoints, head = [] }: { checkpoints?: string; head?: string[] }) =>
      verify(checkpoints, head),
    );
}
