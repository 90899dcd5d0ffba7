import { useContext, useId, useRef, useState } from 'preact/hooks';
import { fileSize } from '../core/format.js';
import { html } from '../core/html.js';
import { Surface } from '../core/surface.js';
import { described, useField } from './field.js';

const MAX_BYTES = 10 * 1024 * 1024;

const extension = (name) => (name.includes('.') ? name.split('.').pop().toLowerCase() : '');

/** Why a file may not be added, or null. The limits are those of Slack's client. */
function refusal(element, file, count) {
  const types = (element.filetypes ?? []).map((type) => type.toLowerCase());
  const max = element.max_files ?? 10;
  if (count >= max) return `파일은 ${max}개까지 올릴 수 있습니다. ‘${file.name}’ 파일은 올리지 않았습니다.`;
  if (types.length > 0 && !types.includes(extension(file.name)))
    return `‘${file.name}’ 파일은 받지 않습니다. ${types.join(', ')} 파일을 올리십시오.`;
  if (file.size > MAX_BYTES)
    return `‘${file.name}’ 파일은 ${fileSize(file.size)}입니다. 10MB 이하의 파일을 골라 주십시오.`;
  if (file.size === 0) return `‘${file.name}’ 파일은 비어 있습니다. 내용이 있는 파일을 골라 주십시오.`;
  return null;
}

export function FileInput(props) {
  const { block, element } = props;
  const surface = useContext(Surface);
  const field = useField(block, element);
  const input = useRef(null);
  const chosenFiles = useRef(field.value);
  chosenFiles.current = field.value;
  const [uploading, setUploading] = useState([]);
  const [troubles, setTroubles] = useState([]);
  const [over, setOver] = useState(false);
  const fallbackId = useId();
  const id = props.id ?? fallbackId;
  const max = element.max_files ?? 10;

  async function add(list) {
    const refused = [];
    const good = [];
    for (const file of list) {
      const why = refusal(element, file, chosenFiles.current.length + good.length);
      if (why) refused.push(why);
      else good.push(file);
    }
    setTroubles(refused);
    setUploading(good.map((file) => file.name));
    for (const file of good) {
      try {
        const stored = await surface.upload(file);
        chosenFiles.current = [...chosenFiles.current, stored];
        field.set(chosenFiles.current);
      } catch (error) {
        setTroubles((before) => [...before, `‘${file.name}’ 파일을 올리지 못했습니다. ${error.message}`]);
      }
      setUploading((before) => before.slice(1));
    }
    if (good.length > 0 && block.dispatch_action) field.send(chosenFiles.current);
  }

  function change(event) {
    const files = [...event.target.files];
    event.target.value = '';
    add(files);
  }

  function drop(event) {
    event.preventDefault();
    setOver(false);
    add([...event.dataTransfer.files]);
  }

  const full = field.value.length >= max;
  // File types that the hint names already are not repeated.
  const unsaid = (element.filetypes ?? []).filter((type) => !block.hint?.text.includes(type));
  return html`<div class="file-input">
    <div class=${`drop ${over ? 'drop-over' : ''} ${full ? 'drop-full' : ''}`} onDragOver=${(event) => {
      event.preventDefault();
      setOver(true);
    }} onDragLeave=${() => setOver(false)} onDrop=${drop}>
      <input type="file" class="visually-hidden file-native" ref=${input} ...${described(props)} id=${id}
        multiple=${max > 1} accept=${(element.filetypes ?? []).map((type) => `.${type}`).join(',') || undefined}
        data-action=${element.action_id} onChange=${change} />
      ${!full && html`<button type="button" class="button" tabindex="-1" onClick=${() => input.current.click()}>파일 고르기</button>`}
      <span class="drop-text">${full ? '다른 파일로 바꾸려면 아래의 ‘삭제’를 누르십시오.' : '또는 파일을 여기로 끌어다 놓으십시오.'}</span>
      <small hidden=${full}>${unsaid.length > 0 ? `${element.filetypes.join(', ')} 파일 · ` : ''}${max}개까지</small>
    </div>
    ${troubles.map((trouble) => html`<p class="field-error" role="alert" key=${trouble}>${trouble}</p>`)}
    <ul class="file-list" aria-live="polite">
      ${field.value.map(
        (file) => html`<li class="file" key=${file.id}>
        <${FileFace} file=${file} />
        <button type="button" class="button button-small" aria-label=${`${file.name} 삭제`}
          onClick=${() => field.set(chosenFiles.current.filter((one) => one.id !== file.id))}>삭제</button>
      </li>`,
      )}
      ${uploading.map((name) => html`<li class="file" key=${name}><span class="spinner" aria-hidden="true"></span> ${name} 올리는 중…</li>`)}
    </ul>
  </div>`;
}

/** A file's type, name and size. */
export function FileFace({ file }) {
  return html`<span class="file-type" aria-hidden="true">${(extension(file.name ?? '') || 'file').slice(0, 4)}</span>
    <span class="file-words"><span class="file-name">${file.title || file.name}</span>
      <small>${fileSize(file.size)}</small></span>`;
}
