import type { Core } from '../core/core.ts';
import { type Dict, str } from '../core/json.ts';
import { channelType } from '../core/posting.ts';
import { ApiRefusal } from '../core/refusal.ts';
import type { Conversation } from '../core/types.ts';

/** One Web API method. */
export interface Method {
  /** Which token the method needs; the bot's by default. */
  token?: 'app';
  /** Scopes that are always needed, whatever the arguments. */
  scopes?: readonly string[];
  /** Whether the method reads form-encoded bodies only and silently ignores a JSON body. */
  formOnly?: boolean;
  /** Carries out the call. @returns the fields of the answer besides `ok`. @throws ApiRefusal */
  run(args: Dict, core: Core): Dict | Promise<Dict>;
}

export type Methods = Record<string, Method>;

export function needScope(core: Core, needed: string): void {
  const { scopes } = core.options.bot;
  if (!scopes.includes(needed)) throw new ApiRefusal('missing_scope', { needed, provided: scopes.join(',') });
}

const FAMILY = { channel: 'channels', group: 'groups', im: 'im', mpim: 'mpim' };

/** Checks the scope for this kind of conversation: `channels:read`, `groups:history` and so on. */
export function needScopeFor(core: Core, conversation: Conversation, right: 'read' | 'history'): void {
  needScope(core, `${FAMILY[channelType(conversation)]}:${right}`);
}

/** Finds a conversation that the bot can see. @throws ApiRefusal channel_not_found */
export function conversationArg(core: Core, value: unknown): Conversation {
  const conversation = core.state.conversations.get(str(value));
  if (!conversation) throw new ApiRefusal('channel_not_found');
  if (conversation.private && !conversation.members.includes(core.identity.botUserId)) {
    throw new ApiRefusal('channel_not_found');
  }
  return conversation;
}

/** Finds a conversation of which the bot is a member. @throws ApiRefusal channel_not_found, not_in_channel */
export function memberConversation(core: Core, value: unknown): Conversation {
  const conversation = conversationArg(core, value);
  if (!conversation.members.includes(core.identity.botUserId)) throw new ApiRefusal('not_in_channel');
  return conversation;
}

export function isTrue(value: unknown): boolean {
  return value === true || value === 'true' || value === '1' || value === 1;
}

/** A page of a list, by Slack's `limit` and `cursor`. */
export function page<T>(items: readonly T[], args: Dict, byDefault: number): { items: T[]; next: string } {
  const limit = Math.min(Math.max(Number(args.limit ?? byDefault) || byDefault, 1), 1000);
  const cursor = str(args.cursor);
  const start = cursor ? Number(Buffer.from(cursor, 'base64').toString().split(':')[1]) : 0;
  if (!Number.isInteger(start) || start < 0) throw new ApiRefusal('invalid_cursor');
  const end = start + limit;
  const next = end < items.length ? Buffer.from(`next:${end}`).toString('base64') : '';
  return { items: items.slice(start, end), next };
}
