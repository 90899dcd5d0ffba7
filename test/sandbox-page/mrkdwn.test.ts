import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseInline, parseMrkdwn } from '../../src/sandbox/page/core/mrkdwn.js';

const text = (value: string) => ({ type: 'text', text: value });

/** Every piece of text that a reader would see. */
function seen(node: unknown): string {
  if (Array.isArray(node)) return node.map(seen).join('');
  if (typeof node !== 'object' || node === null) return '';
  const { type, text: own, children } = node as { type?: string; text?: string; children?: unknown };
  return type === 'break' ? '\n' : (own ?? seen(children));
}

describe('mrkdwn', () => {
  it('reads bold, italic, strike and code, one inside another', () => {
    expect(parseInline('*굵게 _기울임_* ~지움~ `*코드*`')).toEqual([
      { type: 'bold', children: [text('굵게 '), { type: 'italic', children: [text('기울임')] }] },
      text(' '),
      { type: 'strike', children: [text('지움')] },
      text(' '),
      { type: 'code', text: '*코드*' },
    ]);
  });

  it.each(['*홍길동*님', 'a*b*c', '* 목록 *', '2*3*4', '파일_이름_1', '*열린 채로', '**'])(
    'leaves %s as typed',
    (source) => {
      expect(parseInline(source)).toEqual([text(source)]);
    },
  );

  it('reads mentions, broadcasts and links', () => {
    expect(parseInline('<@U1> <#C1|공지> <!here> <https://a.kr/?a=1&amp;b=2|주소>')).toEqual([
      { type: 'user', id: 'U1', label: null },
      text(' '),
      { type: 'channel', id: 'C1', label: '공지' },
      text(' '),
      { type: 'broadcast', range: 'here' },
      text(' '),
      { type: 'link', url: 'https://a.kr/?a=1&b=2', label: '주소' },
    ]);
  });

  it('makes a link of a bare address, without the full stop after it', () => {
    expect(parseInline('https://a.kr/x.')).toEqual([
      { type: 'link', url: 'https://a.kr/x', label: null },
      text('.'),
    ]);
  });

  it.each(['<javascript:alert(1)|눌러>', '<data:text/html,x>', '<b>'])('makes no link of %s', (source) => {
    expect(parseInline(source)).toEqual([text(source)]);
  });

  it('shows escaped mentions and markup as text', () => {
    expect(parseInline('&lt;!channel&gt; &lt;b&gt; &amp;lt;')).toEqual([text('<!channel> <b> &lt;')]);
  });

  it('knows shortcodes and leaves unknown ones', () => {
    expect(parseInline(':tada: :no_such_thing: 10:30:15')).toEqual([
      { type: 'emoji', text: '🎉', name: 'tada' },
      text(' :no_such_thing: 10:30:15'),
    ]);
    expect(parseInline(':constructor:')).toEqual([text(':constructor:')]);
  });

  it('reads quotes, paragraphs and block code', () => {
    expect(parseMrkdwn('앞\n> 하나\n&gt; 둘\n뒤\n```\n*그대로* &lt;b&gt;\n```')).toEqual([
      { type: 'paragraph', children: [text('앞')] },
      { type: 'quote', children: [text('하나'), { type: 'break' }, text('둘')] },
      { type: 'paragraph', children: [text('뒤')] },
      { type: 'pre', text: '*그대로* <b>' },
    ]);
  });

  it('reads a date with its fallback', () => {
    expect(parseInline('<!date^1772420000^{date_num}|2026-03-02>')).toEqual([
      { type: 'date', seconds: 1772420000, format: '{date_num}', url: null, fallback: '2026-03-02' },
    ]);
  });

  it('never loses or makes up a letter', () => {
    const letters = fc.string({
      unit: fc.constantFrom('가', 'a', ' ', '*', '_', '~', '`', '<', '>', '|', ':', '\n'),
    });
    fc.assert(
      fc.property(letters, (source) => {
        const words = seen(parseInline(source)).replace(/[^가a]/g, '');
        expect(words).toBe(source.replace(/[^가a]/g, ''));
      }),
    );
  });
});
