import { WebAPIPlatformError, WebAPIRateLimitedError, type WebClient } from '@slack/web-api';
import type { Logger } from 'pino';
import { safeMessage } from '../../core/safe-error.ts';
import { claimDue, clampDue, type OutboxRow, releaseClaims, renewClaim, settle } from '../../store/outbox.ts';
import type { Db } from '../../store/store.ts';
import { type Mailer, MailRefused, MailUnsure } from '../mail/mailer.ts';
import { MailAwaited } from '../mail/outbox-mail.ts';
import type { Notices } from '../notice.ts';
import { isDesk, reportFailure, reportHeld } from '../outbox-trouble.ts';
import { ClaimLost, createDelivery, ShareAwaited, Undeliverable, Unrenderable } from './outbox-delivery.ts';
import { findKind, type Refused } from './slack-errors.ts';

export interface SenderParts {
  db: Db;
  now: () => Date;
  /** For what is said unasked: its own queue, so that a burst never delays a person. */
  client: WebClient;
  notices: Notices;
  /** For people without a messenger account. */
  mailer?: Mailer | null;
  deskChannel: string | null;
  questionsChannel?: string | null;
  log: Logger;
  /** Unique per process. */
  name: string;
  /** The database belongs to this process: claims found at the start are a dead predecessor's and wait for no lease. */
  alone?: boolean;
  /** After something was said to a person, with their messenger account: their home may show more now. */
  delivered?: (slackId: string) => Promise<void>;
  /** How long a claim lasts without a sign of life; longer than one call to Slack may take. */
  leaseMs?: number;
  /** Slack takes one message a second per channel, with short bursts. */
  paceMs?: number;
}

/** Recipients served at once; each has one message on its way at a time. */
const CONCURRENCY = 20;
/**
 * What nobody asked for goes slower: Slack takes some hundred messages a minute of a whole workspace, and a survey of
 * thousands leaves room, there and in the database, for what people wait for.
 */
const UNASKED_PER_SECOND = 5;
const UNASKED_BURST = 10;
/** A day of trying (2 s, 4 s … then every ten minutes), counted in tries: a clock that is set makes no day pass. */
const MAX_ATTEMPTS = 150;
/** What waits to be mended is tried so often, and goes on by itself once it is. */
const HELD_LEAST_S = 15;
const HELD_MOST_S = 300;
/** A faulty notice is tried for a minute only: it holds back what follows, and repeating hardly mends it. */
const MAX_RENDERINGS = 5;
const SHARE_LOOK_SECONDS = 2;
/** Delivers the outbox: in order per recipient, at Slack's pace, each row once whatever crashes in between. */
export function createSender(parts: SenderParts) {
  const { db, now, client, log, name, alone, delivered, leaseMs = 60_000, paceMs = 1000 } = parts;
  const { notices, mailer = null, deskChannel, questionsChannel = null } = parts;
  const deliver = createDelivery({
    db,
    now,
    client,
    notices,
    mailer,
    deskChannel,
    questionsChannel,
    leaseMs,
    paceMs,
  });
  const sending = new Set<Promise<void>>();
  let claiming: Promise<void> | null = null;
  let again = false;
  let clamps = true; // at the start, now and then, and where the clock is seen to go back
  let seenAt = 0;
  let stopped = false;
  let timer: NodeJS.Timeout | undefined;
  let allowance = UNASKED_BURST;
  let allowedAt = performance.now(); // a clock that is set neither stops nor floods

  /** How many unasked messages may be begun now. */
  function allowed(): number {
    const at = performance.now();
    allowance = Math.min(UNASKED_BURST, allowance + ((at - allowedAt) / 1000) * UNASKED_PER_SECOND);
    allowedAt = at;
    return Math.floor(allowance);
  }

  /** Never rejects: a row that could not even be settled comes back when its claim runs out. */
  async function handle(row: OutboxRow): Promise<void> {
    const alive = setInterval(() => {
      renewClaim(db, row, new Date(now().getTime() + leaseMs)).catch(() => undefined);
    }, leaseMs / 3);
    try {
      const sent = await deliver(row);
      await settle(db, row, { ...sent, sentAt: now() });
      if (!isDesk(row.recipient)) await tellHome(row.recipient);
    } catch (error) {
      await settleFailure(row, error).catch((cause) =>
        log.error({ err: cause, outbox: row.id }, 'not settled'),
      );
    } finally {
      clearInterval(alive);
    }
  }

  async function tellHome(personId: string): Promise<void> {
    try {
      const person = await db.person.findUnique({ where: { id: personId }, select: { slackId: true } });
      if (person?.slackId) await delivered?.(person.slackId);
    } catch (error) {
      log.warn({ err: error }, 'a home was not refreshed');
    }
  }

  async function settleFailure(row: OutboxRow, error: unknown): Promise<void> {
    if (error instanceof ClaimLost) return;
    const reason = safeMessage(error);
    if (error instanceof ShareAwaited || error instanceof WebAPIRateLimitedError) {
      const seconds = error instanceof ShareAwaited ? SHARE_LOOK_SECONDS : error.retryAfter;
      return retry(row, seconds, reason, true);
    }
    if (error instanceof MailAwaited) return retry(row, error.seconds, reason, true);
    const { id, notice, attempts, recipient } = row;
    const code = error instanceof WebAPIPlatformError ? error.data.error : '';
    const refused = refusedAs(row, code);
    if (refused === 'mendable' || refused === 'access') {
      const level = row.error === reason ? 'debug' : 'error';
      log[level]({ outbox: id, notice, recipient, reason }, 'held until it is mended');
      await retry(row, heldFor(row), reason, true);
      if (refused === 'mendable') await reportHeld(db, now(), row, code);
      return;
    }
    const final = isFinal(row, error, refused);
    log[final ? 'error' : 'warn']({ outbox: id, notice, recipient, attempts, reason }, 'not delivered');
    if (!final) return retry(row, Math.min(600, 2 ** attempts) + Math.random(), reason, false);
    if (await settle(db, row, { failed: reason })) await reportFailure(db, now(), row);
  }

  /** A channel that is out of reach: a person's is gone with the person, the officers' own is put right by somebody. */
  function refusedAs({ recipient }: OutboxRow, code: string): Refused | null {
    const kind = findKind(code);
    if (kind !== 'place') return kind;
    return isDesk(recipient) ? 'mendable' : 'final';
  }

  /** Seconds until it is tried again: soon at first, for whoever mends it waits; then every five minutes. */
  function heldFor({ createdAt, notBefore }: OutboxRow): number {
    const waits = now().getTime() - (notBefore ?? createdAt).getTime();
    return Math.min(HELD_MOST_S, Math.max(HELD_LEAST_S, waits / 4000));
  }

  function isFinal(row: OutboxRow, error: unknown, refused: Refused | null): boolean {
    if (error instanceof Undeliverable) return true;
    if (error instanceof MailRefused || error instanceof MailUnsure) return true;
    if (error instanceof Unrenderable) return row.attempts >= MAX_RENDERINGS;
    if (refused === 'final') return true;
    return row.attempts >= MAX_ATTEMPTS;
  }

  async function retry(row: OutboxRow, seconds: number, error: string, untried: boolean): Promise<void> {
    const retryAt = new Date(now().getTime() + seconds * 1000);
    await settle(db, row, { retryAt, error, untried });
    setTimeout(wake, seconds * 1000).unref();
  }

  /** Answers first, and as many unasked ones as may be begun. */
  async function claimRows(): Promise<OutboxRow[]> {
    const at = now().getTime();
    if (clamps || at < seenAt) await clampDue(db, now(), leaseMs);
    clamps = false;
    seenAt = at;
    const free = CONCURRENCY - sending.size;
    const answers = await claimDue(db, now(), name, leaseMs, free, 'answer');
    const most = Math.min(free - answers.length, allowed());
    const unasked = await claimDue(db, now(), name, leaseMs, most, 'unasked');
    allowance -= unasked.length;
    if (unasked.length === most) setTimeout(wake, 1000 / UNASKED_PER_SECOND).unref(); // there may be more
    return [...answers, ...unasked];
  }

  /** Fills the free places; whoever ends wakes it again, so nobody waits for a slow recipient but that recipient. */
  async function claim(): Promise<void> {
    while (again && !stopped && sending.size < CONCURRENCY) {
      again = false;
      for (const row of await claimRows()) {
        const done: Promise<void> = handle(row).finally(() => {
          sending.delete(done);
          wake();
        });
        sending.add(done);
      }
    }
  }

  /** Sends what is due; a call while it runs makes it look once more. */
  function wake(): void {
    again = true;
    if (claiming || stopped) return;
    claiming = claim()
      .catch((error) => log.error({ err: error }, 'the outbox could not be read'))
      .finally(() => {
        claiming = null;
        if (again && sending.size < CONCURRENCY) wake();
      });
  }

  async function idle(): Promise<void> {
    while (claiming || sending.size > 0) await (claiming ?? Promise.race(sending));
  }

  return {
    wake,
    idle,
    async start(everyMs = 5000): Promise<void> {
      if (alone) await releaseClaims(db, now(), name);
      timer = setInterval(() => {
        clamps = true;
        wake();
      }, everyMs);
      wake();
    },
    /** Waits for what is being sent. */
    async stop(): Promise<void> {
      stopped = true;
      clearInterval(timer);
      await idle();
    },
  };
}

export type Sender = ReturnType<typeof createSender>;
