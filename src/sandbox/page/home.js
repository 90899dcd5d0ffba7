import { Blocks } from './blocks/block.js';
import { html } from './core/html.js';
import { ViewSurface } from './standing.js';

/** The bot's Home tab. */
export function Home({ session, view, form, connected, botName }) {
  if (!view || !form) {
    const text = connected
      ? '홈 화면을 준비하고 있습니다…'
      : `${botName}에 연결하는 중입니다. 연결되면 홈 화면이 나타납니다.`;
    return html`<div class="empty" role="status"><span class="spinner" aria-hidden="true"></span> ${text}</div>`;
  }
  return html`<div class="home-scroll" tabindex="-1"><div class="home">
    <${ViewSurface} key=${view.id} session=${session} view=${view} form=${form}><${Blocks} blocks=${view.blocks} /><//>
  </div></div>`;
}
