import type { Command } from 'commander';

/** `secret-key change FILE` */
export function declareSecretKey(program: Command, change: (file: string) => Promise<void>): void {
  program
    .command('secret-key')
    .description('the key that encrypts the secrets of one-time codes')
    .command('change')
    .argument('<file>', 'the new key, from openssl rand -base64 32')
    .description('seal them with another key, while the bot is stopped')
    .action(change);
}
