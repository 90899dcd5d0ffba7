import { html } from './core/html.js';
import { createStore, useStore } from './core/store.js';

const SHOWN_MS = 9000;
const toasts = createStore({ list: [] });
let last = 0;

const remove = (id) => toasts.set(({ list }) => ({ list: list.filter((toast) => toast.id !== id) }));

/** Shows an error at the bottom of the page; the same text is not shown twice at once. */
export function showTrouble(text) {
  if (toasts.get().list.some((toast) => toast.text === text)) return;
  last += 1;
  const id = last;
  toasts.set(({ list }) => ({ list: [...list.slice(-2), { id, text }] }));
  setTimeout(() => remove(id), SHOWN_MS);
}

export function Toasts() {
  const { list } = useStore(toasts);
  return html`<div class="toasts">
    ${list.map(
      ({ id, text }) => html`<div class="toast" role="alert" key=${id}>
      <span aria-hidden="true">⚠</span><span>${text}</span>
      <button type="button" class="toast-close" aria-label="알림 닫기" onClick=${() => remove(id)}>✕</button>
    </div>`,
    )}
  </div>`;
}
