import { scan } from './scan.js';

/**
 * The part of Markdown that a bot writes in Slack's markdown block, as a tree (no markup is made here).
 *
 * Blocks: {type:'heading', level, children} {type:'paragraph'|'quote', children} {type:'code', text} {type:'rule'}
 *   {type:'list', ordered, start, items: children[]} {type:'table', rows: children[][]}
 * Inline: {type:'text', text} {type:'break'} {type:'bold'|'italic'|'strike', children} {type:'code', text}
 *   {type:'link', url, children}
 */

const INLINE = [
  { type: 'escape', pattern: /\\([\\`*_{}[\]()#+\-.!~|>])/y },
  { type: 'code', pattern: /`([^`\n]+)`/y },
  { type: 'link', pattern: /\[([^\]\n]+)\]\(([^()\s]+)\)/y },
  { type: 'bold', pattern: /\*\*(?=\S)([^\n]*?\S)\*\*/y },
  { type: 'bold', pattern: /__(?=\S)([^\n]*?\S)__(?![\p{L}\p{N}])/uy },
  { type: 'strike', pattern: /~~(?=\S)([^\n]*?\S)~~/y },
  { type: 'italic', pattern: /\*(?=[^\s*])([^\n*]*[^\s*])\*/y },
  { type: 'italic', pattern: /(?<![\p{L}\p{N}_])_(?=[^\s_])([^\n_]*[^\s_])_(?![\p{L}\p{N}_])/uy },
  { type: 'url', pattern: /https?:\/\/[^\s<>]*[^\s<>.,;:!?)\]}'"]/y },
];

function nodeFor(type, match) {
  if (type === 'escape') return { type: 'text', text: match[1] };
  if (type === 'code') return { type, text: match[1] };
  if (type === 'link') return { type, url: match[2], children: parseInline(match[1]) };
  if (type === 'url') return { type: 'link', url: match[0], children: [{ type: 'text', text: match[0] }] };
  return { type, children: parseInline(match[1]) };
}

/** @param {string} source @returns {object[]} inline nodes */
export const parseInline = (source) => scan(source, INLINE, nodeFor);

/** Each reader takes lines from the front of `lines` and answers a block, or null when they are not its kind. */
const READERS = [
  function fence(lines) {
    if (!/^```/.test(lines[0])) return null;
    lines.shift();
    const text = [];
    while (lines.length > 0 && !/^```\s*$/.test(lines[0])) text.push(lines.shift());
    lines.shift();
    return { type: 'code', text: text.join('\n') };
  },
  function heading(lines) {
    const match = /^(#{1,6}) +(.*?)#*$/.exec(lines[0]);
    if (!match) return null;
    lines.shift();
    return { type: 'heading', level: match[1].length, children: parseInline(match[2].trim()) };
  },
  function rule(lines) {
    if (!/^ {0,3}([-*_])( *\1){2,} *$/.test(lines[0])) return null;
    lines.shift();
    return { type: 'rule' };
  },
  function quote(lines) {
    const inner = takeWhile(lines, /^> ?(.*)$/);
    return inner.length > 0 ? { type: 'quote', children: parseInline(inner.join('\n')) } : null;
  },
  function list(lines) {
    const ordered = /^\s*(\d+)[.)] +/.exec(lines[0]);
    const items = takeWhile(lines, ordered ? /^\s*\d+[.)] +(.*)$/ : /^\s*[-*+] +(.*)$/);
    if (items.length === 0) return null;
    return {
      type: 'list',
      ordered: Boolean(ordered),
      start: ordered ? Number(ordered[1]) : 1,
      items: items.map(parseInline),
    };
  },
  function table(lines) {
    if (!/^\s*\|?[\s:|-]*-[\s:|-]*$/.test(lines[1] ?? '') || !lines[0].includes('|')) return null;
    const rows = takeWhile(lines, /^(.*\|.*)$/).filter((_row, index) => index !== 1);
    return { type: 'table', rows: rows.map(cells) };
  },
];

function takeWhile(lines, pattern) {
  const taken = [];
  for (
    let match = pattern.exec(lines[0] ?? '');
    lines.length > 0 && match;
    match = pattern.exec(lines[0] ?? '')
  ) {
    taken.push(match[1]);
    lines.shift();
  }
  return taken;
}

const cells = (row) =>
  row
    .trim()
    .replace(/^\||\|$/g, '')
    .split('|')
    .map((cell) => parseInline(cell.trim()));

/** @param {string} source @returns {object[]} block nodes */
export function parseMarkdown(source) {
  const lines = source.split('\n');
  const blocks = [];
  while (lines.length > 0) {
    const block = READERS.reduce((found, read) => found ?? read(lines), null);
    if (block) blocks.push(block);
    else addLine(blocks, lines.shift());
  }
  return blocks
    .filter((block) => block.type !== 'blank')
    .map((block) =>
      block.lines ? { type: 'paragraph', children: parseInline(block.lines.join('\n')) } : block,
    );
}

function addLine(blocks, line) {
  const last = blocks.at(-1);
  if (line.trim() === '') blocks.push({ type: 'blank' });
  else if (last?.lines) last.lines.push(line);
  else blocks.push({ lines: [line] });
}
