import { render } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { createApi } from './api.js';
import { html } from './core/html.js';
import { mayChange } from './leaving.js';
import { parseRoute, routeTo } from './route.js';
import { Toasts } from './toast.js';
import { Welcome } from './welcome.js';
import { Workspace } from './workspace.js';

const RETRY_MS = 1500;

/** The state before a person is chosen: team, people, bot. It is requested until workspace and bot are there. */
function useGround() {
  const [ground, setGround] = useState(null);
  useEffect(() => {
    let timer = null;
    const ask = () =>
      createApi(null)
        .state()
        .then((state) => {
          setGround(state);
          if (!state.connected) timer = setTimeout(ask, RETRY_MS); // the bot is not connected yet
        })
        .catch(() => {
          timer = setTimeout(ask, RETRY_MS);
        });
    ask();
    return () => clearTimeout(timer);
  }, []);
  const ask = () => createApi(null).state().then(setGround);
  return [ground, ask];
}

function useRoute() {
  const [route, setRoute] = useState(() => parseRoute(location.hash));
  useEffect(() => {
    let shown = location.hash;
    const changed = async () => {
      const wanted = location.hash;
      if (parseRoute(wanted).me !== parseRoute(shown).me) {
        history.replaceState(null, '', shown); // until the person has agreed
        if (!(await mayChange())) return;
        history.replaceState(null, '', wanted);
      }
      shown = wanted;
      setRoute(parseRoute(wanted));
    };
    addEventListener('hashchange', changed);
    return () => removeEventListener('hashchange', changed);
  }, []);
  return route;
}

function App() {
  const [ground, refresh] = useGround();
  const { me, place } = useRoute();
  const go = (who, where) => {
    location.hash = routeTo(who, where);
  };
  const known = ground?.people.some(({ id }) => id === me);
  return html`<div class="page">
    <p class="banner">체험·교육용 작업공간 — 실제 업무에는 쓰지 마십시오</p>
    ${
      !ground
        ? html`<div class="empty" role="status"><span class="spinner" aria-hidden="true"></span> 작업공간에 연결하는 중입니다…</div>`
        : known
          ? html`<${Workspace} key=${me} me=${me} place=${place} onGo=${(where) => go(me, where)} onSwitch=${(who) => go(who)} />`
          : html`<${Welcome} state=${ground} onChange=${refresh} onChoose=${(who) => go(who)} />`
    }
    <${Toasts} />
  </div>`;
}

render(html`<${App} />`, document.getElementById('app'));
