import { WebAPIPlatformError, WebAPIRateLimitedError, type WebClient } from '@slack/web-api';
import type { OutboxRow, renewClaim } from '../../store/outbox.ts';
import type { Db } from '../../store/store.ts';
import { context } from '../blocks.ts';
import type { Notice } from '../notice.ts';
import { nameRepeated } from '../repeated-buttons.ts';
import type { Channels } from './channels.ts';
import { ShareAwaited } from './delivery-errors.ts';
import { discardUploads, findSent, findShare, postNotice, shareUploads, uploadFiles } from './send.ts';

/** What the steps of a delivery share. */
export interface Delivery {
  db: Db;
  now: () => Date;
  client: WebClient;
  channels: Channels;
  deskChannel: string | null;
  /** The last thing before a step that cannot be undone. @throws ClaimLost */
  hold(row: OutboxRow, known?: Parameters<typeof renewClaim>[3]): Promise<void>;
}

/** A notice on its way to a channel. */
export interface Parcel {
  row: OutboxRow;
  channel: string;
  notice: Notice;
}

/** How late a share may show up after Slack has taken it; only a crash in between makes anybody wait so long. */
const SHARE_MS = 60_000;

/** @returns the ts of the message */
export async function post({ client, channels, hold }: Delivery, { row, channel, notice }: Parcel) {
  await channels.turn(channel);
  await hold(row);
  return postNotice(client, channel, row.id, notice);
}

/** The message that an earlier attempt posted, found by its mark. */
export async function findPosted({ client }: Delivery, { row, channel }: Parcel, thread?: string) {
  return row.attempts > 1 ? findSent(client, channel, row.id, row.createdAt, thread) : null;
}

/**
 * What was uploaded is written down before it is shared, so a successor asks for that share: it may show up long
 * after Slack has said yes. Only one that has not come in SHARE_MS is made impossible and done again.
 */
export async function share(delivery: Delivery, { row, channel, notice }: Parcel): Promise<string | null> {
  const { client, db, now, channels, hold } = delivery;
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
 * All posted copies of a card change together; a fresh one is posted where the desk should look again. The newest
 * alone has buttons, and it has them before the older ones lose theirs.
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
  const copies = await db.card.findMany({ where: { subject }, orderBy: { ts: 'desc' } });
  const postFresh = async () => {
    const ts = sent ?? (await post(delivery, parcel));
    await db.card.createMany({ data: [{ channel, ts, subject }], skipDuplicates: true });
    return ts;
  };
  const posted = fresh ? await postFresh() : null;
  let live = posted !== null;
  for (const copy of copies) {
    if (copy.channel === channel && copy.ts === posted) continue;
    if (await updateCopy(delivery, copy, live ? outdated(notice) : notice)) live = true;
    else await db.card.delete({ where: { channel_ts: { channel: copy.channel, ts: copy.ts } } });
  }
  return live ? posted : postFresh();
}

/** @returns false when it is gone, or out of reach in a desk that was moved from */
async function updateCopy(
  { client, deskChannel }: Delivery,
  copy: { channel: string; ts: string },
  { text, blocks }: Notice,
): Promise<boolean> {
  try {
    await client.chat.update({ channel: copy.channel, ts: copy.ts, text, blocks: nameRepeated(blocks) });
    return true;
  } catch (error) {
    const refusal = error instanceof WebAPIPlatformError ? error.data.error : null;
    const away = ['channel_not_found', 'not_in_channel', 'is_archived'].includes(refusal ?? '');
    if (refusal === 'message_not_found' || (away && copy.channel !== deskChannel)) return false;
    throw error;
  }
}

/** An older copy of a card: it tells how things stand, and there is nothing to press. */
function outdated({ text, blocks }: Notice): Notice {
  const told = blocks.filter(({ type }) => type !== 'actions');
  if (told.length === blocks.length) return { text, blocks };
  return { text, blocks: [...told, context('지난 카드입니다. 아래에 새로 올린 카드에서 처리하십시오.')] };
}
