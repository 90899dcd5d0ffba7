import { newId } from '../core/clock.ts';
import type { Core } from '../core/core.ts';
import { compact, type Dict, str } from '../core/json.ts';
import { apiMessage } from '../core/messages.ts';
import { channelType } from '../core/posting.ts';
import { ApiRefusal } from '../core/refusal.ts';
import { dmIdOf } from '../core/state.ts';
import type { Conversation, Message } from '../core/types.ts';
import {
  conversationArg,
  isTrue,
  type Method,
  type Methods,
  memberConversation,
  needScope,
  needScopeFor,
  page,
} from './method.ts';

const MAX_GROUP = 8;

function conversationObject(core: Core, conversation: Conversation): Dict {
  const { id, kind, name, members } = conversation;
  const { botUserId, teamId } = core.identity;
  const shared = {
    id,
    created: 0,
    is_archived: false,
    is_im: kind === 'dm',
    is_org_shared: false,
    context_team_id: teamId,
    updated: 0,
  };
  if (kind === 'dm')
    return { ...shared, user: members.find((member) => member !== botUserId), is_open: true };
  return {
    ...shared,
    name,
    name_normalized: name,
    is_channel: kind === 'channel' && !conversation.private,
    is_group: kind === 'channel' && conversation.private,
    is_mpim: kind === 'group',
    is_private: conversation.private,
    is_general: false,
    is_shared: false,
    is_ext_shared: false,
    is_pending_ext_shared: false,
    is_member: members.includes(botUserId),
    creator: members[0] ?? botUserId,
    topic: { value: '', creator: '', last_set: 0 },
    purpose: { value: '', creator: '', last_set: 0 },
    previous_names: [],
    num_members: members.length,
  };
}

function openGroup(core: Core, users: string[]): Conversation {
  const members = [core.identity.botUserId, ...users].sort();
  const same = (one: Conversation) =>
    one.kind === 'group' && [...one.members].sort().join() === members.join();
  const known = [...core.state.conversations.values()].find(same);
  if (known) return known;
  const group: Conversation = { id: newId('G'), name: 'mpdm', kind: 'group', private: true, members };
  core.state.addGroup(group);
  core.hub.tell(users, () => ({ type: 'channels' }));
  return group;
}

const open: Method = {
  run(args, core) {
    if (str(args.channel)) {
      const { id } = conversationArg(core, args.channel);
      return { no_op: true, already_open: true, channel: { id } };
    }
    const users = str(args.users).split(',').filter(Boolean);
    if (users.length === 0) throw new ApiRefusal('users_list_not_supplied');
    if (users.some((id) => !core.state.people.has(id))) throw new ApiRefusal('user_not_found');
    if (users.some((id) => core.state.people.get(id)?.deleted)) throw new ApiRefusal('user_disabled');
    if (users.length > MAX_GROUP) throw new ApiRefusal('too_many_users');
    const [first] = users;
    needScope(core, users.length === 1 ? 'im:write' : 'mpim:write');
    const id = first !== undefined && users.length === 1 ? dmIdOf(first) : openGroup(core, users).id;
    const conversation = conversationArg(core, id);
    if (!isTrue(args.return_im)) return { channel: { id } };
    return { no_op: true, already_open: true, channel: conversationObject(core, conversation) };
  },
};

const info: Method = {
  formOnly: true,
  run(args, core) {
    const conversation = conversationArg(core, args.channel);
    needScopeFor(core, conversation, 'read');
    return { channel: conversationObject(core, conversation) };
  },
};

const TYPES: Record<string, ReturnType<typeof channelType>> = {
  public_channel: 'channel',
  private_channel: 'group',
  im: 'im',
  mpim: 'mpim',
};
const LIST_SCOPE = { channel: 'channels:read', group: 'groups:read', im: 'im:read', mpim: 'mpim:read' };

const listAll: Method = {
  formOnly: true,
  run(args, core) {
    const wanted = (str(args.types) || 'public_channel').split(',').map((type) => TYPES[type.trim()]);
    for (const type of wanted) {
      if (!type) throw new ApiRefusal('invalid_types');
      needScope(core, LIST_SCOPE[type]);
    }
    const visible = [...core.state.conversations.values()].filter(
      (one) =>
        wanted.includes(channelType(one)) && (!one.private || one.members.includes(core.identity.botUserId)),
    );
    const { items, next } = page(visible, args, 100);
    return {
      channels: items.map((one) => conversationObject(core, one)),
      response_metadata: { next_cursor: next },
    };
  },
};

const members: Method = {
  formOnly: true,
  run(args, core) {
    const conversation = conversationArg(core, args.channel);
    needScopeFor(core, conversation, 'read');
    const active = conversation.members.filter((id) => !core.state.people.get(id)?.deleted);
    const { items, next } = page(active, args, 100);
    return { members: items, response_metadata: { next_cursor: next } };
  },
};

function between(args: Dict): (message: Message) => boolean {
  const oldest = Number(args.oldest ?? 0);
  const latest = Number(args.latest ?? Number.POSITIVE_INFINITY);
  if (Number.isNaN(oldest)) throw new ApiRefusal('invalid_ts_oldest');
  if (Number.isNaN(latest)) throw new ApiRefusal('invalid_ts_latest');
  const inclusive = isTrue(args.inclusive);
  return ({ ts }) => {
    const at = Number(ts);
    return inclusive ? at >= oldest && at <= latest : at > oldest && at < latest;
  };
}

function answer(core: Core, found: Message[], args: Dict): Dict {
  const { items, next } = page(found, args, 100);
  const metadata = isTrue(args.include_all_metadata);
  return compact({
    messages: items.map((message) => apiMessage(core, message, metadata)),
    has_more: next !== '',
    pin_count: 0,
    response_metadata: next ? { next_cursor: next } : undefined,
  });
}

const history: Method = {
  formOnly: true,
  run(args, core) {
    const conversation = memberConversation(core, args.channel);
    needScopeFor(core, conversation, 'history');
    const inRange = between(args);
    const found = core.state
      .messages(conversation.id)
      .filter((m) => !m.ephemeralTo && (!m.thread_ts || m.thread_ts === m.ts) && inRange(m))
      .reverse();
    return answer(core, found, args);
  },
};

const replies: Method = {
  formOnly: true,
  run(args, core) {
    const conversation = memberConversation(core, args.channel);
    needScopeFor(core, conversation, 'history');
    const parent = core.state.message(conversation.id, str(args.ts));
    if (!parent || parent.ephemeralTo) throw new ApiRefusal('thread_not_found');
    const thread = core.state.replies(conversation.id, parent.ts).filter((m) => !m.ephemeralTo);
    return answer(core, [parent, ...thread.filter(between(args))], args);
  },
};

export const conversationMethods: Methods = {
  'conversations.open': open,
  'conversations.info': info,
  'conversations.list': listAll,
  'conversations.members': members,
  'conversations.history': history,
  'conversations.replies': replies,
};
