import { html } from '../core/html.js';
import { RichText } from './rich-text.js';

const cell = (content) =>
  content.type === 'rich_text'
    ? html`<${RichText} block=${content} />`
    : String(content.text ?? content.value ?? '');

/** Slack's table and data table; the first row is the heading. */
export function Table({ block }) {
  const [head = [], ...rows] = block.rows;
  const align = (index) => `align-${block.column_settings?.[index]?.align ?? 'left'}`;
  return html`<div class="table-scroll" tabindex="0" role="region" aria-label=${block.caption ?? '표'}>
    <table>
      <thead><tr>${head.map((content, index) => html`<th scope="col" class=${align(index)}>${cell(content)}</th>`)}</tr></thead>
      <tbody>${rows.map(
        (row) =>
          html`<tr>${row.map((content, index) => html`<td class=${align(index)}>${cell(content)}</td>`)}</tr>`,
      )}</tbody>
    </table>
  </div>`;
}
