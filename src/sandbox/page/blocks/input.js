import { useContext, useId } from 'preact/hooks';
import { html } from '../core/html.js';
import { Surface } from '../core/surface.js';
import { plain } from '../core/text.js';
import { Element } from '../elements/element.js';

const GROUPS = new Set(['radio_buttons', 'checkboxes']);

/** A labelled field with its hint and its error. */
export function Input({ block }) {
  const surface = useContext(Surface);
  const id = useId();
  const error = surface.errors[block.block_id];
  const grouped = GROUPS.has(block.element.type);
  const name = html`${plain(block.label)}${block.optional && html`<span class="optional"> (선택)</span>`}`;
  const describedBy = [block.hint && `${id}-hint`, error && `${id}-error`].filter(Boolean).join(' ');
  return html`<div class=${`block-input ${error ? 'block-input-wrong' : ''}`} data-block=${block.block_id}>
    ${
      grouped
        ? html`<div class="label" id=${`${id}-label`}>${name}</div>`
        : html`<label class="label" id=${`${id}-label`} for=${id}>${name}</label>`
    }
    <${Element} block=${block} element=${block.element} id=${id} labelledBy=${grouped ? `${id}-label` : undefined}
      describedBy=${describedBy} invalid=${Boolean(error)} required=${!block.optional} />
    ${block.hint && html`<p class="hint" id=${`${id}-hint`}>${plain(block.hint)}</p>`}
    ${error && html`<p class="field-error" id=${`${id}-error`} role="alert"><span aria-hidden="true">⚠ </span>${error}</p>`}
  </div>`;
}
