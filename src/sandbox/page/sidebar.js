import { Avatar } from './avatar.js';
import { ChannelSign } from './channel-sign.js';
import { html } from './core/html.js';

/** Workspace, person, channels and the bot. */
export function Sidebar({ state, connected, me, place, onGo, onSwitch }) {
  const person = state.people.find(({ id }) => id === me);
  const channels = state.channels.filter(({ id }) => id !== state.bot.dm);
  const dm = state.channels.find(({ id }) => id === state.bot.dm);
  return html`<nav class="sidebar" aria-label="작업공간">
    <div class="sidebar-head"><strong class="team">${state.team.name}</strong>
      <span class=${`status ${connected ? 'status-on' : ''}`}>${connected ? `${state.bot.name} 연결됨` : `${state.bot.name} 연결 중`}</span></div>
    <label class="who">
      <span class="who-label">지금 나는</span>
      <span class="who-line"><${Avatar} id=${me} name=${person?.name ?? '?'} />
      <select aria-label="누구로 사용할지 고르기" value=${me} onChange=${(event) => onSwitch(event.target.value)}>
        ${state.people.map(({ id, name, title, deleted }) => html`<option value=${id} key=${id}>${name}${title ? ` ${title}` : ''}${deleted ? ' (비활성화됨)' : ''}</option>`)}
      </select></span>
      ${person?.role && html`<span class="who-role">${person.role}</span>`}
    </label>
    <h2 class="sidebar-title">앱</h2>
    <${Item} current=${place?.kind === 'app'} unread=${dm?.unread} onClick=${() => onGo({ kind: 'app', tab: dm?.unread ? 'messages' : 'home' })}>
      <${Avatar} id=${state.bot.userId} name=${state.bot.name} bot />${state.bot.name}<//>
    <h2 class="sidebar-title">채널</h2>
    ${channels.map(
      (
        channel,
      ) => html`<${Item} key=${channel.id} current=${place?.kind === 'channel' && place.id === channel.id}
        unread=${channel.unread} onClick=${() => onGo({ kind: 'channel', id: channel.id })}>
        <${ChannelSign} channel=${channel} />${channel.name}<//>`,
    )}
    ${channels.length === 0 && html`<p class="sidebar-none">들어가 있는 채널이 없습니다.</p>`}
    <button type="button" class="sidebar-leave" onClick=${() => onSwitch(null)}>사람 고르는 화면으로</button>
  </nav>`;
}

function Item({ current, unread, onClick, children }) {
  const count = Number(unread ?? 0);
  return html`<button type="button" class=${`item ${count > 0 ? 'item-unread' : ''}`} aria-current=${current ? 'page' : undefined} onClick=${onClick}>
    <span class="item-name">${children}</span>
    ${count > 0 && html`<span class="badge"><span class="visually-hidden">안 읽은 메시지 </span>${count > 99 ? '99+' : count}</span>`}
  </button>`;
}
