import { useState } from 'preact/hooks';
import { createApi } from './api.js';
import { Avatar } from './avatar.js';
import { html } from './core/html.js';
import { PeopleControl } from './people.js';
import { showTrouble } from './toast.js';

/** The first screen: it explains the workspace and lets the visitor choose a person. */
export function Welcome({ state, onChoose, onChange }) {
  return html`<main class="welcome">
    <h1>${state.team.name}</h1>
    <div class="welcome-hint">
      <p>이곳은 <strong>${state.bot.name}</strong>을 미리 써 보는 <strong>체험용 작업공간</strong>입니다. 이 컴퓨터 안에서만 움직이며, 여기에 나오는 사람과 기관은 모두 연습용입니다.</p>
      <p><strong>실제 업무에는 쓰지 마십시오.</strong> 진짜 개인정보나 공문을 넣지 마십시오.</p>
    </div>
    ${state.example && html`<${FillExample} onChange=${onChange} />`}
    <h2>누구로 사용하시겠습니까?</h2>
    <p class="welcome-sub">한 사람을 고르면 그 사람의 화면이 열립니다. 나중에 왼쪽 위에서 바꿀 수 있습니다.</p>
    <ul class="cards">
      ${state.people.map(
        ({
          id,
          name,
          title,
          role,
          deleted,
        }) => html`<li key=${id}><button type="button" class="card" onClick=${() => onChoose(id)}>
        <${Avatar} id=${id} name=${name} />
        <span class="card-words"><strong>${name}${title ? ` ${title}` : ''}${deleted ? ' (비활성화됨)' : ''}</strong>${role && html`<span>${role}</span>`}</span>
        <span class="card-go" aria-hidden="true">›</span>
      </button></li>`,
      )}
    </ul>
    <${PeopleControl} people=${state.people} onChange=${onChange} />
  </main>`;
}

/** Fills the empty workspace with an office that has worked for a year. */
function FillExample({ onChange }) {
  const [busy, setBusy] = useState(false);

  async function fill() {
    setBusy(true);
    try {
      await createApi(null).fillExample();
    } catch (error) {
      showTrouble(error.message);
    }
    await onChange();
    setBusy(false);
  }

  return html`<section class="welcome-example">
    <p>작업공간이 비어 있습니다. 처음부터 해 보려면 아래에서 사람을 고르십시오. 일 년 동안 쓴 모습을 먼저 보려면 예시로 채우십시오. 시스템 40개와 신청, 문의, 조사가 들어갑니다.</p>
    <button type="button" class="button" disabled=${busy} onClick=${fill}>${busy ? '채우는 중입니다…' : '예시로 채우기'}</button>
  </section>`;
}
