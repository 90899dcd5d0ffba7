import type { KnownBlock } from '@slack/types';
import { WebAPIPlatformError, type WebClient } from '@slack/web-api';
import { readBlob } from '../../store/blobs.ts';
import type { OutboxRow } from '../../store/outbox.ts';
import type { Db } from '../../store/store.ts';
import type { Notice, NoticeFile } from '../notice.ts';
import { nameRepeated } from '../repeated-buttons.ts';

/**
 * Marks a message with its outbox row, so that after a restart the bot finds messages that it has sent. In a restored
 * database what nobody asked for is put into the outbox again, with the same key and another id. (An act that is done again
 * has the keys of the first time as well, and is told again.)
 */
const EVENT = 'bogeup_outbox';
type Marked = Pick<OutboxRow, 'id' | 'key'>;
const markOf = (rowId: string) => `outbox-${rowId}`;

/** Posts a message. @returns its ts */
export async function postNotice(
  client: WebClient,
  channel: string,
  row: Marked,
  notice: Notice,
): Promise<string> {
  const posted = await client.chat.postMessage({
    channel,
    text: notice.text,
    blocks: marked(notice.blocks, row.id),
    ...(notice.thread ? { thread_ts: notice.thread } : {}),
    metadata: { event_type: EVENT, event_payload: { outbox: row.id, key: row.key } },
    unfurl_links: false,
    unfurl_media: false,
  });
  return posted.ts ?? '';
}

/** Why a message cannot be replaced: it was deleted, or another bot posted it, whose app was made anew since. */
const irreplaceable = { message_not_found: 'deleted', cant_update_message: 'foreign' } as const;
type Replaced = 'replaced' | 'deleted' | 'foreign';

/** Replaces a message by a notice. */
export async function replaceMessage(
  client: WebClient,
  { channel, ts }: { channel: string; ts: string },
  { text, blocks }: Notice,
): Promise<Replaced> {
  try {
    await client.chat.update({ channel, ts, text, blocks: nameRepeated(blocks) });
    return 'replaced';
  } catch (error) {
    const refusal = error instanceof WebAPIPlatformError ? error.data.error : '';
    if (refusal in irreplaceable) return irreplaceable[refusal as keyof typeof irreplaceable];
    throw error;
  }
}

/** Enough for a module of some 100 MB on a slow line. */
const UPLOAD_MS = 10 * 60 * 1000;

type Uploads = [{ id: string; title: string }, ...{ id: string; title: string }[]];

/** Uploads files to Slack; nobody sees them until they are shared. */
export async function uploadFiles(client: WebClient, db: Db, files: readonly NoticeFile[]): Promise<Uploads> {
  const [first, ...rest] = files;
  if (!first) throw new Error('there is no file to upload');
  const uploads: Uploads = [await upload(client, db, first)];
  for (const file of rest) uploads.push(await upload(client, db, file));
  return uploads;
}

async function upload(client: WebClient, db: Db, file: NoticeFile): Promise<{ id: string; title: string }> {
  const isMade = 'bytes' in file;
  const length = isMade ? file.bytes.length : file.size;
  const { upload_url, file_id } = await client.files.getUploadURLExternal({
    filename: file.name,
    length,
  });
  if (!upload_url || !file_id) throw new Error('Slack gave no upload URL');
  const response = await fetch(upload_url, {
    method: 'POST',
    headers: { 'content-type': 'application/octet-stream', 'content-length': String(length) },
    body: ReadableStream.from(isMade ? [file.bytes] : readBlob(db, file.sha256)),
    duplex: 'half', // streamed: a module is large
    signal: AbortSignal.timeout(UPLOAD_MS),
  });
  if (!response.ok) throw new Error(`the upload of ${file.name} was answered ${response.status}`);
  return { id: file_id, title: file.name };
}

/** Shares what was uploaded, with the blocks, as one message. Slack answers first and shares later. */
export async function shareUploads(
  client: WebClient,
  channel: string,
  rowId: string,
  uploads: Uploads,
  { blocks, thread }: Notice,
): Promise<void> {
  const what = { files: uploads, channel_id: channel, blocks: marked(blocks, rowId) };
  await client.files.completeUploadExternal(thread ? { ...what, thread_ts: thread } : what);
}

/** The ts of the message that shares this upload in the channel; null if there is none yet. */
export async function findShare(client: WebClient, channel: string, fileId: string): Promise<string | null> {
  const { file } = await client.files.info({ file: fileId }).catch((error: unknown) => {
    if (isGone(error)) return { file: undefined };
    throw error;
  });
  return file?.shares?.private?.[channel]?.[0]?.ts ?? file?.shares?.public?.[channel]?.[0]?.ts ?? null;
}

/** Deletes uploads whose share has not appeared, so that it cannot appear later. */
export async function discardUploads(client: WebClient, fileIds: readonly string[]): Promise<void> {
  for (const file of fileIds) {
    await client.files.delete({ file }).catch((error: unknown) => {
      if (!isGone(error)) throw error;
    });
  }
}

function isGone(error: unknown): boolean {
  return (
    error instanceof WebAPIPlatformError && ['file_not_found', 'file_deleted'].includes(error.data.error)
  );
}

/** How far the bot's clock may differ from Slack's; searching two more days of a channel costs little. */
const CLOCKS_DIFFER_MS = 48 * 60 * 60 * 1000;

/** The ts of the message that was sent for this row, or null. Messages with files have no metadata, only blocks. */
export async function findSent(
  client: WebClient,
  channel: string,
  row: Marked & Pick<OutboxRow, 'createdAt' | 'notBefore'>,
  thread?: string,
): Promise<string | null> {
  // In a restored database a row may have been made anew, long after the message was first due.
  const since = Math.min(row.createdAt.getTime(), row.notBefore?.getTime() ?? Number.POSITIVE_INFINITY);
  const oldest = String((since - CLOCKS_DIFFER_MS) / 1000);
  let cursor: string | undefined;
  do {
    const query = {
      channel,
      oldest,
      limit: 200,
      include_all_metadata: true,
      ...(cursor ? { cursor } : {}),
    };
    const page = thread
      ? await client.conversations.replies({ ...query, ts: thread })
      : await client.conversations.history(query);
    const found = page.messages?.find(
      ({ metadata, blocks }) =>
        isMarked(metadata?.event_payload, row) ||
        blocks?.some((block) => (block as { block_id?: string }).block_id === markOf(row.id)),
    );
    if (found?.ts) return found.ts;
    cursor = page.response_metadata?.next_cursor || undefined;
  } while (cursor);
  return null;
}

function isMarked(
  payload: object | undefined,
  { id, key, notBefore }: Pick<OutboxRow, 'id' | 'key' | 'notBefore'>,
): boolean {
  const mark = payload as { outbox?: string; key?: string } | undefined;
  return mark?.outbox === id || (notBefore !== null && mark?.key === key);
}

function marked(blocks: KnownBlock[], rowId: string): KnownBlock[] {
  return nameRepeated(blocks).map((block, index) =>
    index === 0 ? { ...block, block_id: markOf(rowId) } : block,
  );
}
