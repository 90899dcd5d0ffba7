import { html } from '../core/html.js';
import { parseMarkdown } from '../core/markdown.js';
import { Link } from '../core/text.js';

const RENDER = {
  text: (node) => node.text,
  break: () => html`<br />`,
  bold: (node) => html`<strong>${nodes(node.children)}</strong>`,
  italic: (node) => html`<em>${nodes(node.children)}</em>`,
  strike: (node) => html`<s>${nodes(node.children)}</s>`,
  link: (node) => html`<${Link} url=${node.url}>${nodes(node.children)}<//>`,
};

const nodes = (list) =>
  list.map((node) => (node.type === 'code' ? html`<code>${node.text}</code>` : RENDER[node.type](node)));

const BLOCKS = {
  heading: (block) =>
    html`<p class=${`md-heading md-heading-${block.level}`} role="heading" aria-level=${block.level + 2}>${nodes(block.children)}</p>`,
  paragraph: (block) => html`<p>${nodes(block.children)}</p>`,
  quote: (block) => html`<blockquote>${nodes(block.children)}</blockquote>`,
  code: (block) => html`<pre>${block.text}</pre>`,
  rule: () => html`<hr class="block-divider" />`,
  list: (block) =>
    block.ordered ? html`<ol start=${block.start}>${items(block)}</ol>` : html`<ul>${items(block)}</ul>`,
  table: ({ rows: [head, ...rows] }) => html`<div class="table-scroll"><table>
    <thead><tr>${head.map((cell) => html`<th scope="col">${nodes(cell)}</th>`)}</tr></thead>
    <tbody>${rows.map((row) => html`<tr>${row.map((cell) => html`<td>${nodes(cell)}</td>`)}</tr>`)}</tbody>
  </table></div>`,
};

const items = (block) => block.items.map((item) => html`<li>${nodes(item)}</li>`);

export const Markdown = ({ block }) =>
  html`<div class="mrkdwn">${parseMarkdown(block.text).map((part) => BLOCKS[part.type](part))}</div>`;
