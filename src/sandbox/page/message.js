import { useContext } from 'preact/hooks';
import { Avatar } from './avatar.js';
import { Blocks } from './blocks/block.js';
import { FileCard } from './blocks/file.js';
import { clockTime } from './core/format.js';
import { html } from './core/html.js';
import { Directory, Mrkdwn, nameOf } from './core/text.js';
import { MessageSurface } from './standing.js';

/** One message; `onThread` opens its thread and is absent inside a thread. */
export function Message({ session, channel, message, onThread, shortcuts = [] }) {
  const directory = useContext(Directory);
  const author = message.user ?? message.bot_id ?? '';
  const bot = Boolean(message.bot_id) || author === directory.bot?.userId;
  const name = message.username || (bot ? directory.bot?.name : nameOf(directory, author)) || '알 수 없음';
  const time = clockTime(message.ts);
  return html`<article class=${`message ${message.ephemeral ? 'message-ephemeral' : ''}`} data-ts=${message.ts}
    aria-label=${`${name}, ${time}`}>
    <${Avatar} id=${author} name=${name} bot=${bot} />
    <div class="message-main">
      ${message.ephemeral && html`<p class="message-note">나에게만 보이는 메시지입니다</p>`}
      <p class="message-head"><strong>${name}</strong>${bot && html`<span class="tag">앱</span>`}<time>${time}</time></p>
      <${MessageSurface} session=${session} channel=${channel} message=${message}>
        ${message.blocks?.length > 0 ? html`<${Blocks} blocks=${message.blocks} />` : html`<${Mrkdwn} text=${message.text ?? ''} />`}
        ${message.edited && html`<small class="edited">(고침)</small>`}
        ${(message.attachments ?? []).map((attachment) => html`<${Attachment} attachment=${attachment} />`)}
        ${(message.files ?? []).map((file) => html`<${FileCard} key=${file.id} file=${file} />`)}
      <//>
      ${
        message.reactions?.length > 0 &&
        html`<p class="reactions">${message.reactions.map(({ name: code, count }) => html`<span class="reaction"><${Mrkdwn} text=${`:${code}:`} /> ${count}</span>`)}</p>`
      }
      ${
        onThread &&
        !message.ephemeral &&
        html`<button type="button" class=${`thread-button ${message.reply_count ? 'thread-button-full' : ''}`} onClick=${() => onThread(message.ts)}>
          ${message.reply_count ? `답글 ${message.reply_count}개` : '답글 달기'}</button>`
      }
      ${
        !message.ephemeral &&
        shortcuts
          .filter(({ type }) => type === 'message')
          .map(
            (one) =>
              html`<button type="button" class="thread-button" key=${one.callback_id} title=${one.description}
                onClick=${() => session.shortcut(one, { channel, ts: message.ts })}>${one.name}</button>`,
          )
      }
    </div>
  </article>`;
}

/** The older way to add content to a message. */
const Attachment = ({ attachment }) => html`<div class="attachment">
  ${attachment.pretext && html`<${Mrkdwn} text=${attachment.pretext} />`}
  ${attachment.title && html`<strong>${attachment.title}</strong>`}
  ${
    attachment.blocks
      ? html`<${Blocks} blocks=${attachment.blocks} />`
      : html`<${Mrkdwn} text=${attachment.text ?? attachment.fallback ?? ''} />`
  }
</div>`;
