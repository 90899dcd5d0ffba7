import { describe, expect, it } from 'vitest';
import { parseInline, parseMarkdown } from '../../src/sandbox/page/core/markdown.js';

const text = (value: string) => ({ type: 'text', text: value });

describe('markdown block', () => {
  it('reads headings, paragraphs, lists, code and rules', () => {
    expect(parseMarkdown('## 제목\n본문\n둘째 줄\n\n- 하나\n- 둘\n3. 셋\n```sh\nls -l\n```\n---')).toEqual([
      { type: 'heading', level: 2, children: [text('제목')] },
      { type: 'paragraph', children: [text('본문'), { type: 'break' }, text('둘째 줄')] },
      { type: 'list', ordered: false, start: 1, items: [[text('하나')], [text('둘')]] },
      { type: 'list', ordered: true, start: 3, items: [[text('셋')]] },
      { type: 'code', text: 'ls -l' },
      { type: 'rule' },
    ]);
  });

  it('reads a table without its line of dashes', () => {
    expect(parseMarkdown('| 이름 | 값 |\n|---|---:|\n| 가 | 1 |')).toEqual([
      {
        type: 'table',
        rows: [
          [[text('이름')], [text('값')]],
          [[text('가')], [text('1')]],
        ],
      },
    ]);
  });

  it('reads styles and links, and takes escapes literally', () => {
    expect(parseInline('**굵게** *기울임* ~~지움~~ [링크](https://a.kr) \\*별\\*')).toEqual([
      { type: 'bold', children: [text('굵게')] },
      text(' '),
      { type: 'italic', children: [text('기울임')] },
      text(' '),
      { type: 'strike', children: [text('지움')] },
      text(' '),
      { type: 'link', url: 'https://a.kr', children: [text('링크')] },
      text(' '),
      text('*'),
      text('별'),
      text('*'),
    ]);
  });

  it('ends an open fence at the end of the text', () => {
    expect(parseMarkdown('```\n열린 채로')).toEqual([{ type: 'code', text: '열린 채로' }]);
  });
});
