import type { Core } from './core.ts';
import type { Dict } from './json.ts';
import { apiMessage, pageMessage } from './messages.ts';
import { normaliseBlocks } from './normalise.ts';
import type { Conversation, Message } from './types.ts';

const HISTORY_SCOPE = {
  im: 'im:history',
  group: 'groups:history',
  channel: 'channels:history',
  mpim: 'mpim:history',
};

/** Slack's channel_type of an event. */
export function channelType(conversation: Conversation): 'im' | 'mpim' | 'group' | 'channel' {
  if (conversation.kind === 'dm') return 'im';
  if (conversation.kind === 'group') return 'mpim';
  return conversation.private ? 'group' : 'channel';
}

/** People who see a message: one for an ephemeral message, else all who see the conversation. */
function viewers(core: Core, message: Message): string[] {
  if (message.ephemeralTo) return [message.ephemeralTo];
  return [...core.state.people.keys()].filter((id) => core.state.maySee(message.channel, id));
}

function tellPeople(core: Core, type: string, message: Message): void {
  core.hub.tell(viewers(core, message), (userId) => ({
    type,
    channel: message.channel,
    message: pageMessage(core, message, userId),
  }));
}

/** Resolves when the bot has acknowledged, or its time for that is over. */
async function tellBot(core: Core, message: Message, event: Dict): Promise<void> {
  const conversation = core.state.conversations.get(message.channel);
  const { botUserId } = core.identity;
  if (!conversation || message.ephemeralTo || !conversation.members.includes(botUserId)) return;
  const type = channelType(conversation);
  const { scopes } = core.options.bot;
  const deliveries: Promise<unknown>[] = [];
  if (scopes.includes(HISTORY_SCOPE[type])) {
    deliveries.push(core.delivery.event({ ...event, channel: message.channel, channel_type: type }));
  }
  const isNew = event.subtype === undefined || event.subtype === 'file_share';
  const isMention = isNew && !message.bot && type !== 'im' && message.text.includes(`<@${botUserId}>`);
  if (isMention && scopes.includes('app_mentions:read')) {
    deliveries.push(core.delivery.event({ ...event, type: 'app_mention', channel: message.channel }));
  }
  await Promise.all(deliveries);
}

/** Adds a message: stores it, shows it to all who may see it, and tells the bot if it is a member. */
export function post(core: Core, draft: Omit<Message, 'ts'>): Message {
  return postAndTell(core, draft).message;
}

/** As `post`; `told` resolves when the bot has acknowledged the event or its time is over. */
export function postAndTell(
  core: Core,
  draft: Omit<Message, 'ts'>,
): { message: Message; told: Promise<void> } {
  const ts = core.state.clock.ts();
  const blocks = draft.blocks ? normaliseBlocks(draft.blocks) : undefined;
  const message: Message = { ...draft, ts, ...(blocks ? { blocks } : {}) };
  for (const id of message.files ?? []) {
    const file = core.files.get(id);
    if (file) core.files.save({ ...file, shares: [...file.shares, { channel: message.channel, ts }] });
  }
  core.state.put(message);
  tellPeople(core, 'message', message);
  return { message, told: tellBot(core, message, { ...apiMessage(core, message), event_ts: ts }) };
}

/** Replaces a message by its changed version. */
export function change(core: Core, old: Message, changes: Partial<Message>): Message {
  const blocks = changes.blocks ? normaliseBlocks(changes.blocks, old.blocks) : undefined;
  const message: Message = { ...old, ...changes, ...(blocks ? { blocks } : {}) };
  core.state.put(message);
  tellPeople(core, 'message_changed', message);
  const ts = core.state.clock.ts();
  void tellBot(core, message, {
    type: 'message',
    subtype: 'message_changed',
    message: apiMessage(core, message),
    previous_message: apiMessage(core, old),
    hidden: true,
    ts,
    event_ts: ts,
  });
  return message;
}

export function erase(core: Core, message: Message): void {
  core.state.remove(message.channel, message.ts);
  tellPeople(core, 'message_deleted', message);
  const ts = core.state.clock.ts();
  void tellBot(core, message, {
    type: 'message',
    subtype: 'message_deleted',
    previous_message: apiMessage(core, message),
    deleted_ts: message.ts,
    hidden: true,
    ts,
    event_ts: ts,
  });
}
