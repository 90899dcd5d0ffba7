import { WebAPIPlatformError, WebAPIRateLimitedError, type WebClient } from '@slack/web-api';
import type { Logger } from 'pino';
import { claimDue, DESK, type OutboxRow, settle } from '../store/outbox.ts';
import type { Db } from '../store/store.ts';
import { findSent, type Notice, postFiles, postNotice } from './send.ts';

/** Renders an outbox row from its facts when it is sent. Null: it is no longer worth saying. */
export type Renderer = (db: Db, facts: Record<string, string | number | null>) => Promise<Notice | null>;

/** A notice that keeps its posted copies up to date instead of being said once. */
export interface CardRenderer {
  card: Renderer;
  /** Which fact names the filing whose copies these are. */
  filing: string;
}

export type Notices = Record<string, Renderer | CardRenderer>;

export interface SenderParts {
  db: Db;
  now: () => Date;
  /** For what is said unasked: its own queue, so that a burst never delays a person. */
  client: WebClient;
  notices: Notices;
  deskChannel: string | null;
  log: Logger;
  /** Unique per process. */
  name: string;
  /** The database belongs to this process: claims found at the start are a dead predecessor's and wait for no lease. */
  alone?: boolean;
  /** After something was said to a person, with their messenger account: their home may show more now. */
  delivered?: (slackId: string) => Promise<void>;
  /** How long a claim lasts: longer than a batch of 20 takes at the pace of one channel. */
  leaseMs?: number;
  /** Slack takes one message a second per channel, with short bursts. */
  paceMs?: number;
}

const MAX_ATTEMPTS = 12;
const BURST = 3;
/** Refusals that repeating cannot change. Anything else is tried again. */
const TRANSIENT = new Set([
  'internal_error',
  'fatal_error',
  'service_unavailable',
  'request_timeout',
  'ratelimited',
]);

/** Delivers the outbox: in order per recipient, at Slack's pace, each row once whatever crashes in between. */
export function createSender(parts: SenderParts) {
  const {
    db,
    now,
    client,
    notices,
    deskChannel,
    log,
    name,
    alone,
    delivered,
    leaseMs = 60_000,
    paceMs = 1000,
  } = parts;
  const dmChannels = new Map<string, string>();
  const nextFree = new Map<string, number>();
  let running: Promise<void> | null = null;
  let again = false;
  let timer: NodeJS.Timeout | undefined;

  async function channelOf(recipient: string): Promise<string | null> {
    if (recipient === DESK) return deskChannel;
    const known = dmChannels.get(recipient);
    if (known) return known;
    const person = await db.person.findUnique({ where: { id: recipient }, select: { slackId: true } });
    if (!person?.slackId) return null;
    const { channel } = await client.conversations.open({ users: person.slackId });
    if (channel?.id) dmChannels.set(recipient, channel.id);
    return channel?.id ?? null;
  }

  /** Waits for the channel's turn: BURST messages at once, then one per paceMs. */
  async function pace(channel: string): Promise<void> {
    const earliest = Math.max(nextFree.get(channel) ?? 0, Date.now() - BURST * paceMs);
    nextFree.set(channel, earliest + paceMs);
    const wait = earliest - Date.now();
    if (wait > 0) await new Promise((resolve) => setTimeout(resolve, wait));
  }

  async function deliver(row: OutboxRow): Promise<{ channel: string; ts: string | null }> {
    const facts = row.facts as Record<string, string | number | null>;
    const renderer = notices[row.notice];
    if (!renderer) throw new Error(`no notice ${row.notice}`);
    const channel = await channelOf(row.recipient);
    if (!channel)
      throw new Undeliverable(row.recipient === DESK ? 'ADMIN_CHANNEL is not set' : 'no messenger account');
    if (typeof renderer !== 'function') {
      const notice = await renderer.card(db, facts);
      return notice
        ? bringUpToDate(row, channel, String(facts[renderer.filing]), facts.fresh === 1, notice)
        : { channel, ts: null };
    }
    if (row.attempts > 1) {
      const ts = await findSent(client, channel, row.id, row.createdAt);
      if (ts) return { channel, ts };
    }
    const notice = await renderer(db, facts);
    if (!notice) return { channel, ts: null };
    await pace(channel);
    if (!notice.files?.length) return { channel, ts: await postNotice(client, channel, row.id, notice) };
    await postFiles(client, db, channel, row.id, notice);
    return { channel, ts: null };
  }

  /** All posted copies of a filing's card change together; a fresh one is posted where the desk should look again. */
  async function bringUpToDate(
    row: OutboxRow,
    channel: string,
    filingId: string,
    fresh: boolean,
    notice: Notice,
  ) {
    const copies = await db.card.findMany({ where: { filingId }, orderBy: { ts: 'asc' } });
    let standing = 0;
    for (const copy of copies) {
      try {
        await client.chat.update({
          channel: copy.channel,
          ts: copy.ts,
          text: notice.text,
          blocks: notice.blocks,
        });
        standing++;
      } catch (error) {
        if (!(error instanceof WebAPIPlatformError && error.data.error === 'message_not_found')) throw error;
        await db.card.delete({ where: { channel_ts: { channel: copy.channel, ts: copy.ts } } });
      }
    }
    if (!fresh && standing > 0) return { channel, ts: null };
    const sent = row.attempts > 1 ? await findSent(client, channel, row.id, row.createdAt) : null;
    if (!sent) await pace(channel);
    const ts = sent ?? (await postNotice(client, channel, row.id, notice));
    await db.card.createMany({ data: [{ channel, ts, filingId }], skipDuplicates: true });
    return { channel, ts };
  }

  async function handle(row: OutboxRow): Promise<void> {
    try {
      const sent = await deliver(row);
      await settle(db, row, { ...sent, sentAt: now() });
      if (row.recipient !== DESK) await tellHome(row.recipient);
    } catch (error) {
      await settleFailure(row, error);
    }
  }

  async function tellHome(personId: string): Promise<void> {
    const person = await db.person.findUnique({ where: { id: personId }, select: { slackId: true } });
    if (!person?.slackId) return;
    await delivered?.(person.slackId).catch((error) => log.warn({ err: error }, 'a home was not refreshed'));
  }

  async function settleFailure(row: OutboxRow, error: unknown): Promise<void> {
    const reason = error instanceof Error ? error.message : String(error);
    const final =
      error instanceof Undeliverable ||
      row.attempts >= MAX_ATTEMPTS ||
      (error instanceof WebAPIPlatformError && !TRANSIENT.has(error.data.error));
    log[final ? 'error' : 'warn'](
      { outbox: row.id, notice: row.notice, attempts: row.attempts, reason },
      'not delivered',
    );
    if (final) {
      await settle(db, row, { failed: reason });
      await reportFailure(row);
      return;
    }
    const seconds =
      error instanceof WebAPIRateLimitedError
        ? error.retryAfter
        : Math.min(600, 2 ** row.attempts) + Math.random();
    await settle(db, row, { retryAt: new Date(now().getTime() + seconds * 1000), error: reason });
    if (error instanceof WebAPIRateLimitedError) setTimeout(wake, error.retryAfter * 1000).unref();
  }

  /** A failed delivery is officers' business, not only a log line. */
  async function reportFailure(row: OutboxRow): Promise<void> {
    if (row.notice === 'outbox.failed') return;
    await db.outbox.createMany({
      data: [
        {
          key: `failed:${row.id}:${row.attempts}`,
          notice: 'outbox.failed',
          recipient: DESK,
          facts: { outboxId: row.id },
          dueAt: now(),
          createdAt: now(),
        },
      ],
      skipDuplicates: true,
    });
    again = true;
  }

  async function drain(): Promise<void> {
    do {
      again = false;
      const rows = await claimDue(db, now(), name, leaseMs, 20);
      await Promise.all(
        byRecipient(rows).map(async (mine) => {
          for (const row of mine) await handle(row);
        }),
      );
      if (rows.length > 0) again = true;
    } while (again);
  }

  /** Sends what is due; a call while it runs makes it look once more. */
  function wake(): void {
    again = true;
    running ??= drain()
      .catch((error) => log.error({ err: error }, 'the outbox could not be read'))
      .finally(() => {
        running = null;
      });
  }

  return {
    wake,
    async start(everyMs = 5000): Promise<void> {
      if (alone) await db.outbox.updateMany({ where: { state: 'CLAIMED' }, data: { dueAt: now() } });
      timer = setInterval(wake, everyMs);
      wake();
    },
    /** Waits for what is being sent. */
    async stop(): Promise<void> {
      clearInterval(timer);
      await running;
    },
    idle: async () => {
      while (running) await running;
    },
  };
}

export type Sender = ReturnType<typeof createSender>;

class Undeliverable extends Error {}

function byRecipient(rows: OutboxRow[]): OutboxRow[][] {
  const groups = new Map<string, OutboxRow[]>();
  for (const row of rows) groups.set(row.recipient, [...(groups.get(row.recipient) ?? []), row]);
  return [...groups.values()];
}
