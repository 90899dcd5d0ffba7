import { emojiOf } from '../core/emoji.js';
import { html } from '../core/html.js';
import { Broadcast, ChannelName, DateText, Link, Mention } from '../core/text.js';

const LEAVES = {
  text: (leaf) => lines(leaf.text),
  link: (leaf) => html`<${Link} url=${leaf.url}>${leaf.text ?? leaf.url}<//>`,
  user: (leaf) => html`<${Mention} id=${leaf.user_id} />`,
  channel: (leaf) => html`<${ChannelName} id=${leaf.channel_id} />`,
  usergroup: (leaf) => html`<span class="mention">@${leaf.usergroup_id}</span>`,
  broadcast: (leaf) => html`<${Broadcast} range=${leaf.range} />`,
  emoji: (leaf) => html`<span title=${`:${leaf.name}:`}>${emojiOf(leaf.name) ?? `:${leaf.name}:`}</span>`,
  date: (leaf) =>
    html`<${DateText} seconds=${leaf.timestamp} format=${leaf.format} fallback=${leaf.fallback ?? ''} url=${leaf.url} />`,
  color: (leaf) => html`<code>${leaf.value}</code>`,
};

const lines = (text) =>
  text.split('\n').flatMap((line, index) => (index === 0 ? [line] : [html`<br />`, line]));

const STYLES = [
  ['code', 'code'],
  ['bold', 'strong'],
  ['italic', 'em'],
  ['strike', 's'],
  ['underline', 'u'],
];

function leafNode(leaf) {
  const content = LEAVES[leaf.type]?.(leaf) ?? '';
  return STYLES.reduce(
    (inner, [style, Tag]) => (leaf.style?.[style] ? html`<${Tag}>${inner}</${Tag}>` : inner),
    content,
  );
}

const leaves = (part) => (part.elements ?? []).map(leafNode);

function List({ part }) {
  const Tag = part.style === 'ordered' ? 'ol' : 'ul';
  const indent = `rich-indent-${Math.min(part.indent ?? 0, 8)}`;
  return html`<${Tag} class=${indent} start=${part.style === 'ordered' ? (part.offset ?? 0) + 1 : undefined}>
    ${part.elements.map((item) => html`<li>${leaves(item)}</li>`)}
  </${Tag}>`;
}

const PARTS = {
  rich_text_section: (part) => html`<p>${leaves(part)}</p>`,
  rich_text_list: (part) => html`<${List} part=${part} />`,
  rich_text_quote: (part) => html`<blockquote>${leaves(part)}</blockquote>`,
  rich_text_preformatted: (part) =>
    html`<pre>${(part.elements ?? []).map((leaf) => leaf.text ?? leaf.url ?? '').join('')}</pre>`,
};

export const RichText = ({ block }) =>
  html`<div class="mrkdwn">${block.elements.map((part) => PARTS[part.type]?.(part))}</div>`;
