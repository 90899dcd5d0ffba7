import { WebAPIPlatformError, WebAPIRateLimitedError, type WebClient } from '@slack/web-api';
import { safeMessage } from '../../core/safe-error.ts';
import { DESK, type OutboxRow, QUESTIONS, renewClaim } from '../../store/outbox.ts';
import type { Db } from '../../store/store.ts';
import { context } from '../blocks.ts';
import type { Mailer } from '../mail/mailer.ts';
import { BY_MAIL, createMailDelivery } from '../mail/outbox-mail.ts';
import type { CardRenderer, Medium, Notice, Notices, Renderer } from '../notice.ts';
import {
  discardUploads,
  findSent,
  findShare,
  postNotice,
  replaceMessage,
  shareUploads,
  uploadFiles,
} from './send.ts';
import { takeBack } from './take-back.ts';

/** Nobody to say it to; trying again changes nothing. */
export class Undeliverable extends Error {}
/** The notice is faulty: what it was to say cannot be made from its facts. */
export class Unrenderable extends Error {}
/** Another process has taken the row over: what happens to it is no longer ours to say. */
export class ClaimLost extends Error {}
/** The share was asked for and has not shown up: too early to say that it will not. */
export class ShareAwaited extends Error {}

interface DeliveryParts {
  db: Db;
  now: () => Date;
  client: WebClient;
  notices: Notices;
  /** For people without a messenger account; without it they are out of reach. */
  mailer: Mailer | null;
  deskChannel: string | null;
  /** Where questions go, if not to the desk. */
  questionsChannel?: string | null;
  leaseMs: number;
  paceMs: number;
}

const BURST = 3;
/** How late a share may show up after Slack has taken it; only a crash in between makes anybody wait so long. */
const SHARE_MS = 60_000;

interface Delivered {
  channel: string;
  ts: string | null;
}

/** Makes the function that delivers one claimed row, so that a repetition after a crash says nothing twice. */
export function createDelivery(parts: DeliveryParts) {
  const { db, now, client, notices, mailer, deskChannel, questionsChannel = null, leaseMs, paceMs } = parts;
  const mail = mailer && createMailDelivery({ db, now, mailer, hold });
  const dmChannels = new Map<string, string>();
  const nextFree = new Map<string, number>();

  async function channelOf(recipient: string): Promise<string | null> {
    if (recipient === DESK) return deskChannel;
    if (recipient === QUESTIONS) return questionsChannel ?? deskChannel;
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
    const earliest = Math.max(nextFree.get(channel) ?? 0, performance.now() - BURST * paceMs);
    nextFree.set(channel, earliest + paceMs);
    const wait = earliest - performance.now();
    if (wait > 0) await new Promise((resolve) => setTimeout(resolve, wait));
  }

  /** The last thing before a step that cannot be undone. */
  async function hold(row: OutboxRow, known?: Parameters<typeof renewClaim>[3]): Promise<void> {
    const until = new Date(now().getTime() + leaseMs);
    if (!(await renewClaim(db, row, until, known))) throw new ClaimLost();
  }

  async function post(row: OutboxRow, channel: string, notice: Notice): Promise<string> {
    await pace(channel);
    await hold(row);
    return postNotice(client, channel, row.id, notice);
  }

  /**
   * What was uploaded is written down before it is shared, so a successor asks for that share: it may show up long
   * after Slack has said yes. Only one that has not come in SHARE_MS is made impossible and done again.
   */
  async function share(row: OutboxRow, channel: string, notice: Notice): Promise<string | null> {
    const [earlier] = row.uploads;
    if (earlier && row.sharedAt) {
      const ts =
        (await findShare(client, channel, earlier)) ??
        (await findSent(client, channel, row.id, row.createdAt, notice.thread));
      if (ts) return ts;
      if (Math.abs(now().getTime() - row.sharedAt.getTime()) < SHARE_MS)
        throw new ShareAwaited('the share has not shown up');
      await discardUploads(client, row.uploads);
    }
    const uploads = await uploadFiles(client, db, notice.files ?? []);
    await pace(channel);
    await hold(row, { uploads: uploads.map(({ id }) => id), sharedAt: now() });
    try {
      await shareUploads(client, channel, row.id, uploads, notice);
    } catch (error) {
      if (error instanceof WebAPIRateLimitedError) await hold(row, { uploads: [], sharedAt: null });
      throw error;
    }
    return null;
  }

  /**
   * All posted copies of a card change together; a fresh one is posted where the desk should look again. The newest
   * alone has buttons, and it has them before the older ones lose theirs.
   */
  async function bringUpToDate(
    row: OutboxRow,
    channel: string,
    subject: string,
    fresh: boolean,
    notice: Notice,
  ): Promise<string | null> {
    const sent = row.attempts > 1 ? await findSent(client, channel, row.id, row.createdAt) : null;
    const copies = await db.card.findMany({ where: { subject }, orderBy: { ts: 'desc' } });
    const postFresh = async () => {
      const ts = sent ?? (await post(row, channel, notice));
      await db.card.createMany({ data: [{ channel, ts, subject }], skipDuplicates: true });
      return ts;
    };
    const posted = fresh ? await postFresh() : null;
    let live = posted !== null;
    for (const copy of copies) {
      if (copy.channel === channel && copy.ts === posted) continue;
      if (await updateCopy(copy, live ? outdated(notice) : notice)) live = true;
      else await db.card.delete({ where: { channel_ts: { channel: copy.channel, ts: copy.ts } } });
    }
    return live ? posted : postFresh();
  }

  /** @returns false when it is gone, or out of reach in a desk that was moved from */
  async function updateCopy(copy: { channel: string; ts: string }, notice: Notice): Promise<boolean> {
    const { text, blocks } = notice;
    try {
      await client.chat.update({ channel: copy.channel, ts: copy.ts, text, blocks });
      return true;
    } catch (error) {
      const refusal = error instanceof WebAPIPlatformError ? error.data.error : null;
      const away = ['channel_not_found', 'not_in_channel', 'is_archived'].includes(refusal ?? '');
      if (refusal === 'message_not_found' || (away && copy.channel !== deskChannel)) return false;
      throw error;
    }
  }

  /** To somebody who has no account. @throws what outbox-mail.ts does, Undeliverable or Unrenderable */
  async function deliverMail(row: OutboxRow, renderer: Renderer | CardRenderer): Promise<Delivered> {
    if ([DESK, QUESTIONS].includes(row.recipient)) throw new Undeliverable('ADMIN_CHANNEL is not set');
    const person = await db.person.findUnique({ where: { id: row.recipient }, select: { email: true } });
    if (!mail) throw new Undeliverable('no messenger account');
    if (!person?.email || typeof renderer !== 'function')
      throw new Undeliverable('no messenger account and no e-mail address');
    const facts = row.facts as Record<string, string | number | null>;
    const notice = await render(renderer, db, facts, 'mail', row.recipient);
    return notice ? mail(row, person.email, notice) : { channel: BY_MAIL, ts: null };
  }

  /** @throws what Slack refused with or outbox-mail.ts throws, Undeliverable, Unrenderable, ClaimLost or ShareAwaited */
  async function deliver(row: OutboxRow): Promise<Delivered> {
    const facts = row.facts as Record<string, string | number | null>;
    const renderer = notices[row.notice];
    if (!renderer) throw new Unrenderable(`no notice ${row.notice}`);
    const channel = await channelOf(row.recipient);
    if (!channel) return deliverMail(row, renderer);
    const isCard = typeof renderer !== 'function';
    const notice = await render(isCard ? renderer.card : renderer, db, facts, 'messenger', row.recipient);
    if (!notice) return { channel, ts: null };
    if (isCard) {
      const subject = String(facts[renderer.subject]);
      return { channel, ts: await bringUpToDate(row, channel, subject, facts.fresh === 1, notice) };
    }
    if (notice.takesBack) {
      await takeBack(client, notice.takesBack);
      return { channel, ts: null };
    }
    if (notice.replaces) {
      await replaceMessage(client, notice.replaces, notice);
      return { channel, ts: null };
    }
    if (notice.files?.length) {
      const ts = await share(row, channel, notice);
      await notice.afterwards?.(db);
      return { channel, ts };
    }
    const sent =
      row.attempts > 1 ? await findSent(client, channel, row.id, row.createdAt, notice.thread) : null;
    return { channel, ts: sent ?? (await post(row, channel, notice)) };
  }

  return deliver;
}

/** An older copy of a card: it tells how things stand, and there is nothing to press. */
function outdated({ text, blocks }: Notice): Notice {
  const told = blocks.filter(({ type }) => type !== 'actions');
  if (told.length === blocks.length) return { text, blocks };
  return { text, blocks: [...told, context('지난 카드입니다. 아래에 새로 올린 카드에서 처리하십시오.')] };
}

async function render(
  renderer: Renderer,
  db: Db,
  facts: Parameters<Renderer>[1],
  by: Medium,
  to: string,
): Promise<Notice | null> {
  try {
    return await renderer(db, facts, by, to);
  } catch (error) {
    if (isDatabaseAway(error)) throw error;
    throw new Unrenderable(safeMessage(error), { cause: error });
  }
}

/** Prisma's own errors, but not that a row which the facts name is missing (P2025). */
function isDatabaseAway(error: unknown): boolean {
  if (!(error instanceof Error) || !error.name.startsWith('PrismaClient')) return false;
  return !('code' in error && error.code === 'P2025');
}
