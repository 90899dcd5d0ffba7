import { WebAPIPlatformError, WebAPIRateLimitedError, WebAPIRequestError } from '@slack/web-api';
import type { Logger } from 'pino';
import { safeMessage } from '../../core/safe-error.ts';
import { type OutboxRow, settle } from '../../store/outbox.ts';
import type { Db } from '../../store/store.ts';
import { MailAway, MailRefused, MailUnsure } from '../mail/mailer.ts';
import { MailAwaited } from '../mail/outbox-mail.ts';
import { isDesk, reportFailure, reportHeld } from '../outbox-trouble.ts';
import { ClaimLost, ShareAwaited, Undeliverable, Unrenderable } from './delivery-errors.ts';
import { findKind, type Refused } from './slack-errors.ts';

/** A day of tries (after 2 s, 4 s … then every ten minutes). Tries are counted, not hours: the clock may be set. */
const MAX_ATTEMPTS = 150;
/** The least and most seconds between the tries of a message that waits until somebody mends a fault. */
const HELD_LEAST_S = 15;
const HELD_MOST_S = 300;
/**
 * So many tries of a message count when there is no connection: an answer may have been lost, so it is looked for. More
 * would let later messages to the recipient overtake it; only an upload must not hold those back.
 */
const COUNTED = 8;
/** After how long without a way to the recipient the desk hears of it: most are there again by themselves. */
const TOLD_AFTER_MS = 30 * 60_000;
/** A faulty notice is tried for a minute only: it delays later messages, and trying again hardly helps. */
const MAX_RENDERINGS = 5;
const SHARE_LOOK_SECONDS = 2;

interface FailureParts {
  db: Db;
  now: () => Date;
  log: Logger;
  /** Makes the sender look into the outbox again. */
  wake: () => void;
}

/** Decides about a row that was not delivered: try again, hold until a fault is mended, or give up. */
export async function settleFailure(parts: FailureParts, row: OutboxRow, error: unknown): Promise<void> {
  const { db, now, log } = parts;
  if (error instanceof ClaimLost) return;
  const reason = safeMessage(error);
  const soon = secondsTold(error);
  if (soon !== null) return retry(parts, row, { seconds: soon, reason, untried: true });
  const { id, notice, attempts, recipient } = row;
  const code = error instanceof WebAPIPlatformError ? error.data.error : '';
  const refused = refusedAs(row, code);
  if (refused === 'mendable' || refused === 'access') {
    const level = row.error === reason ? 'debug' : 'error';
    log[level]({ outbox: id, notice, recipient, reason }, 'held until it is mended');
    await retry(parts, row, { seconds: heldFor(row, now()), reason, untried: true });
    if (refused === 'mendable') await reportHeld(db, now(), row, code);
    return;
  }
  const closed = closedWay(error);
  if (closed) {
    const level = row.error === reason ? 'debug' : 'error';
    log[level]({ outbox: id, notice, recipient, reason }, 'held until there is a way again');
    const seconds = Math.min(HELD_MOST_S, 2 ** attempts) + Math.random();
    await retry(parts, row, { seconds, reason, untried: closed !== 'upload' && attempts > COUNTED });
    const [what = reason] = reason.split(':');
    const told = closed !== 'slack' && waits(row, now()) >= TOLD_AFTER_MS;
    if (told) await reportHeld(db, now(), row, what);
    return;
  }
  const final = isFinal(row, error, refused);
  log[final ? 'error' : 'warn']({ outbox: id, notice, recipient, attempts, reason }, 'not delivered');
  if (!final) {
    const seconds = Math.min(600, 2 ** attempts) + Math.random();
    return retry(parts, row, { seconds, reason, untried: false });
  }
  if (await settle(db, row, { failed: reason })) await reportFailure(db, now(), row);
}

/** How many seconds to wait, if the error says so; null: it does not. */
function secondsTold(error: unknown): number | null {
  if (error instanceof ShareAwaited) return SHARE_LOOK_SECONDS;
  if (error instanceof WebAPIRateLimitedError) return error.retryAfter;
  return error instanceof MailAwaited ? error.seconds : null;
}

/** The kind of a refusal. An unreachable channel is final for a person, but can be mended for the officers' own. */
function refusedAs({ recipient }: OutboxRow, code: string): Refused | null {
  const kind = findKind(code);
  if (kind !== 'place') return kind;
  return isDesk(recipient) ? 'mendable' : 'final';
}

/**
 * Which way to the recipient is closed, if the message is not at fault: no connection, or a mail server that takes no
 * mail at all. The message is tried as long as that lasts.
 */
function closedWay(error: unknown): 'slack' | 'mail' | 'upload' | null {
  if (error instanceof WebAPIRequestError) return 'slack';
  if (error instanceof MailAway) return 'mail';
  return error instanceof TypeError && error.message === 'fetch failed' ? 'upload' : null;
}

/** Seconds until a held message is tried again: soon at first, since somebody may be mending it; then less often. */
function heldFor(row: OutboxRow, now: Date): number {
  return Math.min(HELD_MOST_S, Math.max(HELD_LEAST_S, waits(row, now) / 4000));
}

/** For how many ms the message has waited since it could be sent. */
function waits({ createdAt, notBefore }: OutboxRow, now: Date): number {
  return now.getTime() - (notBefore ?? createdAt).getTime();
}

function isFinal(row: OutboxRow, error: unknown, refused: Refused | null): boolean {
  if (error instanceof Undeliverable) return true;
  if (error instanceof MailRefused || error instanceof MailUnsure) return true;
  if (error instanceof Unrenderable) return row.attempts >= MAX_RENDERINGS;
  if (refused === 'final') return true;
  return row.attempts >= MAX_ATTEMPTS;
}

async function retry(
  { db, now, wake }: FailureParts,
  row: OutboxRow,
  { seconds, reason, untried }: { seconds: number; reason: string; untried: boolean },
): Promise<void> {
  const retryAt = new Date(now().getTime() + seconds * 1000);
  await settle(db, row, { retryAt, error: reason, untried });
  setTimeout(wake, seconds * 1000).unref();
}
