import type { KnownBlock } from '@slack/types';
import type { WebClient } from '@slack/web-api';
import { type FileRef, readBlob } from '../store/blobs.ts';
import type { Db } from '../store/store.ts';

/** A rendered notice. `text` is the plain fallback; files are shared with the blocks as one message. */
export interface Notice {
  text: string;
  blocks: KnownBlock[];
  files?: FileRef[];
}

/** Marks a message with the outbox row it came from, so that a restart can find what was already said. */
const EVENT = 'bogeup_outbox';
const markOf = (rowId: string) => `outbox-${rowId}`;

/** Posts a message. @returns its ts */
export async function postNotice(
  client: WebClient,
  channel: string,
  rowId: string,
  notice: Notice,
): Promise<string> {
  const posted = await client.chat.postMessage({
    channel,
    text: notice.text,
    blocks: marked(notice.blocks, rowId),
    metadata: { event_type: EVENT, event_payload: { outbox: rowId } },
    unfurl_links: false,
    unfurl_media: false,
  });
  return posted.ts ?? '';
}

/** Uploads the files and shares them, with the blocks, as one message. The share itself happens later at Slack. */
export async function postFiles(
  client: WebClient,
  db: Db,
  channel: string,
  rowId: string,
  { blocks, files = [] }: Notice,
): Promise<void> {
  const uploaded: [{ id: string; title: string }, ...{ id: string; title: string }[]] = [] as never;
  for (const file of files) {
    const { upload_url, file_id } = await client.files.getUploadURLExternal({
      filename: file.name,
      length: file.size,
    });
    if (!upload_url || !file_id) throw new Error('Slack gave no upload URL');
    const response = await fetch(upload_url, {
      method: 'POST',
      headers: { 'content-type': 'application/octet-stream', 'content-length': String(file.size) },
      body: ReadableStream.from(readBlob(db, file.sha256)),
      duplex: 'half', // streamed: a module is never whole in memory
    });
    if (!response.ok) throw new Error(`the upload of ${file.name} was answered ${response.status}`);
    uploaded.push({ id: file_id, title: file.name });
  }
  await client.files.completeUploadExternal({
    files: uploaded,
    channel_id: channel,
    blocks: marked(blocks, rowId),
  });
}

/** The ts of the message that this outbox row became, or null. A file share carries no metadata, only its blocks. */
export async function findSent(
  client: WebClient,
  channel: string,
  rowId: string,
  since: Date,
): Promise<string | null> {
  const oldest = String(since.getTime() / 1000 - 300); // clocks differ
  let cursor: string | undefined;
  do {
    const page = await client.conversations.history({
      channel,
      oldest,
      limit: 200,
      include_all_metadata: true,
      ...(cursor ? { cursor } : {}),
    });
    const found = page.messages?.find(
      (message) =>
        (message.metadata?.event_payload as { outbox?: string } | undefined)?.outbox === rowId ||
        message.blocks?.some((block) => (block as { block_id?: string }).block_id === markOf(rowId)),
    );
    if (found?.ts) return found.ts;
    cursor = page.response_metadata?.next_cursor || undefined;
  } while (cursor);
  return null;
}

function marked(blocks: KnownBlock[], rowId: string): KnownBlock[] {
  return blocks.map((block, index) => (index === 0 ? { ...block, block_id: markOf(rowId) } : block));
}
