import { useEffect, useRef, useState } from 'preact/hooks';
import { dayInWords, fromLocalInput, toLocalInput } from '../core/format.js';
import { html } from '../core/html.js';
import { described, useField } from './field.js';

const SETTLE_MS = 700;

/**
 * A native date or time input. While a person types a year, it is 0002 and 0020 for a moment: a value counts only when
 * it is within the limits, and it is sent to the bot after a pause or when the person leaves the field.
 */
function Native({ props, type, limits, read, write, inWords }) {
  const field = useField(props.block, props.element);
  const [draft, setDraft] = useState(null);
  const timer = useRef(null);
  const lastSent = useRef(field.value);
  useEffect(() => () => clearTimeout(timer.current), []);

  function tell(value) {
    clearTimeout(timer.current);
    if (field.sends && value !== lastSent.current) {
      lastSent.current = value;
      field.send(value);
    }
  }

  function change(event) {
    const { value, validity } = event.target;
    setDraft(value);
    if (!validity.valid) return;
    const next = value === '' ? null : read(value);
    field.set(next);
    clearTimeout(timer.current);
    timer.current = setTimeout(() => tell(next), SETTLE_MS);
  }

  function leave() {
    setDraft(null);
    tell(field.value);
  }

  const words = inWords?.(field.value);
  return html`<span class="date-line"><input class="input input-date" type=${type} ...${limits} value=${draft ?? write(field.value)}
    ...${described(props)} aria-label=${props.id ? undefined : (props.element.placeholder?.text ?? props.label)}
    data-action=${props.element.action_id} onInput=${change} onBlur=${leave} />
    ${words && html`<span class="date-words">${words}</span>`}</span>`;
}

const same = (value) => value ?? '';

export const DatePicker = (props) =>
  html`<${Native} props=${props} type="date" limits=${{ min: '1900-01-01', max: '2999-12-31' }} read=${same} write=${same} inWords=${dayInWords} />`;

export const TimePicker = (props) =>
  html`<${Native} props=${props} type="time" limits=${{}} read=${same} write=${same} />`;

export const DateTimePicker = (props) =>
  html`<${Native} props=${props} type="datetime-local" limits=${{ min: '1990-01-01T00:00', max: '2999-12-31T23:59' }}
    read=${fromLocalInput} write=${toLocalInput} />`;
