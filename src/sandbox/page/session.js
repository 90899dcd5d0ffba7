import { createApi } from './api.js';
import {
  changed,
  deleted,
  loadOlder,
  loadRoom,
  loadThread,
  markRead,
  received,
  shownChannel,
} from './channels.js';
import { createStore } from './core/store.js';
import { withValue } from './forms.js';
import { openStream } from './stream.js';
import { showTrouble } from './toast.js';
import { closeView, setForm, setViews, submit, TROUBLE } from './windows.js';

const guard = (work) => work.catch((error) => showTrouble(error.message));

/**
 * Everything that one person sees and does in this window.
 * `rooms[channel]` = {messages, more, newFrom}; `threads[ts]` = messages; `stack` = open modals, top last.
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
  // By conversation and thread. Apart, since every key that is pressed changes it.
  const drafts = createStore({});
  // `heard`: whether the bot is connected, as the stream reported since the last request of the state. It is newer than
  // the answer to that request.
  const here = { api, store, userId, heard: null };
  return {
    api,
    store,
    drafts,
    /** Whether an open window or a message box holds what was typed and not sent. */
    unsent: () =>
      store.get().stack.some(({ id }) => store.get().forms[id]?.dirty) ||
      Object.values(drafts.get()).some(({ text, files }) => text.trim() !== '' || files.length > 0),
    ...following(here),
    go: (place) => guard(go(here, place)),
    loadOlder: (channel) => guard(loadOlder(here, channel)),
    openThread(channel, ts) {
      store.set({ thread: { channel, ts } });
      return guard(loadThread(here, channel, ts));
    },
    closeThread: () => store.set({ thread: null }),
    setValue: (viewId, block, element, value) =>
      setForm(here, viewId, (form) => withValue(form, block, element, value)),
    submit: (view) => submit(here, view),
    closeView: (view, all) => guard(closeView(here, view, all)),
    ...saying(api),
  };
}

/** Listens to what happens, from `start` to `stop`. */
function following(here) {
  const events = eventsOf(here);
  let stop = () => {};
  const seeing = () => {
    const channel = shownChannel(here);
    if (channel) guard(markRead(here, channel));
  };
  return {
    start() {
      stop = openStream(here.userId, {
        event: (event) => events[event.type]?.(event),
        status(live) {
          here.store.set({ live });
          if (live) guard(catchUp(here));
        },
      });
      document.addEventListener('visibilitychange', seeing);
    },
    stop() {
      stop();
      document.removeEventListener('visibilitychange', seeing);
    },
  };
}

function eventsOf(here) {
  const { api, store } = here;
  return {
    message: (event) => guard(received(here, event.channel, event.message)),
    message_changed: (event) => changed(here, event.channel, event.message),
    message_deleted: (event) => deleted(here, event.channel, event.message),
    home: (event) => setViews(here, { home: event.view }),
    modals: (event) => setViews(here, { stack: event.stack }),
    trouble(event) {
      const top = store.get().stack.at(-1);
      // In a form the person must read above all that no typed text is lost.
      if (top) setForm(here, top.id, (form) => ({ ...form, trouble: TROUBLE }));
      else showTrouble(event.text);
    },
    channels: () => guard(refresh(here)),
    people: () => guard(refresh(here)),
    connected(event) {
      here.heard = event.connected;
      store.set(({ state }) => ({ state: state && { ...state, connected: event.connected } }));
      // The bot did not hear of a Home that was opened before it was connected.
      if (event.connected && store.get().place?.tab === 'home') guard(api.openHome());
    },
  };
}

async function refresh(here) {
  here.heard = null;
  const state = await here.api.state();
  here.store.set({ state: { ...state, connected: here.heard ?? state.connected } });
}

/** Loads everything that is shown again: at the start and whenever the stream was interrupted. */
async function catchUp(here) {
  const { api, store } = here;
  const known = store.get().rooms;
  await refresh(here);
  const before = store.get();
  const [{ stack }, { view }] = await Promise.all([api.modals(), api.home()]);
  // Events that arrived during the requests are newer than the answers to them.
  const { stack: newStack, home: newHome } = store.get();
  setViews(here, {
    stack: newStack === before.stack ? stack : newStack,
    home: newHome === before.home ? (view ?? null) : newHome,
  });
  const { rooms, thread } = store.get();
  const channels = new Set([...Object.keys(rooms), shownChannel(here)].filter(Boolean));
  await Promise.all(
    [...channels].map((channel) => loadRoom(here, channel, { known: known[channel]?.messages })),
  );
  if (thread) await loadThread(here, thread.channel, thread.ts);
}

async function go(here, place) {
  here.store.set({ place, thread: null });
  if (place.kind === 'app' && place.tab === 'home') await here.api.openHome();
  if (place.kind === 'app' && place.tab === 'messages') guard(here.api.openMessages()); // not awaited
  const channel = shownChannel(here);
  if (!channel) return;
  await loadRoom(here, channel, { entered: true });
  await markRead(here, channel);
}

/** The functions with which the person writes; each returns whether the message was sent. */
function saying(api) {
  const tried = async (work) => {
    try {
      return await work();
    } catch (error) {
      showTrouble(error.message);
      return false;
    }
  };
  return {
    say: (channel, text, files, threadTs) =>
      tried(async () => {
        await api.act('message', { channel, text, files: files.map(({ id }) => id), thread_ts: threadTs });
        return true;
      }),
    /** @param on the message of a message shortcut; left out for a global shortcut */
    shortcut: ({ callback_id }, on) =>
      tried(async () => {
        const container = on && { type: 'message', channel_id: on.channel, message_ts: on.ts };
        const { outcome } = await api.act('shortcut', { callback_id, container });
        return outcome !== 'trouble';
      }),
    command: (channel, command, text) =>
      tried(async () => {
        const { outcome } = await api.act('command', { channel, command, text });
        return outcome !== 'trouble';
      }),
  };
}
