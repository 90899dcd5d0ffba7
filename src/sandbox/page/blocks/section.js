import { html } from '../core/html.js';
import { plain, Text } from '../core/text.js';
import { Element } from '../elements/element.js';

/** The first line of a section names its accessory for those who cannot see the layout. */
const nameFrom = (block) =>
  plain(block.text)
    .replace(/[*_~`]/g, '')
    .split('\n')[0]
    .slice(0, 80) || undefined;

export function Section({ block }) {
  return html`<div class="block-section">
    <div class="section-words">
      ${block.text && html`<${Text} object=${block.text} />`}
      ${
        block.fields &&
        html`<div class="section-fields">
        ${block.fields.map((field) => html`<div class="section-field"><${Text} object=${field} /></div>`)}
      </div>`
      }
    </div>
    ${
      block.accessory &&
      html`<div class="section-accessory">
      <${Element} block=${block} element=${block.accessory} label=${nameFrom(block)} />
    </div>`
    }
  </div>`;
}
