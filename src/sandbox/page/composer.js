import { useEffect, useId, useRef, useState } from 'preact/hooks';
import { html } from './core/html.js';
import { composing } from './core/ime.js';
import { useStore } from './core/store.js';
import { FileFace } from './elements/file-input.js';
import { showTrouble } from './toast.js';
import { asCommand, suggest } from './typed.js';

const touch = () => matchMedia('(pointer: coarse)').matches;

const NOTHING = { text: '', files: [] };

/** The typed text and the attached files, which stay while the person looks elsewhere, and the functions that attach and send. */
function useDraft({ session, channel, state, threadTs, focus }) {
  const { drafts } = session;
  const place = `${channel.id}/${threadTs ?? ''}`;
  const { text, files } = useStore(drafts)[place] ?? NOTHING;
  const put = (change) => drafts.set((all) => ({ [place]: change(all[place] ?? NOTHING) }));
  const setText = (words) => put((draft) => ({ ...draft, text: words }));
  const [busy, setBusy] = useState(false);
  const empty = text.trim() === '' && files.length === 0;

  async function attach(list) {
    for (const file of list) {
      try {
        const stored = await session.api.upload(file);
        put((draft) => ({ ...draft, files: [...draft.files, stored] }));
      } catch (error) {
        showTrouble(`‘${file.name}’ 파일을 올리지 못했습니다. ${error.message}`);
      }
    }
  }

  async function send() {
    if (busy || empty) return;
    const command = threadTs || files.length > 0 ? null : asCommand(text, state.commands);
    if (command?.unknown)
      return showTrouble(`‘${command.unknown}’ 명령은 없습니다. '/'를 쓰면 쓸 수 있는 명령이 나옵니다.`);
    const [sentText, sentFiles] = [text, files];
    setBusy(true);
    // The box is emptied at once, so that the next message can be typed; if sending fails, what failed stands before it.
    put(() => NOTHING);
    focus();
    const sent = command
      ? await session.command(channel.id, command.command, command.text)
      : await session.say(channel.id, sentText.trim(), sentFiles, threadTs);
    setBusy(false);
    if (sent) return;
    put((draft) => ({
      text: [sentText, draft.text].filter(Boolean).join('\n'),
      files: [...sentFiles, ...draft.files],
    }));
  }

  const remove = (file) =>
    put((draft) => ({ ...draft, files: draft.files.filter(({ id }) => id !== file.id) }));
  return { text, setText, files, remove, attach, send, busy, empty };
}

/** The message box: text, files, slash commands. Enter sends, Shift+Enter breaks the line. */
export function Composer({ session, channel, state, threadTs, placeholder }) {
  const [over, setOver] = useState(false);
  const area = useRef(null);
  const id = useId();
  const focus = () => area.current?.focus();
  const draft = useDraft({ session, channel, state, threadTs, focus });
  const { text, setText, attach, send } = draft;
  const offers = threadTs ? [] : suggest(text, state.commands);
  // Slack lists an app's shortcuts where its commands are.
  const shortcuts = threadTs || text !== '/' ? [] : state.shortcuts.filter(({ type }) => type === 'global');
  const begin = (shortcut) => {
    setText('');
    session.shortcut(shortcut);
  };
  const write = (words) => {
    setText(words);
    focus();
  };

  useEffect(() => {
    area.current.style.height = 'auto';
    area.current.style.height = `${Math.min(area.current.scrollHeight + 2, 220)}px`;
  }, [text]);

  function onKeyDown(event) {
    if (event.key !== 'Enter' || event.shiftKey || composing(event) || touch()) return;
    event.preventDefault();
    send();
  }

  function onPaste(event) {
    const pasted = [...(event.clipboardData?.files ?? [])];
    if (pasted.length === 0) return;
    event.preventDefault();
    attach(pasted);
  }

  function onDrop(event) {
    event.preventDefault();
    setOver(false);
    attach([...event.dataTransfer.files]);
  }

  function onDragOver(event) {
    event.preventDefault();
    setOver(true);
  }

  return html`<div class=${`composer ${over ? 'drop-over' : ''}`} onDragOver=${onDragOver} onDragLeave=${() => setOver(false)} onDrop=${onDrop}>
    ${offers.length + shortcuts.length > 0 && html`<${Offers} offers=${offers} write=${write} shortcuts=${shortcuts} begin=${begin} />`}
    ${draft.files.length > 0 && html`<${FileList} files=${draft.files} remove=${draft.remove} />`}
    <label class="visually-hidden" for=${id}>${placeholder}</label>
    <textarea id=${id} ref=${area} class="composer-text" rows="1" placeholder=${placeholder} value=${text}
      onInput=${(event) => setText(event.target.value)} onKeyDown=${onKeyDown} onPaste=${onPaste}></textarea>
    <${Foot} draft=${draft} write=${write} inThread=${Boolean(threadTs)} hasCommands=${state.commands.length > 0} />
  </div>`;
}

/** Commands that begin with the typed text, and the bot's shortcuts. */
function Offers({ offers, write, shortcuts, begin }) {
  return html`<div class="offers" role="group" aria-label="명령">
    ${offers.map(
      (offer) =>
        html`<button type="button" class="menu-item" key=${offer.command} onClick=${() => write(`${offer.command} `)}><strong>${offer.command} ${offer.usage}</strong><small>${offer.description}</small></button>`,
    )}
    ${shortcuts.map(
      (one) =>
        html`<button type="button" class="menu-item" key=${one.callback_id} onClick=${() => begin(one)}><strong>${one.name}</strong><small>바로 가기 · ${one.description}</small></button>`,
    )}
  </div>`;
}

function FileList({ files, remove }) {
  return html`<ul class="file-list">
    ${files.map(
      (file) => html`<li class="file" key=${file.id}><${FileFace} file=${file} />
      <button type="button" class="button button-small" aria-label=${`${file.name} 빼기`}
        onClick=${() => remove(file)}>빼기</button></li>`,
    )}
  </ul>`;
}

/** The buttons below the message box. */
function Foot({ draft, write, inThread, hasCommands }) {
  const picker = useRef(null);
  const { attach, send, busy, empty } = draft;
  const picked = (event) => {
    attach([...event.target.files]);
    event.target.value = '';
  };
  return html`<div class="composer-foot">
    <input type="file" class="visually-hidden" tabindex="-1" aria-label="첨부할 파일" multiple ref=${picker} onChange=${picked} />
    <button type="button" class="button button-small" onClick=${() => picker.current.click()}>파일 첨부</button>
    ${
      !inThread &&
      hasCommands &&
      html`<button type="button" class="button button-small" onClick=${() => write('/')}>명령 보기</button>`
    }
    <span class="composer-tip">${!inThread && 'Enter 보내기 · Shift+Enter 줄 바꿈'}</span>
    <button type="button" class="button button-primary" disabled=${busy || empty} onClick=${send}>
      ${busy && html`<span class="spinner" aria-hidden="true"></span>`}보내기</button>
  </div>`;
}
