import type { WebClient } from '@slack/web-api';
import type { Logger } from 'pino';
import { claimDue, clampDue, type OutboxRow, releaseClaims, renewClaim, settle } from '../../store/outbox.ts';
import type { Db } from '../../store/store.ts';
import type { Mailer } from '../mail/mailer.ts';
import type { Notices } from '../notice.ts';
import { isDesk } from '../outbox-trouble.ts';
import { PEOPLE_FIRST_MS } from './clicks.ts';
import { createDelivery } from './outbox-delivery.ts';
import { settleFailure } from './outbox-failure.ts';

export interface SenderParts {
  db: Db;
  now: () => Date;
  /** The client for messages of the outbox; it has its own queue, so that many messages never delay a person. */
  client: WebClient;
  notices: Notices;
  /** Sends mail to people without a messenger account. */
  mailer?: Mailer | null;
  deskChannel: string | null;
  questionsChannel?: string | null;
  log: Logger;
  /** Names this process as claimer; unique per process. */
  name: string;
  /** Whether this is the only process: claims found at the start were then left by a dead one and are released. */
  alone?: boolean;
  /** Called when a person got a message: their home may have changed. */
  delivered?: (row: OutboxRow) => Promise<void>;
  /**
   * Called when the officers' channel got a message: what officers see elsewhere may have changed. It is called before
   * the row counts as sent, so that a process that dies in between leaves the row, and this, to another one.
   */
  deskTold?: (row: OutboxRow, sentAt: Date) => Promise<void>;
  /** How long a claim is valid unless it is renewed; longer than one call to Slack may take. */
  leaseMs?: number;
  /** The time between messages to one channel: Slack accepts one per second, with short bursts. */
  paceMs?: number;
  /** Resolves when no person waits for an answer, at the latest after so many ms: people come before messages. */
  rest?: (mostMs: number) => Promise<void>;
}

/** How many recipients are served at once; each gets one message at a time. */
const CONCURRENCY = 20;
/**
 * The pace of unasked messages, such as surveys. Slack accepts some hundred messages a minute from a whole workspace,
 * so thousands of them must leave room, there and in the database, for messages for which people wait.
 */
const UNASKED_PER_SECOND = 5;
const UNASKED_BURST = 10;
/**
 * How many unasked messages may be sent now. It uses the monotonic clock, since setting the system clock must neither
 * stop nor speed up sending.
 */
class Allowance {
  #left = UNASKED_BURST;
  #at = performance.now();

  left(): number {
    const at = performance.now();
    this.#left = Math.min(UNASKED_BURST, this.#left + ((at - this.#at) / 1000) * UNASKED_PER_SECOND);
    this.#at = at;
    return Math.floor(this.#left);
  }

  spend(count: number): void {
    this.#left -= count;
  }
}

/** Delivers the outbox: in order for each recipient, at Slack's pace, each row once even after a crash. */
export function createSender(parts: SenderParts) {
  const { db, now, log, name, alone, mailer = null, leaseMs = 60_000, paceMs = 1000, rest } = parts;
  const deliver = createDelivery({ ...parts, mailer, leaseMs, paceMs });
  const handle = handleWith({ ...parts, leaseMs, deliver, wake });
  const sending = new Set<Promise<void>>();
  let claiming: Promise<void> | null = null;
  let again = false;
  let clamps = true; // at the start, at intervals, and when the clock went back
  let seenAt = 0;
  let stopped = false;
  let timer: NodeJS.Timeout | undefined;
  const allowance = new Allowance();

  /** Claims answers first, and then as many unasked messages as are allowed now. */
  async function claimRows(): Promise<OutboxRow[]> {
    const at = now().getTime();
    if (clamps || at < seenAt) await clampDue(db, now(), leaseMs);
    clamps = false;
    seenAt = at;
    const free = CONCURRENCY - sending.size;
    const allowed = allowance.left();
    const claim = { now: now(), claimer: name, leaseMs };
    const rows = await claimDue(db, { ...claim, limit: free, unasked: allowed });
    const unasked = rows.filter(({ notBefore }) => notBefore !== null).length;
    allowance.spend(unasked);
    const most = Math.min(free - (rows.length - unasked), allowed);
    if (unasked === most) setTimeout(wake, 1000 / UNASKED_PER_SECOND).unref(); // there may be more
    return rows;
  }

  /** Fills the free places with deliveries. Each one that ends wakes this again: a slow recipient delays no other. */
  async function claim(): Promise<void> {
    while (again && !stopped && sending.size < CONCURRENCY) {
      await rest?.(PEOPLE_FIRST_MS);
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

  /** Sends the messages that are due; when called while it runs, it looks once more. */
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
    /** Stops, after the messages that are being sent. */
    async stop(): Promise<void> {
      stopped = true;
      clearInterval(timer);
      await idle();
    },
  };
}

interface HandleParts extends Pick<SenderParts, 'db' | 'now' | 'log' | 'delivered' | 'deskTold'> {
  leaseMs: number;
  deliver: ReturnType<typeof createDelivery>;
  wake: () => void;
}

/** Handles one row. Never rejects: if even the failure cannot be stored, the row is due again after its claim. */
function handleWith({ db, now, log, delivered, deskTold, leaseMs, deliver, wake }: HandleParts) {
  const follow = (work: () => Promise<void>): Promise<void> =>
    work().catch((error: unknown) =>
      log.warn({ err: error }, 'a home or the board of a survey was not refreshed'),
    );
  return async (row: OutboxRow): Promise<void> => {
    const alive = setInterval(() => {
      renewClaim(db, row, new Date(now().getTime() + leaseMs)).catch(() => undefined);
    }, leaseMs / 3);
    try {
      const sent = await deliver(row);
      const sentAt = now();
      const atDesk = isDesk(row.recipient);
      if (atDesk) await follow(async () => deskTold?.(row, sentAt));
      await settle(db, row, { ...sent, sentAt });
      if (!atDesk) await follow(async () => delivered?.(row));
    } catch (error) {
      await settleFailure({ db, now, log, wake }, row, error).catch((cause) =>
        log.error({ err: cause, outbox: row.id }, 'not settled'),
      );
    } finally {
      clearInterval(alive);
    }
  };
}

export type Sender = ReturnType<typeof createSender>;
