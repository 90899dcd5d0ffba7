import { useEffect, useMemo, useState } from 'preact/hooks';
import { ChannelSign } from './channel-sign.js';
import { Conversation, Thread } from './conversation.js';
import { ConfirmDialog, useQuestion } from './core/confirm.js';
import { html } from './core/html.js';
import { useStore } from './core/store.js';
import { Directory } from './core/text.js';
import { Home } from './home.js';
import { guardLeaving } from './leaving.js';
import { Modal } from './modal.js';
import { createSession } from './session.js';
import { Sidebar } from './sidebar.js';

/** The whole screen of one person. */
export function Workspace({ me, place, onGo, onSwitch }) {
  const session = useMemo(() => createSession(me), [me]);
  const view = useStore(session.store);
  const question = useQuestion();
  const [menu, setMenu] = useState(false);
  const { state } = view;
  const ready = Boolean(state);

  useEffect(() => {
    session.start();
    const endGuard = guardLeaving(session.unsent);
    return () => {
      endGuard();
      session.stop();
    };
  }, [session]);
  useEffect(() => {
    setMenu(false);
    if (ready) session.go(place);
  }, [ready, place.kind, place.tab, place.id]);
  useTitle(state);

  const directory = useMemo(
    () => ({ people: state?.people ?? [], bot: state?.bot ?? null, channels: state?.channels ?? [], me }),
    [state, me],
  );
  if (!state)
    return html`<div class="empty" role="status"><span class="spinner" aria-hidden="true"></span> 불러오는 중입니다…</div>`;

  const modal = view.stack.length > 0;
  return html`<${Directory.Provider} value=${directory}>
    <div class=${`shell ${menu ? 'shell-menu' : ''} ${view.thread ? 'shell-thread' : ''}`} inert=${modal || Boolean(question)}
      onKeyDown=${(event) => event.key === 'Escape' && setMenu(false)}>
      <${Sidebar} state=${state} connected=${view.live && state.connected} me=${me} place=${place} onGo=${onGo} onSwitch=${onSwitch} />
      ${menu && html`<button type="button" class="menu-veil" aria-label="메뉴 닫기" onClick=${() => setMenu(false)}></button>`}
      <${Centre} session=${session} view=${view} place=${place} onGo=${onGo} onMenu=${() => setMenu(!menu)} menu=${menu} />
      ${view.thread && html`<${OpenThread} key=${view.thread.ts} session=${session} view=${view} />`}
    </div>
    ${modal && html`<${Modal} session=${session} stack=${view.stack} forms=${view.forms} inert=${Boolean(question)} />`}
    <${ConfirmDialog} />
  <//>`;
}

function Centre({ session, view, place, onGo, onMenu, menu }) {
  const { state, me } = view;
  const id = place.kind === 'channel' ? place.id : state.bot.dm;
  const channel = state.channels.find((one) => one.id === id);
  const unread = state.channels.reduce((sum, one) => sum + Number(one.unread ?? 0), 0);
  const isGone = state.people.find((one) => one.id === me)?.deleted;
  const isHome = place.kind === 'app' && place.tab === 'home';
  return html`<main class="centre">
    <header class="centre-head">
      <button type="button" class="button menu-button" aria-expanded=${String(menu)} onClick=${onMenu}>☰ 메뉴${unread > 0 && html`<span class="badge">${unread}</span>`}</button>
      <h1>${place.kind === 'app' ? state.bot.name : channel ? html`<${ChannelSign} channel=${channel} /> ${channel.name}` : '채널'}</h1>
      ${place.kind === 'channel' && channel && html`<span class="centre-count">${channel.members.length}명</span>`}
    </header>
    ${isGone && html`<p class="strip" role="status">비활성화된 사용자입니다. 보기만 할 수 있고, 무엇을 눌러도 처리되지 않습니다.</p>`}
    ${!view.live && html`<p class="strip" role="status">작업공간과 연결이 끊어졌습니다. 다시 연결하는 중입니다…</p>`}
    ${view.live && !state.connected && html`<p class="strip" role="status"><span class="spinner" aria-hidden="true"></span> ${state.bot.name}에 연결하는 중입니다</p>`}
    ${place.kind === 'app' && html`<${Tabs} tab=${place.tab} unread=${Number(channel?.unread ?? 0)} onGo=${onGo} />`}
    ${
      isHome
        ? html`<${Home} session=${session} view=${view.home} form=${view.forms[view.home?.id]} connected=${state.connected} botName=${state.bot.name} />`
        : channel
          ? html`<${Conversation} key=${id} session=${session} channel=${channel} room=${view.rooms[id]} state=${state} me=${me} />`
          : html`<p class="empty">이 채널은 볼 수 없습니다. 왼쪽에서 다른 곳을 골라 주십시오.</p>`
    }
  </main>`;
}

const Tabs = ({ tab, unread, onGo }) => html`<div class="tabs" role="tablist" aria-label="앱 화면">
  ${[
    ['home', '홈'],
    ['messages', '메시지'],
  ].map(
    ([
      name,
      label,
    ]) => html`<button type="button" role="tab" class="tab" key=${name} aria-selected=${String(tab === name)}
      onClick=${() => onGo({ kind: 'app', tab: name })}>${label}${name === 'messages' && unread > 0 && html`<span class="badge">${unread}</span>`}</button>`,
  )}
</div>`;

function OpenThread({ session, view }) {
  const { thread, state, rooms, threads, me } = view;
  const channel = state.channels.find(({ id }) => id === thread.channel);
  const parent = rooms[thread.channel]?.messages?.find(({ ts }) => ts === thread.ts);
  return html`<${Thread} session=${session} thread=${thread} channel=${channel} parent=${parent} replies=${threads[thread.ts]} state=${state} me=${me} />`;
}

function useTitle(state) {
  const unread = state?.channels.reduce((sum, { unread: count }) => sum + Number(count ?? 0), 0) ?? 0;
  useEffect(() => {
    if (state) document.title = `${unread > 0 ? `(${unread}) ` : ''}${state.team.name}`;
  }, [unread, state?.team.name]);
}
