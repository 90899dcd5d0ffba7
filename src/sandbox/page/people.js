import { useState } from 'preact/hooks';
import { createApi } from './api.js';
import { html } from './core/html.js';
import { showTrouble } from './toast.js';

/** Lets a person deactivate others and bring them back, as an administrator of the workspace would. */
export function PeopleControl({ people, onChange }) {
  const [busy, setBusy] = useState(null);

  async function set(id, deleted) {
    setBusy(id);
    try {
      await createApi(null).setDeleted(id, deleted);
      await onChange();
    } catch (error) {
      showTrouble(error.message);
    }
    setBusy(null);
  }

  return html`<details class="people">
    <summary>작업공간 관리</summary>
    <p class="welcome-sub">사람이 그만두거나 자리를 옮겼을 때를 연습합니다. 비활성화한 사람은 아무것도 할 수 없고, 되돌리면 다시 쓸 수 있습니다.</p>
    <ul>
      ${people.map(
        ({ id, name, title, deleted }) => html`<li key=${id}>
        <span>${name}${title ? ` ${title}` : ''}${deleted && html` <em>비활성화됨</em>`}</span>
        <button type="button" class="button" disabled=${busy === id} onClick=${() => set(id, !deleted)}
          aria-label=${`${name} ${deleted ? '되돌리기' : '비활성화'}`}>${deleted ? '되돌리기' : '비활성화'}</button>
      </li>`,
      )}
    </ul>
  </details>`;
}
