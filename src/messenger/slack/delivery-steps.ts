import { WebAPIPlatformError, WebAPIRateLimitedError, type WebClient } from '@slack/web-api';
import type { OutboxRow, Progress } from '../../store/outbox.ts';
import type { Db } from '../../store/store.ts';
import { context } from '../blocks.ts';
import type { Notice } from '../notice.ts';
import { copiesOf, forgetCopy, keepCopy } from './card-copies.ts';
import type { Channels } from './channels.ts';
import { ShareAwaited } from './delivery-errors.ts';
import {
  discardUploads,
  findSent,
  findShare,
  postNotice,
  replaceMessage,
  shareUploads,
  uploadFiles,
} from './send.ts';

/** What the steps of a delivery share. */
export interface Delivery {
  db: Db;
  now: () => Date;
  client: WebClient;
  channels: Channels;
  deskChannel: string | null;
  /** Renews the claim; called directly before a step that cannot be undone. @throws ClaimLost */
  hold(row: OutboxRow, known?: Progress): Promise<void>;
}

/** A notice that is to be sent to a channel. */
export interface Parcel {
  row: OutboxRow;
  channel: string;
  notice: Notice;
}

/** How long after Slack accepted it a share may still appear; only after a crash does the bot wait so long. */
const SHARE_MS = 60_000;

/** @returns the ts of the message */
export async function post({ client, channels, hold }: Delivery, { row, channel, notice }: Parcel) {
  await channels.turn(channel);
  await hold(row);
  return postNotice(client, channel, row, notice);
}

/** Finds the message that an earlier attempt posted, by its mark. */
export async function findPosted({ client }: Delivery, { row, channel }: Parcel, thread?: string) {
  return row.attempts > 1 ? findSent(client, channel, row, thread) : null;
}

/**
 * Sends files. The ids of the uploads are stored before they are shared, so that after a crash the next attempt looks
 * for that share, which may appear long after Slack accepted it. If it has not appeared within SHARE_MS, the uploads
 * are deleted, so that it cannot appear any more, and the files are sent again.
 */
export async function share(delivery: Delivery, { row, channel, notice }: Parcel): Promise<string | null> {
  const { client, db, now, channels, hold } = delivery;
  const [earlier] = row.uploads;
  const shared = earlier && row.sharedAt ? await findShare(client, channel, earlier) : null;
  const ts = shared ?? (await findPosted(delivery, { row, channel, notice }, notice.thread));
  if (ts) return ts;
  if (earlier && row.sharedAt) {
    if (Math.abs(now().getTime() - row.sharedAt.getTime()) < SHARE_MS)
      throw new ShareAwaited('the share has not shown up');
    await discardUploads(client, row.uploads);
  }
  const uploads = await uploadFiles(client, db, notice.files ?? []);
  await channels.turn(channel);
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
 * Updates all posted copies of a card together. With `fresh` a new copy is posted, to draw the desk's attention. Only
 * the newest copy has buttons, and it gets them before the older ones lose theirs.
 */
export async function bringUpToDate(
  delivery: Delivery,
  parcel: Parcel,
  subject: string,
  fresh: boolean,
): Promise<string | null> {
  const { db } = delivery;
  const { channel, notice } = parcel;
  const sent = await findPosted(delivery, parcel);
  const postFresh = async () => {
    const ts = sent ?? (await post(delivery, parcel));
    return { ts, others: await keepCopy(db, { channel, ts, subject }) };
  };
  const posted = fresh ? await postFresh() : null;
  let live = posted !== null;
  for (const copy of posted?.others ?? (await copiesOf(db, subject))) {
    if (await updateCopy(delivery, copy, live ? outdated(notice) : notice)) live = true;
    else await forgetCopy(db, copy);
  }
  if (live) return posted?.ts ?? null;
  return (await postFresh()).ts;
}

/** @returns false when the copy was deleted, is another bot's, or is in a former desk channel that the bot cannot reach */
async function updateCopy(
  { client, deskChannel }: Delivery,
  copy: { channel: string; ts: string },
  notice: Notice,
): Promise<boolean> {
  try {
    return (await replaceMessage(client, copy, notice)) === 'replaced';
  } catch (error) {
    const refusal = error instanceof WebAPIPlatformError ? error.data.error : '';
    const away = ['channel_not_found', 'not_in_channel', 'is_archived'].includes(refusal);
    if (away && copy.channel !== deskChannel) return false;
    throw error;
  }
}

/** The content of an older copy of a card: it shows the current state, without buttons. */
function outdated({ text, blocks }: Notice): Notice {
  const facts = blocks.filter(({ type }) => type !== 'actions');
  if (facts.length === blocks.length) return { text, blocks };
  return { text, blocks: [...facts, context('지난 카드입니다. 아래에 새로 올린 카드에서 처리하십시오.')] };
}
