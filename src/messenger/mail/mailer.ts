import { randomUUID } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { mkdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createTransport } from 'nodemailer';

interface OutgoingMail {
  /** The address of the one recipient. */
  to: string;
  /** Without angle brackets; every try to send this mail has the same. */
  messageId: string;
  date: Date;
  subject: string;
  text: string;
  html: string;
  files: { name: string; content: Readable | Uint8Array }[];
}

export interface Mailer {
  /**
   * Resolves once the server has accepted the mail.
   * @throws MailRefused, MailPutOff, MailAway or MailUnsure
   */
  send(mail: OutgoingMail): Promise<void>;
  /** The address to which answers go; null: nobody reads them. */
  answerTo: string | null;
  /** The domain of the sender, for the Message-ID. */
  domain: string;
  /** Whether sending the same mail twice does no harm, so that the row need not be marked before sending. */
  repeatable: boolean;
  /** Tests the connection and the log-in. @throws the server's answer when it refuses */
  verify(): Promise<string>;
}

/** 5xx about this mail: the server refuses it for good. */
export class MailRefused extends Error {}
/** 4xx: the server refuses this mail for now (greylisting, a full mailbox). */
class MailPutOff extends Error {}
/** The server cannot be reached, or refuses the connection, the log-in or the sender: all mails wait until it is mended. */
export class MailAway extends Error {}
/** The whole mail was sent but the server did not answer: it may have arrived. */
export class MailUnsure extends Error {
  constructor(options?: ErrorOptions) {
    super('it is not known whether the mail was sent', options);
  }
}

const PATIENCE = { connectionTimeout: 15_000, greetingTimeout: 15_000, socketTimeout: 60_000 };
/** Keeps nodemailer from reading files or fetching addresses that a mail names. */
const CLOSED = { disableFileAccess: true, disableUrlAccess: true };

const domainOf = (from: string) => /@([^\s<>@]+)>?$/.exec(from)?.[1] ?? 'localhost';
const addressOf = (from: string) => /([^\s<>]+@[^\s<>@]+)>?$/.exec(from)?.[1] ?? from;

/** The sender's name, when the setting is an address only. */
const NAME = '표준API 보급관리';
const named = (from: string) => (from.includes('<') ? from : { name: NAME, address: from });

interface Sender {
  /** The sender's address, with or without a name before it. */
  from: string;
  /** Another address for answers. */
  replyTo?: string | null;
}

function composed({ from, replyTo }: Sender, { to, messageId, files, ...content }: OutgoingMail) {
  return {
    ...content,
    from: named(from),
    ...(replyTo ? { replyTo } : {}),
    to: { name: '', address: to },
    messageId: `<${messageId}>`,
    headers: { 'Auto-Submitted': 'auto-generated' },
    attachments: files.map(({ name, content }) => ({
      filename: name,
      content: content instanceof Uint8Array ? Buffer.from(content) : content,
      contentType: 'application/octet-stream',
    })),
  };
}

/** @param smtpUrl an address for nodemailer, with options in its query (`?requireTLS=true`) */
export function smtpMailer(smtpUrl: string, sender: Sender): Mailer {
  const { from, replyTo } = sender;
  const transport = createTransport({ url: smtpUrl, ...PATIENCE, ...CLOSED });
  /** Message-IDs of the mails of which every byte was handed to the connection. */
  const whole = new Set<string>();
  // The connection reads the returned stream, which ends when its last byte was read.
  transport.use('stream', (mail, done) => {
    mail.message.processFunc((message) => {
      message.once('end', () => whole.add(String(mail.data.messageId)));
      return message;
    });
    done();
  });
  return {
    answerTo: addressOf(replyTo ?? from),
    domain: domainOf(from),
    repeatable: false,
    async send(mail) {
      const message = composed(sender, mail);
      try {
        await transport.sendMail(message);
      } catch (error) {
        throw judged(error, whole.has(message.messageId));
      } finally {
        whole.delete(message.messageId);
        for (const { content } of mail.files) if (!(content instanceof Uint8Array)) content.destroy();
      }
    },
    async verify() {
      await transport.verify();
      return `${new URL(smtpUrl).hostname} takes mail from ${from}`;
    },
  };
}

/** SMTP commands about one mail; a refusal before these (greeting, TLS, log-in, sender) concerns all mails. */
const OF_THE_MAIL = new Set(['RCPT TO', 'DATA']);
/** About one mail whenever it is said, and about all mails whenever it is said. */
const [TOO_LARGE, NO_LOG_IN] = [552, 530];

function isOfTheMail(responseCode: number, command: string): boolean {
  if (responseCode === NO_LOG_IN) return false;
  return OF_THE_MAIL.has(command) || responseCode === TOO_LARGE;
}

function judged(error: unknown, wasWhole: boolean): Error {
  const { responseCode, command, code, response, message } = error as {
    responseCode?: number;
    command?: string;
    code?: string;
    response?: string;
    message?: string;
  };
  const cause = { cause: error };
  const answer = response ?? message ?? String(error);
  if (responseCode && command && isOfTheMail(responseCode, command))
    return responseCode >= 500
      ? new MailRefused(`the mail server refused: ${answer}`, cause)
      : new MailPutOff(`the mail server put it off: ${answer}`, cause);
  if (code === 'ESTREAM') return new MailPutOff('an attachment could not be read', cause);
  if (wasWhole && !responseCode) return new MailUnsure(cause);
  const what = responseCode ? 'takes no mail from the bot' : 'cannot be reached';
  return new MailAway(`the mail server ${what}: ${answer}`, cause);
}

/** Without a mail server: writes each mail to a file that mail programs can open, completely or not at all. */
export function folderMailer(folder: string, sender: Sender, answerTo: string | null = null): Mailer {
  const transport = createTransport({ streamTransport: true, newline: 'windows', ...CLOSED });
  return {
    answerTo,
    domain: domainOf(sender.from),
    repeatable: true,
    async send(mail) {
      await mkdir(folder, { recursive: true, mode: 0o700 });
      const { message } = await transport.sendMail(composed(sender, mail));
      const half = join(folder, `.${randomUUID()}`);
      try {
        await pipeline(message as Readable, createWriteStream(half, { mode: 0o600 }));
        await rename(half, join(folder, `${mail.messageId.replace(/@.*$/, '')}.eml`));
      } catch (error) {
        await rm(half, { force: true });
        throw error;
      }
    },
    verify: async () => `SMTP_URL is not set: mail is written to ${folder}`,
  };
}
