import { createApi } from './api.js';
import { createStore } from './core/store.js';
import { checkForm } from './core/values.js';
import { formsFor, withValue } from './forms.js';
import { countReply, firstUnread, isReply, upsert, without } from './rooms.js';
import { openStream } from './stream.js';
import { showTrouble } from './toast.js';

const PAGE = 50;
export const TROUBLE =
  '연결에 문제가 있어 처리하지 못했습니다. 입력한 내용은 그대로 있으니 잠시 뒤 다시 눌러 주십시오.';

/**
 * Everything one person sees and does in this window.
 * `rooms[channel]` = {messages, more, newFrom, draft}; `threads[ts]` = messages; `stack` = open modals, top last.
 */
export function createSession(userId) {
  const api = createApi(userId);
  const store = createStore({
    me: userId,
    state: null,
    live: true,
    place: null,
    thread: null,
    rooms: {},
    threads: {},
    home: undefined,
    stack: [],
    forms: {},
  });
  let stop = () => {};
  let seeing = null;
  let opener = null;
  /** What the stream said of the connection since the state was last asked for: newer than the answer. */
  let heard = null;

  const guard = (work) => work.catch((error) => showTrouble(error.message));
  const dm = () => store.get().state?.bot.dm;
  const setRoom = (channel, change) =>
    store.set(({ rooms }) => ({ rooms: { ...rooms, [channel]: { ...rooms[channel], ...change } } }));

  async function refresh() {
    heard = null;
    const state = await api.state();
    store.set({ state: { ...state, connected: heard ?? state.connected } });
  }

  function setViews({ stack = store.get().stack, home = store.get().home }) {
    // Taken before the page is drawn: behind a modal nothing can hold the focus.
    if (store.get().stack.length === 0 && stack.length > 0) opener = document.activeElement;
    store.set(({ forms }) => ({ stack, home, forms: formsFor(forms, home ? [...stack, home] : stack) }));
    if (stack.length === 0 && opener) {
      const back = opener;
      opener = null;
      setTimeout(() => document.activeElement === document.body && back.focus());
    }
  }

  /** @param {boolean} entered the person has just come in: the line above what is new moves */
  async function loadRoom(channel, entered = false) {
    const unread = Number(store.get().state?.channels.find(({ id }) => id === channel)?.unread ?? 0);
    const { messages } = await api.messages(channel, { limit: PAGE });
    const list = upsert(
      [],
      messages.filter((message) => !isReply(message)),
    );
    const held = store.get().rooms[channel];
    setRoom(channel, {
      messages: held?.messages ? upsert(held.messages, list) : list,
      more: held?.more ?? messages.length >= PAGE,
      newFrom: firstUnread(list, unread, userId) ?? (entered ? null : (held?.newFrom ?? null)),
    });
  }

  async function loadOlder(channel) {
    const held = store.get().rooms[channel].messages;
    const { messages } = await api.messages(channel, { limit: PAGE, before: held[0]?.ts });
    setRoom(channel, {
      messages: upsert(
        store.get().rooms[channel].messages,
        messages.filter((message) => !isReply(message)),
      ),
      more: messages.length >= PAGE,
    });
  }

  async function loadThread(channel, ts) {
    const { messages } = await api.messages(channel, { thread: ts, limit: 200 });
    store.set(({ threads }) => ({
      threads: {
        ...threads,
        [ts]: upsert(
          threads[ts] ?? [],
          messages.filter((message) => message.ts !== ts),
        ),
      },
    }));
  }

  async function markRead(channel) {
    if (document.visibilityState !== 'visible') return;
    setChannel(channel, { unread: 0 });
    await api.read(channel);
  }

  function setChannel(id, change) {
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

  const shownChannel = () => {
    const { place } = store.get();
    return place?.kind === 'channel' ? place.id : place?.tab === 'messages' ? dm() : null;
  };

  function received(channel, message) {
    const { rooms, threads } = store.get();
    if (isReply(message)) {
      const known = threads[message.thread_ts]?.some(({ ts }) => ts === message.ts);
      store.set({
        threads: { ...threads, [message.thread_ts]: upsert(threads[message.thread_ts] ?? [], [message]) },
      });
      if (!known && rooms[channel]?.messages)
        setRoom(channel, { messages: countReply(rooms[channel].messages, message) });
    } else if (rooms[channel]?.messages)
      setRoom(channel, { messages: upsert(rooms[channel].messages, [message]) });
    setChannel(channel, { lastTs: message.ts });
    if (message.user === userId) return;
    if (shownChannel() === channel && document.visibilityState === 'visible') guard(markRead(channel));
    else setChannel(channel, ({ unread }) => ({ unread: Number(unread ?? 0) + 1 }));
  }

  function changed(channel, message) {
    const { rooms, threads } = store.get();
    if (isReply(message))
      store.set({
        threads: { ...threads, [message.thread_ts]: upsert(threads[message.thread_ts] ?? [], [message]) },
      });
    else if (rooms[channel]?.messages)
      setRoom(channel, { messages: upsert(rooms[channel].messages, [message]) });
  }

  function deleted(channel, { ts }) {
    const { rooms, threads } = store.get();
    if (rooms[channel]?.messages) setRoom(channel, { messages: without(rooms[channel].messages, ts) });
    store.set({
      threads: Object.fromEntries(Object.entries(threads).map(([root, list]) => [root, without(list, ts)])),
    });
  }

  const EVENTS = {
    message: (event) => received(event.channel, event.message),
    message_changed: (event) => changed(event.channel, event.message),
    message_deleted: (event) => deleted(event.channel, event.message),
    home: (event) => setViews({ home: event.view }),
    modals: (event) => setViews({ stack: event.stack }),
    trouble(event) {
      const top = store.get().stack.at(-1);
      // Over a form the words that matter are that nothing typed is lost.
      if (top) setForm(top.id, (form) => ({ ...form, trouble: TROUBLE }));
      else showTrouble(event.text);
    },
    channels: () => guard(refresh()),
    people: () => guard(refresh()),
    connected(event) {
      heard = event.connected;
      store.set(({ state }) => ({ state: state && { ...state, connected: event.connected } }));
      // A Home opened before the bot was there has reached nobody.
      if (event.connected && store.get().place?.tab === 'home') guard(api.openHome());
    },
  };

  /** At the start and after every gap of the stream: take everything that is shown anew. */
  async function catchUp() {
    await refresh();
    const before = store.get();
    const [{ stack }, { view }] = await Promise.all([api.modals(), api.home()]);
    // What the stream brought meanwhile is newer than what was asked for before it.
    const { stack: newStack, home: newHome } = store.get();
    setViews({
      stack: newStack === before.stack ? stack : newStack,
      home: newHome === before.home ? (view ?? null) : newHome,
    });
    const { rooms, thread } = store.get();
    const channels = new Set([...Object.keys(rooms), shownChannel()].filter(Boolean));
    await Promise.all([...channels].map((channel) => loadRoom(channel)));
    if (thread) await loadThread(thread.channel, thread.ts);
  }

  async function go(place) {
    store.set({ place, thread: null });
    if (place.kind === 'app' && place.tab === 'home') await api.openHome();
    const channel = shownChannel();
    if (!channel) return;
    await loadRoom(channel, true);
    await markRead(channel);
  }

  function setForm(viewId, change) {
    store.set(({ forms }) => (forms[viewId] ? { forms: { ...forms, [viewId]: change(forms[viewId]) } } : {}));
  }

  async function submit(view) {
    const { blocks, values } = store.get().forms[view.id];
    const wrong = checkForm(blocks, values);
    if (Object.keys(wrong).length > 0)
      return setForm(view.id, (form) => ({ ...form, errors: wrong, trouble: null }));
    setForm(view.id, (form) => ({ ...form, errors: {}, trouble: null }));
    try {
      const { outcome, errors } = await api.act('submit', { view_id: view.id, values });
      if (outcome === 'errors') setForm(view.id, (form) => ({ ...form, errors: errors ?? {} }));
      if (outcome === 'trouble') setForm(view.id, (form) => ({ ...form, trouble: TROUBLE }));
      if (outcome === 'closed') setViews({ stack: store.get().stack.filter(({ id }) => id !== view.id) });
    } catch (error) {
      setForm(view.id, (form) => ({ ...form, trouble: error.message }));
    }
  }

  return {
    api,
    store,
    start() {
      stop = openStream(userId, {
        event: (event) => EVENTS[event.type]?.(event),
        status(live) {
          store.set({ live });
          if (live) guard(catchUp());
        },
      });
      seeing = () => {
        const channel = shownChannel();
        if (channel) guard(markRead(channel));
      };
      document.addEventListener('visibilitychange', seeing);
    },
    stop() {
      stop();
      document.removeEventListener('visibilitychange', seeing);
    },
    go: (place) => guard(go(place)),
    loadOlder: (channel) => guard(loadOlder(channel)),
    openThread(channel, ts) {
      store.set({ thread: { channel, ts } });
      return guard(loadThread(channel, ts));
    },
    closeThread: () => store.set({ thread: null }),
    setValue: (viewId, block, element, value) =>
      setForm(viewId, (form) => withValue(form, block, element, value)),
    submit,
    /** @param {boolean} all the window's X, which closes what lies below as well */
    closeView: (view, all) =>
      guard(
        api
          .act('close', { view_id: view.id, clear: all })
          .then(() => setViews({ stack: all ? [] : store.get().stack.filter(({ id }) => id !== view.id) })),
      ),
    /** @returns {Promise<boolean>} whether it was sent */
    async say(channel, text, files, threadTs) {
      try {
        await api.act('message', { channel, text, files: files.map(({ id }) => id), thread_ts: threadTs });
        return true;
      } catch (error) {
        showTrouble(error.message);
        return false;
      }
    },
    async command(channel, command, text) {
      try {
        const { outcome } = await api.act('command', { channel, command, text });
        return outcome !== 'trouble';
      } catch (error) {
        showTrouble(error.message);
        return false;
      }
    },
  };
}
