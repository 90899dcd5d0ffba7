import { expect, test } from 'vitest';
import type { Printed } from '../../../src/features/documents/paper.ts';
import { pdfOf } from '../../../src/features/documents/pdf.ts';
import { hasPoppler, pdfText } from './read.ts';

const at = new Date('2026-11-23T00:00:00Z');
const printed = (text: string): Printed => ({
  title: '글자',
  parts: [{ paragraph: { look: 'body', pieces: [{ text }] } }],
});

/** Every sign that Korean Windows can type and keep: Hangul, Hanja, Greek, units, lines. */
function koreanSigns(): string[] {
  const decoder = new TextDecoder('euc-kr');
  const found = new Set<string>();
  for (let lead = 0x81; lead <= 0xfe; lead += 1)
    for (let trail = 0x41; trail <= 0xfe; trail += 1) {
      const sign = decoder.decode(Uint8Array.of(lead, trail));
      if ([...sign].length === 1 && sign !== '\ufffd') found.add(sign.normalize('NFC'));
    }
  return [...found].filter((sign) => sign.trim() !== '' && !/[\u3164\u00ad]/.test(sign));
}

/** What reaches a form from web pages and word processors beside them. */
const OTHERS = [...'․‧−∼〜–—‑•▪✓✔☑⓪❶⑯⑳㉑㉟ⅫⅻⅢ㈜㈔㎡㎥℃℉½⅓⅛₂²™©®€￦₩∙⋅éüñÅ髙﨑😀'];

test.skipIf(!hasPoppler)(
  'no sign of Korean office text is lost in a printed form, in either weight',
  async () => {
    const signs = [...koreanSigns(), ...OTHERS];
    expect(signs.length).toBeGreaterThan(8000);
    for (const look of ['body', 'strong'] as const) {
      const paper = printed('');
      const lines = Array.from({ length: Math.ceil(signs.length / 40) }, (_, n) =>
        signs.slice(40 * n, 40 * n + 40),
      );
      paper.parts = lines.map((line) => ({ paragraph: { look, pieces: [{ text: line.join(' ') }] } }));
      const text = new Set(pdfText(await pdfOf(paper, at)).normalize('NFC'));
      expect(signs.filter((sign) => !text.has(sign)).join('')).toBe('');
    }
  },
);
