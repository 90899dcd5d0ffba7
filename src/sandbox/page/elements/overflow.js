import { useContext, useId, useLayoutEffect, useRef, useState } from 'preact/hooks';
import { askConfirm } from '../core/confirm.js';
import { safeUrl } from '../core/format.js';
import { html } from '../core/html.js';
import { Surface } from '../core/surface.js';
import { plain } from '../core/text.js';

const STEP = { ArrowDown: 1, ArrowUp: -1 };

export function Overflow({ block, element, label }) {
  const surface = useContext(Surface);
  const [open, setOpen] = useState(false);
  const root = useRef(null);
  const opener = useRef(null);
  const menuId = useId();

  useLayoutEffect(() => {
    if (!open) return undefined;
    root.current.querySelector('[role=menuitem]')?.focus();
    const outside = (event) => {
      if (!root.current?.contains(event.target)) setOpen(false);
    };
    document.addEventListener('pointerdown', outside);
    return () => document.removeEventListener('pointerdown', outside);
  }, [open]);

  function close() {
    setOpen(false);
    opener.current?.focus();
  }

  async function pick(option) {
    close();
    if (element.confirm && !(await askConfirm(element.confirm))) return;
    const url = safeUrl(option.url);
    if (url) window.open(url, '_blank', 'noopener,noreferrer');
    surface.act(block, element, { type: 'overflow', selected_option: option });
  }

  function onKeyDown(event) {
    if (!open) return;
    if (event.key === 'Escape') {
      event.stopPropagation();
      event.preventDefault();
      close();
    } else if (event.key === 'Tab') setOpen(false);
    else if (STEP[event.key]) {
      event.preventDefault();
      const items = [...root.current.querySelectorAll('[role=menuitem]')];
      const next = items.indexOf(document.activeElement) + STEP[event.key];
      items.at(next % items.length)?.focus();
    }
  }

  return html`<div class="overflow" ref=${root} onKeyDown=${onKeyDown}>
    <button type="button" class="button overflow-button" ref=${opener} aria-haspopup="menu" aria-expanded=${String(open)}
      aria-controls=${menuId} aria-label=${label ? `${label} 더 보기` : '더 보기'} data-action=${element.action_id}
      onClick=${() => setOpen(!open)}><span aria-hidden="true">⋯</span></button>
    ${
      open &&
      html`<div class="menu" role="menu" id=${menuId}>
      ${element.options.map(
        (
          option,
        ) => html`<button type="button" role="menuitem" class="menu-item" key=${option.value} onClick=${() => pick(option)}>
          ${plain(option.text)}${option.description && html`<small>${plain(option.description)}</small>`}
        </button>`,
      )}
    </div>`
    }
  </div>`;
}
