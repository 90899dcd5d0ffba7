import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';
import { Blocks } from './blocks/block.js';
import { ABANDON, askConfirm } from './core/confirm.js';
import { html } from './core/html.js';
import { plain } from './core/text.js';
import { ViewSurface } from './standing.js';

/** The top of a person's stack of modals. */
export function Modal({ session, stack, forms, inert }) {
  const view = stack.at(-1);
  const form = forms[view.id];
  const [busy, setBusy] = useState(false);
  const dialog = useRef(null);
  const body = useRef(null);
  const title = plain(view.title);
  const wrong = Object.keys(form.errors).length > 0;

  // As part of the drawing, not after it: the person may press the next key at once.
  useLayoutEffect(() => {
    body.current.scrollTop = 0;
    if (form.screen > 0) (body.current.querySelector('.block-header') ?? dialog.current).focus();
    else if (!dialog.current.contains(document.activeElement)) dialog.current.focus();
  }, [view.id, form.screen]);
  useEffect(() => {
    // An update may have taken away the control that had the focus.
    if (document.activeElement === document.body) dialog.current.focus();
  }, [view.hash]);
  async function submit(event) {
    event.preventDefault();
    if (busy || !view.submit) return; // Enter submits a form without a button too
    setBusy(true);
    await session.submit(view);
    setBusy(false);
    // After the errors have been drawn.
    setTimeout(() => goToError(body.current));
  }

  async function close(all) {
    if (form.dirty && !(await askConfirm(ABANDON))) return;
    session.closeView(view, all);
  }

  function onKeyDown(event) {
    if (event.key === 'Escape' && !event.isComposing) {
      event.preventDefault();
      close(false);
    }
    if (event.key === 'Tab') keepInside(event, dialog.current);
  }

  return html`<div class="veil" inert=${inert} onKeyDown=${onKeyDown}>
    <form class="dialog" role="dialog" aria-modal="true" aria-label=${title} ref=${dialog} tabindex="-1" noValidate onSubmit=${submit}
      data-view=${view.id}>
      <div class="dialog-head">
        <h2 class="dialog-title">${title}</h2>
        <button type="button" class="dialog-x" aria-label="창 닫기" onClick=${() => close(true)}>✕</button>
      </div>
      <div class="dialog-body" ref=${body}>
        <${ViewSurface} key=${`${view.id}/${form.screen}`} session=${session} view=${view} form=${form}><${Blocks} blocks=${view.blocks} /><//>
      </div>
      ${form.trouble && html`<p class="dialog-trouble" role="alert">${form.trouble}</p>`}
      <div class="dialog-foot">
        ${wrong && html`<span class="dialog-wrong">붉게 표시된 항목을 고쳐 주십시오.</span>`}
        <button type="button" class="button" onClick=${() => close(false)}>${closeWord(view, stack.length)}</button>
        ${
          view.submit &&
          html`<button type="submit" class="button button-primary" disabled=${busy} aria-busy=${busy ? 'true' : undefined}>
          ${busy && html`<span class="spinner" aria-hidden="true"></span>`}${plain(view.submit)}</button>`
        }
      </div>
    </form>
  </div>`;
}

function closeWord(view, depth) {
  if (view.close) return plain(view.close);
  return depth > 1 ? '뒤로' : view.submit ? '취소' : '닫기';
}

function goToError(body) {
  const field = body?.querySelector('.block-input-wrong');
  if (!field) return;
  field.scrollIntoView({ block: 'center', behavior: 'smooth' });
  field.querySelector('input, textarea, select, [tabindex="-1"]')?.focus({ preventScroll: true });
}

function keepInside(event, dialog) {
  const items = [...dialog.querySelectorAll('a[href], button, input, textarea, [tabindex="0"]')].filter(
    (item) => !item.disabled && item.tabIndex >= 0 && item.offsetParent !== null,
  );
  const edge = event.shiftKey ? items[0] : items.at(-1);
  if (document.activeElement !== edge && document.activeElement !== dialog) return;
  if (document.activeElement === dialog && !event.shiftKey) return;
  event.preventDefault();
  (event.shiftKey ? items.at(-1) : items[0])?.focus();
}
