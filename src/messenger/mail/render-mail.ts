import type { KnownBlock } from '@slack/types';

/** Makes the text and HTML of a mail from the blocks of a notice, without buttons. */
interface MailText {
  subject: string;
  text: string;
  html: string;
}

interface Span {
  text: string;
  bold?: boolean;
}
interface Paragraph {
  kind: 'heading' | 'text' | 'note' | 'rule';
  spans: Span[];
}

const SUBJECT_LENGTH = 150;
const RULE = '-'.repeat(40);

/** @param footer our own words at the end of every mail */
export function renderMail(
  notice: { text: string; blocks: readonly KnownBlock[] },
  footer: string,
): MailText {
  const paragraphs: Paragraph[] = [
    ...notice.blocks.flatMap(paragraphsOf),
    { kind: 'rule', spans: [] },
    { kind: 'note', spans: [{ text: footer }] },
  ];
  return {
    subject: `[표준API] ${subjectOf(notice.text)}`,
    text: `${paragraphs.map(asText).join('\n\n')}\n`,
    html: `<!doctype html><html lang="ko"><head><meta charset="utf-8"></head><body style="font-family:sans-serif;line-height:1.6">${paragraphs.map(asHtml).join('')}</body></html>`,
  };
}

/** The subject of a mail: the fallback text of the notice, without the escapes that blocks.ts added, in one line. */
function subjectOf(fallback: string): string {
  const line = unescaped(fallback.replaceAll('\u200b', ''))
    .replace(/[\s\p{Cc}]+/gu, ' ')
    .trim();
  const letters = [...line];
  return letters.length <= SUBJECT_LENGTH ? line : `${letters.slice(0, SUBJECT_LENGTH - 1).join('')}…`;
}

function unescaped(text: string): string {
  return text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&');
}

type TextObject = { type: string; text: string };

function paragraphsOf(block: KnownBlock): Paragraph[] {
  switch (block.type) {
    case 'header':
      return [{ kind: 'heading', spans: spansOf(block.text) }];
    case 'section':
      return [...(block.text ? [block.text] : []), ...(block.fields ?? [])].map((text) => ({
        kind: 'text',
        spans: spansOf(text),
      }));
    case 'context':
      return [{ kind: 'note', spans: block.elements.flatMap(noteSpans) }];
    case 'divider':
      return [{ kind: 'rule', spans: [] }];
    case 'rich_text':
      return block.elements.map((element) => ({ kind: 'text', spans: labelled(richSpans(element)) }));
    case 'image':
      return [{ kind: 'note', spans: [{ text: block.alt_text }] }];
    default:
      return []; // buttons and input fields
  }
}

function noteSpans(element: { type: string }, index: number): Span[] {
  const gap = index > 0 ? [{ text: '\n' }] : [];
  if ('text' in element) return [...gap, ...spansOf(element as TextObject)];
  return 'alt_text' in element ? [...gap, { text: String(element.alt_text) }] : [];
}

function spansOf({ type, text }: TextObject): Span[] {
  return type === 'mrkdwn' ? mrkdwnSpans(text) : [{ text }];
}

/** Reads mrkdwn, which holds our own words only, so it has just bold text, dates and links. */
function mrkdwnSpans(text: string): Span[] {
  const plain = text
    .replace(/<!date\^[^>|]*\|([^>]*)>/g, '$1')
    .replace(/<(https?:[^>|]+)\|([^>]*)>/g, '$2 ($1)')
    .replace(/<(https?:[^>|]+)>/g, '$1');
  return plain
    .split(/(\*[^*\n]+\*)/)
    .filter((part) => part !== '')
    .map((part) =>
      /^\*[^*]+\*$/.test(part)
        ? { text: unescaped(part.slice(1, -1)), bold: true }
        : { text: unescaped(part) },
    );
}

interface RichElement {
  type: string;
  text?: string;
  url?: string;
  style?: { bold?: boolean } | string;
  elements?: readonly unknown[];
}

function richSpans(element: unknown): Span[] {
  const { type, text, url, style, elements = [] } = element as RichElement;
  if (type === 'rich_text_list')
    return elements.flatMap((item, index) => [{ text: `${index > 0 ? '\n' : ''}• ` }, ...richSpans(item)]);
  if (elements.length > 0) return elements.flatMap(richSpans);
  const words = text ?? url ?? '';
  return [{ text: words, ...(typeof style === 'object' && style.bold ? { bold: true } : {}) }];
}

/** Adds the colon to labels: on screen a label is bold (`라벨  값`), in plain text it reads `라벨: 값`. */
function labelled(spans: Span[]): Span[] {
  return spans.map((span, index) => {
    const next = spans[index + 1];
    if (span.bold && next && !next.bold && /^( {2}|\n)\S/.test(next.text))
      return { ...span, text: `${span.text}:` };
    return spans[index - 1]?.bold ? { ...span, text: span.text.replace(/^ {2}/, ' ') } : span;
  });
}

function asText({ kind, spans }: Paragraph): string {
  return kind === 'rule' ? RULE : spans.map(({ text }) => text).join('');
}

function asHtml({ kind, spans }: Paragraph): string {
  if (kind === 'rule') return '<hr>';
  const inner = spans.map(({ text, bold }) => (bold ? `<b>${escaped(text)}</b>` : escaped(text))).join('');
  if (kind === 'heading') return `<h2>${inner}</h2>`;
  return kind === 'note' ? `<p style="color:#555"><small>${inner}</small></p>` : `<p>${inner}</p>`;
}

function escaped(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll('\n', '<br>');
}
