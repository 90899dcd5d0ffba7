import { WebAPIPlatformError, type WebClient } from '@slack/web-api';
import type { OutboxRow } from '../../store/outbox.ts';
import { discardUploads, findSent, findShare } from './send.ts';

/** Deletes the message of an outbox row, with its files; one that was deleted before is no error. */
export async function takeBack(client: WebClient, row: OutboxRow): Promise<void> {
  const { channel, uploads } = row;
  if (!channel) return;
  const [file] = uploads;
  const ts =
    row.ts ??
    (file ? await findShare(client, channel, file) : null) ??
    (await findSent(client, channel, row));
  await discardUploads(client, uploads);
  if (!ts) return;
  await client.chat.delete({ channel, ts }).catch((error: unknown) => {
    if (!(error instanceof WebAPIPlatformError && error.data.error === 'message_not_found')) throw error;
  });
}
