import { countReply, firstUnread, isReply, upsert, without, withPage } from './rooms.js';

/** How many messages are requested at once. */
const PAGE = 50;

/**
 * Loads and updates the shown channels and threads. `here` is one person's window: its `api`, `store` and `userId`.
 */

const setRoom = ({ store }, channel, change) =>
  store.set(({ rooms }) => ({ rooms: { ...rooms, [channel]: { ...rooms[channel], ...change } } }));

function setChannel({ store }, id, change) {
  store.set(({ state }) => ({
    state: state && {
      ...state,
      channels: state.channels.map((channel) =>
        channel.id === id
          ? { ...channel, ...(typeof change === 'function' ? change(channel) : change) }
          : channel,
      ),
    },
  }));
}

/** The channel that the window shows; null on the home. */
export function shownChannel({ store }) {
  const { place, state } = store.get();
  return place?.kind === 'channel' ? place.id : place?.tab === 'messages' ? state?.bot.dm : null;
}

/**
 * @param {{entered?: boolean, known?: object[]}} since `entered`: the person has just opened the channel, and the line
 *   above new messages is placed anew; `known`: the messages before the stream was interrupted
 */
export async function loadRoom(here, channel, { entered = false, known } = {}) {
  const { api, store, userId } = here;
  const { state, rooms } = store.get();
  const unread = Number(state?.channels.find(({ id }) => id === channel)?.unread ?? 0);
  const before = known ?? rooms[channel]?.messages ?? [];
  const { messages } = await api.messages(channel, { limit: PAGE });
  const page = upsert(
    [],
    messages.filter((message) => !isReply(message)),
  );
  const full = messages.length >= PAGE;
  const room = store.get().rooms[channel];
  const list = withPage({ known: before, now: room?.messages ?? [], page, full });
  setRoom(here, channel, {
    messages: list.messages,
    more: full && (!list.joined || (room?.more ?? true)),
    newFrom: firstUnread(page, unread, userId) ?? (entered ? null : (room?.newFrom ?? null)),
  });
}

export async function loadOlder(here, channel) {
  const { api, store } = here;
  const [oldest] = store.get().rooms[channel].messages;
  const { messages } = await api.messages(channel, { limit: PAGE, before: oldest?.ts });
  setRoom(here, channel, {
    messages: upsert(
      store.get().rooms[channel].messages,
      messages.filter((message) => !isReply(message)),
    ),
    more: messages.length >= PAGE,
  });
}

export async function loadThread({ api, store }, channel, ts) {
  const { messages } = await api.messages(channel, { thread: ts, limit: 200 });
  const replies = messages.filter((message) => message.ts !== ts);
  store.set(({ threads }) => ({ threads: { ...threads, [ts]: upsert(threads[ts] ?? [], replies) } }));
}

export async function markRead(here, channel) {
  if (document.visibilityState !== 'visible') return;
  setChannel(here, channel, { unread: 0 });
  await here.api.read(channel);
}

function putReply({ store }, message) {
  store.set(({ threads }) => ({
    threads: { ...threads, [message.thread_ts]: upsert(threads[message.thread_ts] ?? [], [message]) },
  }));
}

/** Adds a new message. It does not count as unread when the person wrote it or sees it at once. */
export async function received(here, channel, message) {
  const { store, userId } = here;
  const { rooms, threads } = store.get();
  if (isReply(message)) {
    const known = threads[message.thread_ts]?.some(({ ts }) => ts === message.ts);
    putReply(here, message);
    if (!known && rooms[channel]?.messages)
      setRoom(here, channel, { messages: countReply(rooms[channel].messages, message) });
  } else if (rooms[channel]?.messages)
    setRoom(here, channel, { messages: upsert(rooms[channel].messages, [message]) });
  setChannel(here, channel, { lastTs: message.ts });
  if (message.user === userId) return;
  if (shownChannel(here) === channel && document.visibilityState === 'visible') await markRead(here, channel);
  else setChannel(here, channel, ({ unread }) => ({ unread: Number(unread ?? 0) + 1 }));
}

export function changed(here, channel, message) {
  const { rooms } = here.store.get();
  if (isReply(message)) putReply(here, message);
  else if (rooms[channel]?.messages)
    setRoom(here, channel, { messages: upsert(rooms[channel].messages, [message]) });
}

export function deleted(here, channel, { ts }) {
  const { store } = here;
  const { rooms, threads } = store.get();
  if (rooms[channel]?.messages) setRoom(here, channel, { messages: without(rooms[channel].messages, ts) });
  store.set({
    threads: Object.fromEntries(Object.entries(threads).map(([root, list]) => [root, without(list, ts)])),
  });
}
