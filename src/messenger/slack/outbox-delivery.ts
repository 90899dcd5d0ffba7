import type { WebClient } from '@slack/web-api';
import { safeMessage } from '../../core/safe-error.ts';
import { type OutboxRow, renewClaim } from '../../store/outbox.ts';
import { moveMessage } from '../../store/outbox-changes.ts';
import type { Db } from '../../store/store.ts';
import type { Mailer } from '../mail/mailer.ts';
import { BY_MAIL, createMailDelivery } from '../mail/outbox-mail.ts';
import type { CardRenderer, Facts, Medium, Notice, Notices, Renderer } from '../notice.ts';
import { isDesk } from '../outbox-trouble.ts';
import { Channels } from './channels.ts';
import { ClaimLost, Undeliverable, Unrenderable } from './delivery-errors.ts';
import { bringUpToDate, type Delivery, findPosted, type Parcel, post, share } from './delivery-steps.ts';
import { replaceMessage } from './send.ts';
import { takeBack } from './take-back.ts';

interface DeliveryParts {
  db: Db;
  now: () => Date;
  client: WebClient;
  notices: Notices;
  /** Sends mail to people without a messenger account; null: they cannot be reached. */
  mailer: Mailer | null;
  deskChannel: string | null;
  /** The channel for questions; null: the officers' desk. */
  questionsChannel?: string | null;
  leaseMs: number;
  paceMs: number;
}

interface Delivered {
  channel: string;
  ts: string | null;
}

type MailDelivery = ReturnType<typeof createMailDelivery>;

/** Makes the function that delivers one claimed row; repeated after a crash, it sends nothing twice. */
export function createDelivery(parts: DeliveryParts) {
  const { db, now, client, notices, mailer, deskChannel, leaseMs } = parts;
  const hold: Delivery['hold'] = async (row, known) => {
    const until = new Date(now().getTime() + leaseMs);
    if (!(await renewClaim(db, row, until, known))) throw new ClaimLost();
  };
  const mail = mailer && createMailDelivery({ db, now, mailer, hold });
  const channels = new Channels(parts);
  const delivery: Delivery = { db, now, client, channels, deskChannel, hold };

  /** @throws errors of Slack and of outbox-mail.ts, Undeliverable, Unrenderable, ClaimLost or ShareAwaited */
  return async (row: OutboxRow): Promise<Delivered> => {
    const renderer = notices[row.notice];
    if (!renderer) throw new Unrenderable(`no notice ${row.notice}`);
    const channel = await channels.of(row.recipient);
    if (!channel) return deliverMail(db, mail, row, renderer);
    const isCard = typeof renderer !== 'function';
    const facts = row.facts as Facts;
    const notice = await render(isCard ? renderer.card : renderer, db, facts, 'messenger', row.recipient);
    if (!notice) return { channel, ts: null };
    const parcel = { row, channel, notice };
    const ts = isCard
      ? await bringUpToDate(delivery, parcel, String(facts[renderer.subject]), facts.fresh === 1)
      : await deliverNotice(delivery, parcel);
    return { channel, ts };
  };
}

/** @returns the ts of the message; null when no message of its own was posted */
async function deliverNotice(delivery: Delivery, parcel: Parcel): Promise<string | null> {
  const { notice } = parcel;
  if (notice.takesBack) {
    await takeBack(delivery.client, notice.takesBack);
    return null;
  }
  if (notice.replaces && (await replaceMessage(delivery.client, notice.replaces, notice)) !== 'foreign')
    return null;
  if (notice.files?.length) {
    const ts = await share(delivery, parcel);
    await notice.afterwards?.(delivery.db);
    return ts;
  }
  const ts = (await findPosted(delivery, parcel, notice.thread)) ?? (await post(delivery, parcel));
  if (notice.replaces) await moveMessage(delivery.db, notice.replaces, { channel: parcel.channel, ts });
  return ts;
}

/** Delivers to a person without an account. @throws errors of outbox-mail.ts, Undeliverable or Unrenderable */
async function deliverMail(
  db: Db,
  mail: MailDelivery | null,
  row: OutboxRow,
  renderer: Renderer | CardRenderer,
): Promise<Delivered> {
  if (isDesk(row.recipient)) throw new Undeliverable('ADMIN_CHANNEL is not set');
  const person = await db.person.findUnique({ where: { id: row.recipient }, select: { email: true } });
  if (!mail) throw new Undeliverable('no messenger account');
  if (!person?.email || typeof renderer !== 'function')
    throw new Undeliverable('no messenger account and no e-mail address');
  const notice = await render(renderer, db, row.facts as Facts, 'mail', row.recipient);
  return notice ? mail(row, person.email, notice) : { channel: BY_MAIL, ts: null };
}

async function render(
  renderer: Renderer,
  db: Db,
  facts: Facts,
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

/** Whether an error comes from the database itself. A missing row that the facts name (P2025) does not count. */
function isDatabaseAway(error: unknown): boolean {
  if (!(error instanceof Error) || !error.name.startsWith('PrismaClient')) return false;
  return !('code' in error && error.code === 'P2025');
}
