import type { WebClient } from '@slack/web-api';
import type { Logger } from 'pino';
import { claimDue, clampDue, type OutboxRow, releaseClaims, renewClaim, settle } from '../../store/outbox.ts';
import type { Db } from '../../store/store.ts';
import type { Mailer } from '../mail/mailer.ts';
import type { Notices } from '../notice.ts';
import { isDesk } from '../outbox-trouble.ts';
import { createDelivery } from './outbox-delivery.ts';
import { settleFailure } from './outbox-failure.ts';

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
  /** After something was said to the officers' channel: what waits for them may be more now. */
  deskTold?: () => void;
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
/** How many unasked messages may be begun now. By a clock that nobody sets: one that is set neither stops nor floods. */
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

/** Delivers the outbox: in order per recipient, at Slack's pace, each row once whatever crashes in between. */
export function createSender(parts: SenderParts) {
  const { db, now, log, name, alone, mailer = null, leaseMs = 60_000, paceMs = 1000 } = parts;
  const deliver = createDelivery({ ...parts, mailer, leaseMs, paceMs });
  const handle = handleWith({ ...parts, leaseMs, deliver, wake });
  const sending = new Set<Promise<void>>();
  let claiming: Promise<void> | null = null;
  let again = false;
  let clamps = true; // at the start, now and then, and where the clock is seen to go back
  let seenAt = 0;
  let stopped = false;
  let timer: NodeJS.Timeout | undefined;
  const allowance = new Allowance();

  /** Answers first, and as many unasked ones as may be begun. */
  async function claimRows(): Promise<OutboxRow[]> {
    const at = now().getTime();
    if (clamps || at < seenAt) await clampDue(db, now(), leaseMs);
    clamps = false;
    seenAt = at;
    const claiming = { now: now(), claimer: name, leaseMs };
    const free = CONCURRENCY - sending.size;
    const answers = await claimDue(db, { ...claiming, limit: free, lane: 'answer' });
    const most = Math.min(free - answers.length, allowance.left());
    const unasked = await claimDue(db, { ...claiming, limit: most, lane: 'unasked' });
    allowance.spend(unasked.length);
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

interface HandleParts extends Pick<SenderParts, 'db' | 'now' | 'log' | 'delivered' | 'deskTold'> {
  leaseMs: number;
  deliver: ReturnType<typeof createDelivery>;
  wake: () => void;
}

/** Never rejects: a row that could not even be settled comes back when its claim runs out. */
function handleWith({ db, now, log, delivered, deskTold, leaseMs, deliver, wake }: HandleParts) {
  const tellHome = async (personId: string): Promise<void> => {
    try {
      const person = await db.person.findUnique({ where: { id: personId }, select: { slackId: true } });
      if (person?.slackId) await delivered?.(person.slackId);
    } catch (error) {
      log.warn({ err: error }, 'a home was not refreshed');
    }
  };
  return async (row: OutboxRow): Promise<void> => {
    const alive = setInterval(() => {
      renewClaim(db, row, new Date(now().getTime() + leaseMs)).catch(() => undefined);
    }, leaseMs / 3);
    try {
      const sent = await deliver(row);
      await settle(db, row, { ...sent, sentAt: now() });
      if (isDesk(row.recipient)) deskTold?.();
      else await tellHome(row.recipient);
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
