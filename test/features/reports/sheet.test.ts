import { inflateRawSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { sheetFile, tableFiles } from '../../../src/features/reports/sheet.ts';

/** The entries of a ZIP file by name, from its central directory. */
function entries(zip: Buffer): Map<string, string> {
  const found = new Map<string, string>();
  for (let at = zip.indexOf('PK\x01\x02'); at !== -1; at = zip.indexOf('PK\x01\x02', at + 4)) {
    const name = zip.toString('utf8', at + 46, at + 46 + zip.readUInt16LE(at + 28));
    const header = zip.readUInt32LE(at + 42);
    const start = header + 30 + zip.readUInt16LE(header + 26) + zip.readUInt16LE(header + 28);
    const bytes = zip.subarray(start, start + zip.readUInt32LE(at + 20));
    found.set(name, (zip.readUInt16LE(at + 10) === 8 ? inflateRawSync(bytes) : bytes).toString('utf8'));
  }
  return found;
}

const table = {
  name: '조사 결과 [2026]',
  head: ['기관', '시스템', '건수'],
  rows: [
    ['행정안전부', '=HYPERLINK("http://x")', 3],
    ['서울특별시', null, 1200],
  ],
};

test('a workbook holds the table; what looks like a formula is text, numbers are numbers', async () => {
  const { name, bytes } = await sheetFile(table);
  expect(name).toBe('조사 결과 [2026].xlsx');
  const files = entries(bytes);
  const sheet = files.get('xl/worksheets/sheet1.xml') ?? '';
  expect([...files.values()].join()).toContain('=HYPERLINK(');
  expect(sheet).not.toContain('<f>');
  expect(sheet).toMatch(/<v>1200<\/v>/);
  expect(files.get('xl/workbook.xml')).not.toContain('[2026]'); // Excel takes no brackets in a sheet's name
});

test('both forms come together', async () => {
  const [, csv] = await tableFiles(table);
  expect(csv?.name).toBe('조사 결과 [2026].csv');
  expect(csv?.bytes.toString('utf8')).toContain(`"'=HYPERLINK(""http://x"")"`);
});
