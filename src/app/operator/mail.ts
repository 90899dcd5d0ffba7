import { join } from 'node:path';
import { folderMailer, type Mailer, smtpMailer } from '../../messenger/mail/mailer.ts';
import type { Config } from '../config.ts';

/** The mail server of the settings, or a folder of `.eml` files where there is none. */
export function openMailer({ mail, dataDir }: Pick<Config, 'mail' | 'dataDir'>): Mailer {
  return mail.smtpUrl && mail.from
    ? smtpMailer(mail.smtpUrl, mail.from)
    : folderMailer(join(dataDir, 'mail'), mail.from ?? 'bogeup@localhost');
}
