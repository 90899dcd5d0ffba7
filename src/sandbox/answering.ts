import type { Core } from './core/core.ts';
import { type Dict, str } from './core/json.ts';
import { change, erase, post } from './core/posting.ts';
import type { ResponseUrl } from './core/response-urls.ts';
import type { Message } from './core/types.ts';
import { checkContent } from './web-api/content.ts';

/**
 * Posts the bot's answer to a command or through a response_url, or replaces the message `original` by it.
 * Without `response_type: in_channel` only the acting person sees it.
 * @throws ApiRefusal no_text, invalid_blocks …
 */
export function answer(core: Core, { userId, channel }: ResponseUrl, body: Dict, original?: Message): void {
  const { text, blocks, attachments } = checkContent(body);
  if (original) {
    // Unlike chat.update, this replaces the whole message: without blocks it has none.
    change(core, original, { text, blocks, attachments });
    return;
  }
  post(core, {
    channel,
    user: core.identity.botUserId,
    bot: true,
    text,
    ...(blocks ? { blocks } : {}),
    ...(attachments ? { attachments } : {}),
    ...(str(body.thread_ts) ? { thread_ts: str(body.thread_ts) } : {}),
    ...(body.response_type === 'in_channel' ? {} : { ephemeralTo: userId }),
  });
}

/** Handles a POST to a response_url. @throws ApiRefusal expired_url, used_url, no_text, invalid_blocks … */
export function answerByUrl(core: Core, id: string, body: Dict): void {
  const target = core.responseUrls.take(id);
  const original = target.originalTs ? core.state.message(target.channel, target.originalTs) : undefined;
  if (body.delete_original === true) {
    if (original) erase(core, original);
    if (body.text === undefined && body.blocks === undefined) return;
  }
  answer(core, target, body, body.replace_original === true ? original : undefined);
}
