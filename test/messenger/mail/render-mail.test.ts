import { describe, expect, it } from 'vitest';
import {
  actions,
  button,
  context,
  divider,
  fallback,
  figures,
  header,
  lines,
  longText,
  mrkdwn,
  section,
  title,
} from '../../../src/messenger/blocks.ts';
import { renderMail } from '../../../src/messenger/mail/render-mail.ts';

const render = (...blocks: Parameters<typeof renderMail>[0]['blocks']) =>
  renderMail({ text: fallback('제목'), blocks }, '맺음말');

describe('a notice as a mail', () => {
  it('keeps every word and drops what is pressed', () => {
    const { text, html } = render(
      header('임시라이선스를 보내 드립니다.'),
      lines([
        { label: '시스템명', text: '민원관리시스템' },
        { label: '사유', text: '첫째 줄\n둘째 줄' },
      ]),
      divider,
      section('1. 설치하십시오.\n2. 시험하십시오.', button('a', '옆 단추')),
      title('처리 이력'),
      context('작은 글씨', '또 하나'),
      longText('긴 글'),
      actions(button('b', '수정하여 다시 제출')),
    );
    expect(text).toBe(
      [
        '임시라이선스를 보내 드립니다.',
        '시스템명: 민원관리시스템\n사유:\n첫째 줄\n둘째 줄',
        '-'.repeat(40),
        '1. 설치하십시오.\n2. 시험하십시오.',
        '처리 이력',
        '작은 글씨\n또 하나',
        '긴 글',
        '-'.repeat(40),
        '맺음말\n',
      ].join('\n\n'),
    );
    expect(html).toContain('<h2>임시라이선스를 보내 드립니다.</h2>');
    expect(html).toContain('<b>시스템명:</b> 민원관리시스템<b><br>사유:</b>');
    expect(html).toContain('<b>처리 이력</b>');
    for (const pressed of ['옆 단추', '수정하여']) expect(text + html).not.toContain(pressed);
  });

  it('reads our own formatting: dates, links, figures, escapes', () => {
    const { text } = render(
      mrkdwn('*굵게* <!date^1^{ago}|2026. 11. 23.> <https://gpki.go.kr|GPKI> a &amp; b'),
      figures({ '전체 보급건수': 3 }),
    );
    expect(text).toContain('굵게 2026. 11. 23. GPKI (https://gpki.go.kr) a & b');
    expect(text).toContain('전체 보급건수\n3건');
  });

  it('shows hostile text as it was typed, in HTML too', () => {
    const typed = '<script>alert(1)</script> <!channel> *a* & "b"';
    const { subject, text, html } = renderMail(
      { text: fallback(`보완요청: ${typed}\r\nBcc: x@y.kr`), blocks: [section(typed)] },
      '맺음말',
    );
    expect(text).toContain(typed);
    expect(html).not.toContain('<script');
    expect(html).toContain('&lt;script&gt;alert(1)&lt;/script&gt;');
    expect(subject).toBe(`[표준API] 보완요청: ${typed} Bcc: x@y.kr`);
  });

  it('cuts a subject that no mail program shows, at a whole letter', () => {
    const { subject } = renderMail({ text: '😀'.repeat(400), blocks: [] }, '');
    expect([...subject]).toHaveLength('[표준API] '.length + 150);
    expect(subject).not.toMatch(/[\uD800-\uDBFF]…/);
  });
});
