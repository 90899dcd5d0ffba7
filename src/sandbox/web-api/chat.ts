import type { Core } from '../core/core.ts';
import { type Dict, dicts, str } from '../core/json.ts';
import { apiMessage } from '../core/messages.ts';
import { change, erase, post } from '../core/posting.ts';
import { ApiRefusal } from '../core/refusal.ts';
import { dmIdOf } from '../core/state.ts';
import type { Conversation, Message } from '../core/types.ts';
import { checkContent } from './content.ts';
import { conversationArg, type Method, type Methods } from './method.ts';

/** chat.update alone refuses longer texts, counted in bytes after escaping. */
const MAX_UPDATE_BYTES = 4000;

/** A conversation id, a `#name`, or a person's id for the direct conversation. */
function target(core: Core, value: unknown): Conversation {
  const given = str(value);
  if (core.state.people.has(given)) return conversationArg(core, dmIdOf(given));
  const name = given.replace(/^#/, '');
  const named = [...core.state.conversations.values()].find((c) => c.kind === 'channel' && c.name === name);
  return conversationArg(core, named?.id ?? given);
}

function mayPost(core: Core, conversation: Conversation): void {
  if (conversation.members.includes(core.identity.botUserId)) return;
  if (core.options.bot.scopes.includes('chat:write.public')) return;
  throw new ApiRefusal('not_in_channel');
}

function own(core: Core, args: Dict, error: string): Message {
  const conversation = conversationArg(core, args.channel);
  const message = core.state.message(conversation.id, str(args.ts));
  if (!message || message.ephemeralTo) throw new ApiRefusal('message_not_found');
  if (!message.bot) throw new ApiRefusal(error);
  return message;
}

function threadArg(core: Core, channel: string, value: unknown): { thread_ts?: string } {
  const ts = str(value);
  if (ts === '') return {};
  const parent = core.state.message(channel, ts);
  if (!parent) throw new ApiRefusal('cannot_reply_to_message');
  return { thread_ts: parent.thread_ts ?? parent.ts };
}

function byBot(core: Core, args: Dict): { user: string; bot: true; username?: string } {
  const named = core.options.bot.scopes.includes('chat:write.customize') && str(args.username) !== '';
  return { user: core.identity.botUserId, bot: true, ...(named ? { username: str(args.username) } : {}) };
}

const postMessage: Method = {
  scopes: ['chat:write'],
  run(args, core) {
    const conversation = target(core, args.channel);
    mayPost(core, conversation);
    const content = checkContent(args);
    const thread = threadArg(core, conversation.id, args.thread_ts);
    const message = post(core, { channel: conversation.id, ...byBot(core, args), ...content, ...thread });
    return { channel: conversation.id, ts: message.ts, message: apiMessage(core, message, true) };
  },
};

const update: Method = {
  scopes: ['chat:write'],
  run(args, core) {
    const old = own(core, args, 'cant_update_message');
    const content = checkContent(args, { needed: false });
    const escaped = content.text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;');
    if (Buffer.byteLength(escaped) > MAX_UPDATE_BYTES) throw new ApiRefusal('msg_too_long');
    const nothing = args.text === undefined && !content.blocks && !content.attachments;
    const emptied = content.text === '' && content.blocks?.length === 0 && dicts(old.files).length === 0;
    if (nothing || emptied) throw new ApiRefusal('no_text');
    const edited = { user: core.identity.botUserId, ts: core.state.clock.ts() };
    // A text alone leaves the blocks as they were; only an empty list of blocks takes them away.
    const message = change(core, old, {
      ...content,
      text: args.text === undefined ? old.text : content.text,
      edited,
    });
    return { channel: old.channel, ts: old.ts, text: message.text, message: apiMessage(core, message, true) };
  },
};

const remove: Method = {
  scopes: ['chat:write'],
  run(args, core) {
    const message = own(core, args, 'cant_delete_message');
    erase(core, message);
    return { channel: message.channel, ts: message.ts };
  },
};

const postEphemeral: Method = {
  scopes: ['chat:write'],
  run(args, core) {
    const conversation = target(core, args.channel);
    mayPost(core, conversation);
    const userId = str(args.user);
    if (!conversation.members.includes(userId)) throw new ApiRefusal('user_not_in_channel');
    const { text, blocks, attachments } = checkContent(args);
    const message = post(core, {
      channel: conversation.id,
      ...byBot(core, args),
      text,
      ...(blocks ? { blocks } : {}),
      ...(attachments ? { attachments } : {}),
      ...threadArg(core, conversation.id, args.thread_ts),
      ephemeralTo: userId,
    });
    return { message_ts: message.ts };
  },
};

const getPermalink: Method = {
  formOnly: true,
  run(args, core) {
    const conversation = conversationArg(core, args.channel);
    const message = core.state.message(conversation.id, str(args.message_ts));
    if (!message || message.ephemeralTo) throw new ApiRefusal('message_not_found');
    const permalink = `${core.url}/archives/${conversation.id}/p${message.ts.replace('.', '')}`;
    return { channel: conversation.id, permalink };
  },
};

const react: Method = {
  scopes: ['reactions:write'],
  run(args, core) {
    const conversation = conversationArg(core, args.channel);
    const message = core.state.message(conversation.id, str(args.timestamp));
    if (!message || message.ephemeralTo) throw new ApiRefusal('message_not_found');
    const name = str(args.name).replaceAll(':', '');
    if (!/^[a-z0-9_+'-]+$/.test(name)) throw new ApiRefusal('invalid_name');
    const bot = core.identity.botUserId;
    const reactions = message.reactions ?? [];
    const same = reactions.find((reaction) => reaction.name === name);
    if (same?.users.includes(bot)) throw new ApiRefusal('already_reacted');
    const others = reactions.filter((reaction) => reaction !== same);
    const users = [...(same?.users ?? []), bot];
    change(core, message, { reactions: [...others, { name, users, count: users.length }] });
    return {};
  },
};

const pin: Method = {
  scopes: ['pins:write'],
  run(args, core) {
    const conversation = conversationArg(core, args.channel);
    const message = core.state.message(conversation.id, str(args.timestamp));
    if (!message || message.ephemeralTo) throw new ApiRefusal('message_not_found');
    if (message.pinned) throw new ApiRefusal('already_pinned');
    change(core, message, { pinned: true });
    return {};
  },
};

export const chatMethods: Methods = {
  'chat.postMessage': postMessage,
  'chat.update': update,
  'chat.delete': remove,
  'chat.postEphemeral': postEphemeral,
  'chat.getPermalink': getPermalink,
  'reactions.add': react,
  'pins.add': pin,
};
