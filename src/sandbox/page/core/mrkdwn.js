import { emojiOf } from './emoji.js';
import { scan } from './scan.js';

/**
 * Slack's mrkdwn as a tree. Nothing here makes markup: the page turns the tree into text nodes.
 *
 * Block nodes: {type:'paragraph'|'quote', children} and {type:'pre', text}.
 * Inline nodes: {type:'text', text} {type:'break'} {type:'bold'|'italic'|'strike', children} {type:'code', text}
 *   {type:'emoji', text, name} {type:'link', url, label|null} {type:'user'|'channel'|'group', id, label|null}
 *   {type:'broadcast', range} {type:'date', seconds, format, fallback, url|null}
 */

const ENTITIES = { '&lt;': '<', '&gt;': '>', '&amp;': '&' };
const decode = (text) => text.replace(/&(?:lt|gt|amp);/g, (entity) => ENTITIES[entity]);

// A marker counts only where a word does not touch it on its outer side, and no space on its inner side.
// Hangul counts as a word: `*홍길동*님` stays as typed, as in Slack.
const styled = (mark) =>
  new RegExp(
    `(?<![\\p{L}\\p{N}${mark}])${mark}(?![\\s${mark}])([^\\n${mark}]*[^\\s${mark}])${mark}(?![\\p{L}\\p{N}${mark}])`,
    'uy',
  );

const INLINE = [
  { type: 'code', pattern: /`([^`\n]+)`/y },
  { type: 'angle', pattern: /<([^<>\n]+)>/y },
  { type: 'bold', pattern: styled('\\*') },
  { type: 'italic', pattern: styled('_') },
  { type: 'strike', pattern: styled('~') },
  { type: 'emoji', pattern: /:([a-z0-9_+-]+):/y },
  { type: 'url', pattern: /https?:\/\/[^\s<>|]*[^\s<>|.,;:!?)\]}'"]/y },
];

function angle(body) {
  const bar = body.indexOf('|');
  const target = bar < 0 ? body : body.slice(0, bar);
  const label = bar < 0 ? null : decode(body.slice(bar + 1));
  const id = target.slice(1);
  if (/^@[UW][A-Z0-9]*$/.test(target)) return { type: 'user', id, label };
  if (/^#[CDG][A-Z0-9]*$/.test(target)) return { type: 'channel', id, label };
  if (target.startsWith('!subteam^')) return { type: 'group', id: target.slice(9), label };
  if (/^!(channel|here|everyone)$/.test(target)) return { type: 'broadcast', range: id };
  if (target.startsWith('!date^')) {
    const [, seconds, format, url] = target.split('^');
    return {
      type: 'date',
      seconds: Number(seconds),
      format: format ?? '',
      url: url ?? null,
      fallback: label ?? '',
    };
  }
  if (/^(https?:\/\/|mailto:|tel:)/i.test(target)) return { type: 'link', url: decode(target), label };
  return null;
}

function nodeFor(type, match) {
  if (type === 'code') return { type, text: decode(match[1]) };
  if (type === 'angle') return angle(match[1]);
  if (type === 'url') return { type: 'link', url: decode(match[0]), label: null };
  if (type === 'emoji') {
    const text = emojiOf(match[1]);
    return text ? { type, text, name: match[1] } : null;
  }
  return { type, children: parseInline(match[1]) };
}

/** @param {string} source @returns {object[]} inline nodes */
export const parseInline = (source) => scan(source, INLINE, nodeFor, decode);

/** @param {string} source a whole mrkdwn text @returns {object[]} block nodes */
export function parseMrkdwn(source) {
  return source.split(/```\n?([\s\S]+?)\n?```\n?/).flatMap((part, index) => {
    if (index % 2 === 1)
      return [
        {
          type: 'pre',
          text: decode(part.replace(/<((?:https?:|mailto:)[^<>|\n]+)(?:\|([^<>\n]+))?>/g, bare)),
        },
      ];
    return part === '' ? [] : paragraphs(part);
  });
}

const bare = (_whole, target, label) => label ?? target;

function paragraphs(text) {
  const blocks = [];
  for (const line of text.replace(/\n$/, '').split('\n')) {
    const quoted = /^(?:>|&gt;) ?(.*)$/.exec(line);
    const type = quoted ? 'quote' : 'paragraph';
    const last = blocks.at(-1);
    const content = quoted ? quoted[1] : line;
    if (last?.type === type) last.lines.push(content);
    else blocks.push({ type, lines: [content] });
  }
  return blocks.map((block) => ({ type: block.type, children: parseInline(block.lines.join('\n')) }));
}
