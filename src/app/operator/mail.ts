import { join } from 'node:path';
import { folderMailer, type Mailer, smtpMailer } from '../../messenger/mail/mailer.ts';
import type { Config } from '../config.ts';

/** Opens the mail server of the settings; without one, a folder of `.eml` files. */
export function openMailer({ mail, dataDir }: Pick<Config, 'mail' | 'dataDir'>): Mailer {
  const { smtpUrl, from, replyTo } = mail;
  return smtpUrl && from
    ? smtpMailer(smtpUrl, { from, replyTo })
    : folderMailer(join(dataDir, 'mail'), { from: from ?? 'bogeup@localhost', replyTo }, replyTo ?? from);
}
