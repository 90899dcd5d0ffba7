import { join } from 'node:path';
import type { Config } from '../config.ts';
import { folderMailer, type Mailer, smtpMailer } from '../mail/mailer.ts';

/** The mail server of the settings, or a folder of `.eml` files where there is none. */
export function openMailer({ mail, dataDir }: Pick<Config, 'mail' | 'dataDir'>): Mailer {
  return mail.smtpUrl && mail.from
    ? smtpMailer(mail.smtpUrl, mail.from)
    : folderMailer(join(dataDir, 'mail'), mail.from ?? 'bogeup@localhost');
}
