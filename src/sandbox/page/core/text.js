import { createContext } from 'preact';
import { useContext } from 'preact/hooks';
import { withEmoji } from './emoji.js';
import { formatDateTokens, safeUrl } from './format.js';
import { html } from './html.js';
import { parseMrkdwn } from './mrkdwn.js';

/** Who and what can be mentioned: {people, bot, channels, me}. */
export const Directory = createContext({ people: [], bot: null, channels: [], me: null });

export function nameOf(directory, id) {
  if (directory.bot?.userId === id) return directory.bot.name;
  return directory.people.find((person) => person.id === id)?.name ?? id;
}

export function Mention({ id, label }) {
  const directory = useContext(Directory);
  const mine = directory.me === id ? ' mention-me' : '';
  return html`<span class=${`mention${mine}`}>@${label ?? nameOf(directory, id)}</span>`;
}

export function ChannelName({ id, label }) {
  const { channels } = useContext(Directory);
  return html`<span class="mention">#${label ?? channels.find((channel) => channel.id === id)?.name ?? id}</span>`;
}

const RANGES = { channel: '@채널', here: '@여기', everyone: '@모두' };

export const Broadcast = ({ range }) =>
  html`<span class="mention mention-me">${RANGES[range] ?? `@${range}`}</span>`;

export function Link({ url, children }) {
  const safe = safeUrl(url);
  return safe
    ? html`<a href=${safe} target="_blank" rel="noopener noreferrer">${children}</a>`
    : html`<span>${children}</span>`;
}

export function DateText({ seconds, format, fallback, url }) {
  const text = Number.isFinite(seconds) ? formatDateTokens(seconds, format) : fallback;
  return url ? html`<${Link} url=${url}>${text}<//>` : text;
}

const RENDER = {
  text: (node) => node.text,
  break: () => html`<br />`,
  bold: (node) => html`<strong>${inline(node.children)}</strong>`,
  italic: (node) => html`<em>${inline(node.children)}</em>`,
  strike: (node) => html`<s>${inline(node.children)}</s>`,
  code: (node) => html`<code>${node.text}</code>`,
  emoji: (node) => html`<span title=${`:${node.name}:`}>${node.text}</span>`,
  link: (node) => html`<${Link} url=${node.url}>${node.label ?? node.url.replace(/^mailto:/, '')}<//>`,
  user: (node) => html`<${Mention} id=${node.id} label=${node.label} />`,
  channel: (node) => html`<${ChannelName} id=${node.id} label=${node.label} />`,
  group: (node) => html`<span class="mention">${node.label ?? `@${node.id}`}</span>`,
  broadcast: (node) => html`<${Broadcast} range=${node.range} />`,
  date: (node) => html`<${DateText} ...${node} />`,
  pre: (node) => html`<pre>${node.text}</pre>`,
  quote: (node) => html`<blockquote>${inline(node.children)}</blockquote>`,
  paragraph: (node) => html`<p>${inline(node.children)}</p>`,
};

const inline = (nodes) => nodes.map((node) => RENDER[node.type](node));

export const Mrkdwn = ({ text }) => html`<div class="mrkdwn">${inline(parseMrkdwn(text))}</div>`;

/** Slack's text object; plain_text is never formatted. */
export function Text({ object }) {
  if (!object) return null;
  return object.type === 'mrkdwn' ? html`<${Mrkdwn} text=${object.text} />` : plain(object);
}

/** A text object as a string, for labels and titles. */
export const plain = (object) =>
  object ? (object.emoji === false ? object.text : withEmoji(object.text ?? '')) : '';
