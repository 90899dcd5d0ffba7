import type { Core } from './core.ts';
import { fileObject } from './files.ts';
import { compact, type Dict, isPresent } from './json.ts';
import type { Message, StoredFile } from './types.ts';

function filesOf(core: Core, message: Message): StoredFile[] {
  return (message.files ?? []).map((id) => core.files.get(id)).filter(isPresent);
}

function authorOf(core: Core, message: Message): Dict {
  const { appId, botId, botName, teamId } = core.identity;
  if (!message.bot) return { user: message.user, team: teamId };
  return {
    user: message.user,
    bot_id: botId,
    app_id: appId,
    team: teamId,
    bot_profile: {
      id: botId,
      app_id: appId,
      name: botName,
      icons: {},
      deleted: false,
      updated: 0,
      team_id: teamId,
    },
  };
}

function threadOf(core: Core, message: Message): Dict {
  if (message.thread_ts && message.thread_ts !== message.ts) {
    const parent = core.state.message(message.channel, message.thread_ts);
    return { thread_ts: message.thread_ts, parent_user_id: parent?.user };
  }
  const replies = core.state.replies(message.channel, message.ts).filter((reply) => !reply.ephemeralTo);
  if (replies.length === 0) return {};
  const users = [...new Set(replies.map((reply) => reply.user))];
  return {
    thread_ts: message.ts,
    reply_count: replies.length,
    reply_users_count: users.length,
    latest_reply: replies.at(-1)?.ts,
    reply_users: users,
    is_locked: false,
    subscribed: false,
  };
}

/** A message as the Web API and payloads show it to the bot. */
export function apiMessage(core: Core, message: Message, withMetadata = false): Dict {
  const files = filesOf(core, message).map((file) =>
    file.deleted ? { id: file.id, mode: 'tombstone' } : fileObject(file, core.url, core.state, core.identity),
  );
  return compact({
    type: 'message',
    subtype: message.subtype,
    ...authorOf(core, message),
    username: message.username,
    text: message.text,
    ts: message.ts,
    blocks: message.blocks,
    attachments: message.attachments,
    files: files.length > 0 ? files : undefined,
    upload: files.length > 0 ? false : undefined,
    edited: message.edited,
    reactions: message.reactions,
    pinned_to: message.pinned ? [message.channel] : undefined,
    metadata: withMetadata ? message.metadata : undefined,
    ...threadOf(core, message),
  });
}

/** A message as the page shows it to one person. */
export function pageMessage(core: Core, message: Message, userId: string): Dict {
  const { botId, botName } = core.identity;
  const files = filesOf(core, message)
    .filter((file) => !file.deleted)
    .map(({ id, name, title, size, mimetype }) => ({
      id,
      name,
      title,
      size,
      mimetype,
      url: `/files/${id}/${encodeURIComponent(name)}?user=${encodeURIComponent(userId)}`,
    }));
  const replies = core.state
    .replies(message.channel, message.ts)
    .filter((reply) => !reply.ephemeralTo || reply.ephemeralTo === userId);
  return compact({
    ts: message.ts,
    user: message.user,
    bot_id: message.bot ? botId : undefined,
    username:
      message.username ??
      (message.bot ? botName : (core.state.people.get(message.user)?.name ?? message.user)),
    text: message.text,
    blocks: message.blocks,
    attachments: message.attachments,
    files: files.length > 0 ? files : undefined,
    ephemeral: message.ephemeralTo ? true : undefined,
    thread_ts: message.thread_ts,
    reply_count: replies.length > 0 ? replies.length : undefined,
    edited: message.edited ? true : undefined,
    subtype: message.subtype,
    reactions: message.reactions,
    pinned: message.pinned,
  });
}
