import { useContext } from 'preact/hooks';
import { askConfirm } from '../core/confirm.js';
import { safeUrl } from '../core/format.js';
import { html } from '../core/html.js';
import { Surface } from '../core/surface.js';
import { plain } from '../core/text.js';

export function Button({ block, element }) {
  const surface = useContext(Surface);
  const busy = surface.busy === `${block.block_id}/${element.action_id}`;
  const look = `button ${element.style === 'primary' ? 'button-primary' : ''} ${element.style === 'danger' ? 'button-danger' : ''}`;
  const url = safeUrl(element.url);

  async function press(event) {
    if (busy) return event.preventDefault();
    if (element.confirm && !url && !(await askConfirm(element.confirm))) return;
    surface.act(block, element, { type: 'button', value: element.value, text: element.text });
  }

  const shared = {
    class: look,
    onClick: press,
    'aria-label': element.accessibility_label,
    'aria-busy': busy ? 'true' : undefined,
    'data-action': element.action_id,
  };
  const content = html`${busy && html`<span class="spinner" aria-hidden="true"></span>`}${plain(element.text)}`;
  return url
    ? html`<a ...${shared} href=${url} target="_blank" rel="noopener noreferrer">${content}<span aria-hidden="true"> ↗</span></a>`
    : html`<button type="button" ...${shared}>${content}</button>`;
}
