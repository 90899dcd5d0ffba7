import { useId } from 'preact/hooks';
import { html } from '../core/html.js';
import { Text } from '../core/text.js';
import { described, useField } from './field.js';

/** Radio buttons and checkboxes. */
export function Choices(props) {
  const { block, element } = props;
  const field = useField(block, element);
  const name = useId();
  const radio = element.type === 'radio_buttons';
  const chosen = radio ? [field.value].filter(Boolean) : field.value;
  const isChosen = (option) => chosen.some((one) => one.value === option.value);

  function change(option) {
    if (radio) field.choose(option);
    else
      field.choose(
        element.options.filter((one) => (one.value === option.value ? !isChosen(one) : isChosen(one))),
      );
  }

  const { id: _id, ...attributes } = described(props);
  return html`<div class="choices" role=${radio ? 'radiogroup' : 'group'} ...${attributes} tabindex="-1">
    ${element.options.map(
      (option, index) => html`<label class="choice" key=${option.value}>
      <input type=${radio ? 'radio' : 'checkbox'} name=${name} value=${option.value} checked=${isChosen(option)}
        aria-describedby=${option.description ? `${name}-${index}` : undefined}
        onChange=${() => change(option)} />
      <span class="choice-text"><${Text} object=${option.text} />
        ${option.description && html`<span class="choice-note" id=${`${name}-${index}`}><${Text} object=${option.description} /></span>`}
      </span>
    </label>`,
    )}
  </div>`;
}
