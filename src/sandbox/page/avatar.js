import { html } from './core/html.js';

const SHADES = 6;

/** A coloured square with the first letter of the name; the colour depends on the id. */
export function Avatar({ id, name, bot = false }) {
  const shade = [...id].reduce((sum, letter) => (sum * 31 + letter.charCodeAt(0)) % 997, 7) % SHADES;
  return html`<span class=${`avatar ${bot ? 'avatar-bot' : `avatar-${shade}`}`} aria-hidden="true">${[...name][0] ?? '?'}</span>`;
}
