import { expect, test } from 'vitest';
import { readableText } from '../../src/messenger/pasted-text.ts';

const LOG = '2026-11-29 10:00:01 [ERROR] 라이선스 확인 실패 (1105)';
/** 라이선스, as Korean Windows writes it. */
const KOREAN_WINDOWS = Buffer.from([0xb6, 0xf3, 0xc0, 0xcc, 0xbc, 0xb1, 0xbd, 0xba]);

test.each([
  ['UTF-8', Buffer.from(LOG), LOG],
  ['UTF-8 with a mark', Buffer.from(`\ufeff${LOG}`), LOG],
  ['UTF-16', Buffer.from(`\ufeff${LOG}`, 'utf16le'), LOG],
  ['UTF-16, the other way round', Buffer.from(`\ufeff${LOG}`, 'utf16le').swap16(), LOG],
  ['CP949', KOREAN_WINDOWS, '라이선스'],
  ['with colours of a terminal', Buffer.from('\u001b[31m오류 1103\u001b[0m'), '[31m오류 1103[0m'],
  ['no text', Buffer.from([0x7f, 0x45, 0x4c, 0x46, 2, 1, 0, 0, 0]), ''],
  ['nothing', Buffer.alloc(0), ''],
])('a text file in %s', (_what, bytes, text) => expect(readableText(bytes)).toBe(text));

test('of a long one the first 64 KiB, and no half letter at their end', () => {
  const text = readableText(Buffer.from(`1${'가'.repeat(40_000)}`));
  expect(text).toMatch(/^1가+$/);
  expect(Buffer.byteLength(text)).toBe(1 + Math.floor((64 * 1024 - 1) / 3) * 3);
});
