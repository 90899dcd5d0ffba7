import { checkForm } from './core/values.js';
import { formsFor } from './forms.js';

export const TROUBLE =
  '연결에 문제가 있어 처리하지 못했습니다. 입력한 내용은 그대로 있으니 잠시 뒤 다시 눌러 주십시오.';

/** The element that had the focus before the first window opened. */
const openers = new WeakMap();

/** Draws the open windows, top last, and the home. */
export function setViews({ store }, { stack = store.get().stack, home = store.get().home }) {
  // Stored before the page is drawn: nothing behind a modal can keep the focus.
  if (store.get().stack.length === 0 && stack.length > 0) openers.set(store, document.activeElement);
  store.set(({ forms }) => ({ stack, home, forms: formsFor(forms, home ? [...stack, home] : stack) }));
  const back = openers.get(store);
  if (stack.length === 0 && back) {
    openers.delete(store);
    setTimeout(() => document.activeElement === document.body && back.focus());
  }
}

export function setForm({ store }, viewId, change) {
  store.set(({ forms }) => (forms[viewId] ? { forms: { ...forms, [viewId]: change(forms[viewId]) } } : {}));
}

export async function submit(here, view) {
  const { api, store } = here;
  const { blocks, values } = store.get().forms[view.id];
  const wrong = checkForm(blocks, values);
  const set = (change) => setForm(here, view.id, (form) => ({ ...form, ...change }));
  if (Object.keys(wrong).length > 0) return set({ errors: wrong, trouble: null });
  set({ errors: {}, trouble: null });
  try {
    const { outcome, errors } = await api.act('submit', { view_id: view.id, values });
    if (outcome === 'errors') set({ errors: errors ?? {} });
    if (outcome === 'trouble') set({ trouble: TROUBLE });
    if (outcome === 'closed') drop(here, view);
  } catch (error) {
    set({ trouble: error.message });
  }
}

const drop = (here, view) =>
  setViews(here, { stack: here.store.get().stack.filter(({ id }) => id !== view.id) });

/** @param {boolean} all true for the window's X, which also closes the windows below */
export async function closeView(here, view, all) {
  await here.api.act('close', { view_id: view.id, clear: all });
  if (all) setViews(here, { stack: [] });
  else drop(here, view);
}
