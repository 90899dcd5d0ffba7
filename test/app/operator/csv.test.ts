import { expect, test } from 'vitest';
import { decodeText, readCsv } from '../../../src/app/operator/csv.ts';

const cells = (text: string) => readCsv(text).map((row) => row.cells);

test('cells by the names of the header, whatever ends the lines', () => {
  for (const end of ['\n', '\r\n', '\r'])
    expect(cells(`Code, name ${end}1, 가 ${end}2,나${end}`)).toEqual([
      { code: '1', name: '가' },
      { code: '2', name: '나' },
    ]);
});

test('quoted cells hold commas, quotes and line ends', () => {
  expect(cells('a,b\n"x, ""y""","1\n2"\n"","z"')).toEqual([
    { a: 'x, "y"', b: '1\n2' },
    { a: '', b: 'z' },
  ]);
});

test('a row knows the line it begins on', () => {
  expect(readCsv('a\n"1\n2"\n\n3').map((row) => row.line)).toEqual([2, 5]);
});

test('missing cells are empty, blank rows are none, and so is an empty file', () => {
  expect(cells('a,b\n1\n,\n')).toEqual([{ a: '1', b: '' }]);
  expect(cells('')).toEqual([]);
});

test('UTF-8 with and without a mark, and CP949', () => {
  expect(decodeText(Buffer.from('\ufeff가'))).toBe('가');
  expect(decodeText(Buffer.from('가'))).toBe('가');
  expect(decodeText(Buffer.from([0xb0, 0xa1, 0x2c, 0x8c, 0x63]))).toBe('가,똠'); // 똠 is not in KS X 1001
});

test('the 8,822 syllables that CP949 has and KS X 1001 has not', () => {
  const trails = (to: number) => [...range(0x41, 0x5a), ...range(0x61, 0x7a), ...range(0x81, to)];
  const pairs = [
    ...range(0x81, 0xa0).flatMap((lead) => trails(0xfe).map((trail) => [lead, trail])),
    ...range(0xa1, 0xc5).flatMap((lead) => trails(0xa0).map((trail) => [lead, trail])),
    ...range(0x41, 0x52).map((trail) => [0xc6, trail]),
  ];
  const others = [...decodeText(Uint8Array.from(pairs.flat()))];
  expect(others).toHaveLength(8822);
  expect(others.slice(0, 3)).toEqual(['갂', '갃', '갅']);
  expect(others.at(-1)).toBe('힣');
  expect(others.toSorted()).toEqual(others);
});

test('bytes that are neither are an error, not rubbish', () => {
  for (const bytes of [[0xff, 0xff], [0x81, 0x20], [0xc6, 0x53], [0xb0]])
    expect(() => decodeText(Uint8Array.from(bytes))).toThrow(TypeError);
});

function range(from: number, to: number): number[] {
  return Array.from({ length: to - from + 1 }, (_, n) => from + n);
}
