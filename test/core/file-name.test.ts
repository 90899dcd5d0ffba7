import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { extensionOf, safeFileName } from '../../src/core/file-name.ts';
import { runs } from '../runs.ts';

describe('safeFileName', () => {
  it.each([
    ['시스템 구성도.hwp', '시스템 구성도.hwp'],
    ['시스템 구성도.hwp'.normalize('NFD'), '시스템 구성도.hwp'],
    ['../../etc/passwd', 'passwd'],
    ['C:\\문서\\공문.pdf', '공문.pdf'],
    ['공문\u202efdp.exe', '공문fdp.exe'],
    ['공문\u0000\n.pdf', '공문.pdf'],
    ['<!channel>|a?.pdf', '_!channel__a_.pdf'],
    ['CON.pdf', '_CON.pdf'],
    ['nul', '_nul'],
    ['console.pdf', 'console.pdf'],
    ['.htaccess', 'htaccess'],
    ['공문.pdf. .', '공문.pdf'],
    ['a   b.pdf', 'a b.pdf'],
    ['', '첨부파일'],
    ['...', '첨부파일'],
    ['a/', '첨부파일'],
    ['\ud800.pdf', 'pdf'],
  ])('%j becomes %j', (name, safe) => {
    expect(safeFileName(name)).toBe(safe);
  });

  it('shortens to 100 characters and keeps the extension', () => {
    const safe = safeFileName(`${'가'.repeat(300)}.hwp`);
    expect([...safe]).toHaveLength(100);
    expect(safe.endsWith('가.hwp')).toBe(true);
    expect([...safeFileName('가'.repeat(300))]).toHaveLength(100);
    expect(safeFileName(`${'가'.repeat(99)} ${'나'.repeat(99)}`)).toBe('가'.repeat(99));
  });

  it('is safe whatever comes in, and the same a second time', () => {
    const anyName = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 300 }),
      fc.string({ unit: 'grapheme', maxLength: 300 }),
      fc.string({ unit: fc.constantFrom('가', ' ', '.', '/', '\u202e', 'con', ':'), maxLength: 300 }),
    );
    fc.assert(
      fc.property(anyName, (name) => {
        const safe = safeFileName(name);
        expect(safe).not.toBe('');
        expect([...safe].length).toBeLessThanOrEqual(100);
        expect(safe).not.toMatch(/[/\\<>:"|?*\p{C}]|^[\s.]|[\s.]$/u);
        expect(safe.isWellFormed?.() ?? true).toBe(true);
        expect(safeFileName(safe)).toBe(safe);
      }),
      { numRuns: runs(200, 1000) },
    );
  });
});

describe('extensionOf', () => {
  it.each([
    ['a.PDF', 'pdf'],
    ['a.tar.gz', 'gz'],
    ['a', ''],
    ['.hwp', ''],
    ['a.', ''],
    ['a.b/c', ''],
  ])('%j has %j', (name, extension) => {
    expect(extensionOf(name)).toBe(extension);
  });
});
