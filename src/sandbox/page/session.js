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
  // `heard`: what the stream said of the connection since the state was last asked for, which is newer than the answer.
  const here = { api, store, userId, heard: null };
  return {
    api,
    store,
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
      // Over a form the words that matter are that nothing typed is lost.
      if (top) setForm(here, top.id, (form) => ({ ...form, trouble: TROUBLE }));
      else showTrouble(event.text);
    },
    channels: () => guard(refresh(here)),
    people: () => guard(refresh(here)),
    connected(event) {
      here.heard = event.connected;
      store.set(({ state }) => ({ state: state && { ...state, connected: event.connected } }));
      // A Home opened before the bot was there has reached nobody.
      if (event.connected && store.get().place?.tab === 'home') guard(api.openHome());
    },
  };
}

async function refresh(here) {
  here.heard = null;
  const state = await here.api.state();
  here.store.set({ state: { ...state, connected: here.heard ?? state.connected } });
}

/** At the start and after every gap of the stream: take everything that is shown anew. */
async function catchUp(here) {
  const { api, store } = here;
  await refresh(here);
  const before = store.get();
  const [{ stack }, { view }] = await Promise.all([api.modals(), api.home()]);
  // What the stream brought meanwhile is newer than what was asked for before it.
  const { stack: newStack, home: newHome } = store.get();
  setViews(here, {
    stack: newStack === before.stack ? stack : newStack,
    home: newHome === before.home ? (view ?? null) : newHome,
  });
  const { rooms, thread } = store.get();
  const channels = new Set([...Object.keys(rooms), shownChannel(here)].filter(Boolean));
  await Promise.all([...channels].map((channel) => loadRoom(here, channel)));
  if (thread) await loadThread(here, thread.channel, thread.ts);
}

async function go(here, place) {
  here.store.set({ place, thread: null });
  if (place.kind === 'app' && place.tab === 'home') await here.api.openHome();
  if (place.kind === 'app' && place.tab === 'messages') guard(here.api.openMessages()); // nobody waits for the bot to hear of it
  const channel = shownChannel(here);
  if (!channel) return;
  await loadRoom(here, channel, true);
  await markRead(here, channel);
}

/** What the person writes; each tells whether it was sent. */
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
    /** @param on where a message shortcut was chosen; a global one without */
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
