import { html } from './core/html.js';

/** `#`, or for a private channel a lock, drawn as a picture, since not every machine has a font with a lock. */
export const ChannelSign = ({ channel }) =>
  channel.private
    ? html`<svg class="sign" viewBox="0 0 20 20" role="img" aria-label="비공개">
      <path d="M6 9V6.5a4 4 0 0 1 8 0V9" fill="none" stroke="currentColor" stroke-width="2" />
      <rect x="4" y="9" width="12" height="8" rx="1.5" fill="currentColor" />
    </svg>`
    : html`<span class="sign" aria-hidden="true">#</span>`;
