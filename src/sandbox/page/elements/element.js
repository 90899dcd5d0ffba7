import { html } from '../core/html.js';
import { Button } from './button.js';
import { Choices } from './choices.js';
import { DatePicker, DateTimePicker, TimePicker } from './dates.js';
import { FileInput } from './file-input.js';
import { Overflow } from './overflow.js';
import { Picture } from './picture.js';
import { Select } from './select.js';
import { RichTextInput, TextInput } from './text-input.js';

const ELEMENTS = {
  button: Button,
  overflow: Overflow,
  image: Picture,
  radio_buttons: Choices,
  checkboxes: Choices,
  datepicker: DatePicker,
  timepicker: TimePicker,
  datetimepicker: DateTimePicker,
  plain_text_input: TextInput,
  email_text_input: TextInput,
  url_text_input: TextInput,
  number_input: TextInput,
  rich_text_input: RichTextInput,
  file_input: FileInput,
};

/**
 * Any Block Kit element.
 * @param {{block: object, element: object, id?: string, label?: string, labelledBy?: string,
 *   describedBy?: string, invalid?: boolean, required?: boolean}} props
 *   `id` belongs to the control itself when a <label for> names it; otherwise `label` does
 */
export function Element(props) {
  const { type } = props.element;
  const Kind = ELEMENTS[type] ?? (/_select$/.test(type) ? Select : null);
  if (!Kind) return html`<span class="unknown">표시할 수 없는 요소입니다 (${type})</span>`;
  return html`<${Kind} ...${props} />`;
}
