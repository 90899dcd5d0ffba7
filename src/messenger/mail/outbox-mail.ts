import { Readable } from 'node:stream';
import { SUPPORT_PHONE } from '../../core/support-phone.ts';
import { readBlob } from '../../store/blobs.ts';
import type { OutboxRow } from '../../store/outbox.ts';
import type { Db } from '../../store/store.ts';
import type { Notice, NoticeFile } from '../notice.ts';
import { MailAway, type Mailer, MailUnsure } from './mailer.ts';
import { renderMail } from './render-mail.ts';

/** A moment ago the server could not be reached, or took no mail: no attempt is made yet. */
export class MailAwaited extends Error {
  readonly seconds: number;
  constructor(seconds: number, why: string) {
    super(why);
    this.seconds = seconds;
  }
}

interface MailDeliveryParts {
  db: Db;
  now: () => Date;
  mailer: Mailer;
  /** Renews the claim and stores whether the mail may have been sent. @throws ClaimLost */
  hold(row: OutboxRow, known: { mailedAt: Date | null }): Promise<void>;
}

/** Stored as the channel of a row that was sent by mail; its ts is the Message-ID. */
export const BY_MAIL = 'mail';
/** While the server cannot be reached, one mail per so many ms tries it; the others wait without occupying a sender. */
const AWAY_MS = 30_000;
const SUPPORT = `문의: 표준API 기술지원 ${SUPPORT_PHONE}`;

/** The footer of a mail: who sent it, and where to answer. */
const footerOf = (answerTo: string | null) =>
  answerTo
    ? `표준API 보급관리에서 보낸 메일입니다. 회신과 서류는 이 메일에 답장하여 보내 주십시오. (받는 주소: ${answerTo}) ${SUPPORT}`
    : `표준API 보급관리에서 자동으로 보낸 메일입니다. 이 주소로는 답장을 받지 않습니다. ${SUPPORT}`;

/**
 * Makes the function that sends one claimed row by mail. It marks the row before it talks to the server, and removes
 * the mark when it is certain that nothing was sent. A process that finds the mark cannot know and does not send again.
 */
export function createMailDelivery({ db, now, mailer, hold }: MailDeliveryParts) {
  let awayUntil = 0;
  let why = '';

  const contentOf = (file: NoticeFile) =>
    'bytes' in file ? file.bytes : Readable.from(readBlob(db, file.sha256)); // streamed: a module is large

  /** @throws MailAwaited, MailRefused, MailPutOff, MailAway, MailUnsure, ClaimLost */
  return async (row: OutboxRow, to: string, notice: Notice): Promise<{ channel: string; ts: string }> => {
    if (row.mailedAt) throw new MailUnsure();
    const wait = awayUntil - now().getTime();
    if (wait > 0 && wait <= AWAY_MS) throw new MailAwaited(wait / 1000, why);
    const messageId = `outbox-${row.id}-${row.resends}@${mailer.domain}`;
    const files = (notice.files ?? []).map((file) => ({ name: file.name, content: contentOf(file) }));
    await hold(row, { mailedAt: mailer.repeatable ? null : now() });
    try {
      await mailer.send({
        to,
        messageId,
        date: now(),
        ...renderMail(notice, footerOf(mailer.answerTo)),
        files,
      });
    } catch (error) {
      if (error instanceof MailAway) {
        awayUntil = now().getTime() + AWAY_MS;
        why = error.message;
      }
      if (!(error instanceof MailUnsure)) await hold(row, { mailedAt: null });
      throw error;
    }
    return { channel: BY_MAIL, ts: messageId };
  };
}
