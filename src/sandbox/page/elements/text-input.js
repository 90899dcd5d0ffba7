import { useEffect, useRef } from 'preact/hooks';
import { html } from '../core/html.js';
import { composing } from '../core/ime.js';
import { plain } from '../core/text.js';
import { described, useField } from './field.js';

const PAUSE_MS = 500;
const MODES = { email_text_input: 'email', url_text_input: 'url', number_input: 'decimal' };

/** plain_text_input, email_text_input, url_text_input and number_input. */
export function TextInput(props) {
  const { block, element } = props;
  const field = useField(block, element);
  const input = useRef(null);
  const timer = useRef(null);
  const text = field.value ?? '';
  const hears = (when) =>
    block.dispatch_action &&
    (element.dispatch_action_config?.trigger_actions_on ?? ['on_enter_pressed']).includes(when);

  useEffect(() => () => clearTimeout(timer.current), []);
  useEffect(() => {
    if (element.focus_on_load) input.current?.focus();
  }, []);
  useEffect(() => {
    if (element.multiline) fitHeight(input.current);
  }, [text]);

  function change(event) {
    const { value } = event.target;
    field.set(value === '' ? null : value);
    if (!hears('on_character_entered')) return;
    clearTimeout(timer.current);
    timer.current = setTimeout(() => field.send(value), PAUSE_MS);
  }

  function onKeyDown(event) {
    if (event.key !== 'Enter' || composing(event) || event.shiftKey) return;
    if (hears('on_enter_pressed')) {
      event.preventDefault();
      field.send(text);
    }
  }

  const shared = {
    ...described(props),
    ref: input,
    class: 'input',
    value: text,
    placeholder: plain(element.placeholder),
    maxLength: element.max_length,
    autocomplete: 'off',
    'data-action': element.action_id,
    onInput: change,
    onKeyDown,
  };
  return html`<div class="text-input">
    ${
      element.multiline
        ? html`<textarea ...${shared} rows="4"></textarea>`
        : html`<input ...${shared} type="text" inputmode=${MODES[element.type]} />`
    }
    ${element.max_length && html`<${Counter} length=${[...text].length} max=${element.max_length} />`}
  </div>`;
}

const Counter = ({ length, max }) =>
  length >= max * 0.8 ? html`<span class="counter" aria-live="polite">${length} / ${max}자</span>` : null;

function fitHeight(area) {
  if (!area) return;
  area.style.height = 'auto';
  area.style.height = `${Math.min(area.scrollHeight + 2, 400)}px`;
}

/** rich_text_input, kept simple: what is typed goes out as one unformatted section. */
export function RichTextInput(props) {
  const { block, element } = props;
  const field = useField(block, element);
  const text = (field.value?.elements ?? [])
    .flatMap((part) => part.elements ?? [])
    .map((leaf) => leaf.text ?? '')
    .join('');
  const wrap = (value) => ({
    type: 'rich_text',
    elements: [{ type: 'rich_text_section', elements: [{ type: 'text', text: value }] }],
  });
  return html`<textarea class="input" rows="4" ...${described(props)} value=${text} placeholder=${plain(element.placeholder)}
    data-action=${element.action_id}
    onInput=${(event) => field.set(event.target.value === '' ? null : wrap(event.target.value))}></textarea>`;
}
