import { Composer } from './composer.js';
import { dayKey, fullDay } from './core/format.js';
import { html } from './core/html.js';
import { Message } from './message.js';
import { useNewest } from './scroll.js';

const NONE = [];

/** A channel or the messages with the bot. */
export function Conversation({ session, channel, room, state, me }) {
  const messages = room?.messages ?? NONE;
  const { box, onScroll, below, toEnd } = useNewest(messages, me);
  return html`<div class="conversation">
    <div class="messages" ref=${box} onScroll=${onScroll} tabindex="0" role="log" aria-live="polite" aria-label="메시지 목록">
      <div class="messages-inner">
        ${room?.more && html`<button type="button" class="button button-small older" onClick=${() => session.loadOlder(channel.id)}>이전 메시지 보기</button>`}
        ${room?.messages && messages.length === 0 && html`<p class="empty">아직 메시지가 없습니다.</p>`}
        ${messages.map((message, index) => {
          const newDay = index === 0 || dayKey(message.ts) !== dayKey(messages[index - 1].ts);
          return html`<div key=${message.ts}>
            ${newDay && html`<div class="day" role="separator"><span>${fullDay(message.ts)}</span></div>`}
            ${room.newFrom === message.ts && html`<div class="new-line" role="separator"><span>새 메시지</span></div>`}
            <${Message} session=${session} channel=${channel.id} message=${message}
              shortcuts=${state.shortcuts} onThread=${(ts) => session.openThread(channel.id, ts)} />
          </div>`;
        })}
      </div>
    </div>
    ${below && html`<button type="button" class="button button-primary to-end" onClick=${toEnd}>새 메시지가 있습니다 ↓</button>`}
    <${Composer} key=${channel.id} session=${session} channel=${channel} state=${state}
      placeholder=${channel.kind === 'dm' ? `${state.bot.name}에게 메시지 보내기` : `#${channel.name}에 메시지 보내기`} />
  </div>`;
}

/** The thread of one message, next to the conversation. */
export function Thread({ session, thread, channel, parent, replies, state, me }) {
  const list = replies ?? NONE;
  const { box, onScroll } = useNewest(list, me);
  return html`<aside class="thread" aria-label="스레드">
    <div class="thread-head">
      <h2>스레드</h2>
      <button type="button" class="dialog-x" aria-label="스레드 닫기" onClick=${session.closeThread}>✕</button>
    </div>
    <div class="messages" ref=${box} onScroll=${onScroll} tabindex="0" role="log" aria-live="polite" aria-label="답글 목록">
      <div class="messages-inner">
        ${parent && html`<${Message} session=${session} channel=${thread.channel} message=${parent} />`}
        <div class="day" role="separator"><span>답글 ${list.length}개</span></div>
        ${list.map((message) => html`<${Message} key=${message.ts} session=${session} channel=${thread.channel} message=${message} />`)}
      </div>
    </div>
    <${Composer} key=${thread.ts} session=${session} channel=${channel} state=${state} threadTs=${thread.ts} placeholder="답글 쓰기" />
  </aside>`;
}
