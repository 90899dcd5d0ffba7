import { join } from 'node:path';
import { folderMailer, type Mailer, smtpMailer } from '../../messenger/mail/mailer.ts';
import type { Config } from '../config.ts';

/** The mail server of the settings, or a folder of `.eml` files where there is none. */
export function openMailer({ mail, dataDir }: Pick<Config, 'mail' | 'dataDir'>): Mailer {
  const { smtpUrl, from, replyTo } = mail;
  return smtpUrl && from
    ? smtpMailer(smtpUrl, { from, replyTo })
    : folderMailer(join(dataDir, 'mail'), { from: from ?? 'bogeup@localhost', replyTo }, replyTo ?? from);
}
