import { useLayoutEffect, useRef } from 'preact/hooks';
import { html } from './html.js';
import { createStore, useStore } from './store.js';
import { plain, Text } from './text.js';

const questions = createStore({ open: null });

/**
 * Asks the person; one question at a time.
 * @param {{title: object, text: object, confirm: object, deny: object, style?: string}} question Slack's confirm object
 * @returns {Promise<boolean>}
 */
export function askConfirm(question) {
  questions.get().open?.answer(false);
  return new Promise((resolve) => {
    const answer = (yes) => {
      questions.set({ open: null });
      resolve(yes);
    };
    questions.set({ open: { question, answer, opener: document.activeElement } });
  });
}

export const useQuestion = () => useStore(questions).open;

export function ConfirmDialog() {
  const open = useQuestion();
  const deny = useRef(null);
  useLayoutEffect(() => {
    if (!open) return undefined;
    deny.current?.focus();
    return () => open.opener?.focus?.();
  }, [open]);
  if (!open) return null;
  const { question, answer } = open;
  const title = plain(question.title);

  function onKeyDown(event) {
    if (event.key !== 'Escape' || event.isComposing) return;
    event.preventDefault();
    event.stopPropagation();
    answer(false);
  }

  return html`<div class="veil veil-top" onKeyDown=${onKeyDown}>
    <div class="dialog dialog-small" role="alertdialog" aria-modal="true" aria-label=${title}>
      <h2 class="dialog-title">${title}</h2>
      <div class="dialog-body"><${Text} object=${question.text} /></div>
      <div class="dialog-foot">
        <button type="button" class="button" ref=${deny} onClick=${() => answer(false)}>${plain(question.deny)}</button>
        <button type="button" class=${`button ${question.style === 'danger' ? 'button-danger-solid' : 'button-primary'}`}
          onClick=${() => answer(true)}>${plain(question.confirm)}</button>
      </div>
    </div>
  </div>`;
}

const words = (text) => ({ type: 'plain_text', text });

/** The question before a form with typed values is closed. */
export const ABANDON = {
  title: words('입력한 내용이 있습니다'),
  text: words('지금 닫으면 보내지 않은 내용이 사라질 수 있습니다. 닫으시겠습니까?'),
  confirm: words('닫기'),
  deny: words('계속 작성'),
  style: 'danger',
};

/** The question before another person takes the place of one who has typed something. */
export const CHANGE_PERSON = {
  ...ABANDON,
  text: words('지금 사용자를 바꾸면 보내지 않은 내용이 사라질 수 있습니다. 바꾸시겠습니까?'),
  confirm: words('바꾸기'),
};
