import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { checkLetterDate, letterKey, parseLetterNumber } from '../../src/filing/official-letter.ts';

function read(text: string, kind: 'ADMINISTRATIVE' | 'PUBLIC' = 'ADMINISTRATIVE') {
  const result = parseLetterNumber(text, kind);
  if (!result.ok) throw new Error(result.message);
  return { number: result.number, department: result.department };
}

function refusal(text: string, kind: 'ADMINISTRATIVE' | 'PUBLIC' = 'ADMINISTRATIVE'): string {
  const result = parseLetterNumber(text, kind);
  if (result.ok) throw new Error(`accepted ${text}`);
  return result.message;
}

describe('parseLetterNumber', () => {
  it.each([
    ['디지털안전정책과-1234', '디지털안전정책과-1234', '디지털안전정책과'],
    [' 디지털안전정책과 - 1234 ', '디지털안전정책과-1234', '디지털안전정책과'],
    ['디지털안전정책과－１２３４', '디지털안전정책과-1234', '디지털안전정책과'],
    ['디지털안전정책과–1234', '디지털안전정책과-1234', '디지털안전정책과'],
    ['예산ㆍ회계과-7', '예산·회계과-7', '예산·회계과'],
    ['AI정책과(TF)-12', 'AI정책과(TF)-12', 'AI정책과(TF)'],
    [`${'스마트도시과'.normalize('NFD')}-3`, '스마트도시과-3', '스마트도시과'],
  ])('%j of an 행정기관 is %j', (text, number, department) => {
    expect(read(text)).toEqual({ number, department });
  });

  it.each([
    ['', '입력해 주십시오'],
    ['1234', '처리과 이름이 빠졌습니다'],
    ['-1234', '처리과-번호'],
    ['디지털안전정책과', '등록번호가 없습니다'],
    ['디지털안전정책과-', '등록번호가 없습니다'],
    ['디지털안전정책과-1234호', '‘호’를 빼고'],
    ['디지털안전정책과_1234', '형식으로'],
    ['<!channel>-1', '형식으로'],
    ['총무과\u202e-1', '보이지 않는 문자'],
    ['가'.repeat(61), '60자까지'],
  ])('%j of an 행정기관 is refused: %s', (text, part) => {
    expect(refusal(text)).toContain(part);
  });

  it('takes what a 공공기관 writes, up to 60 characters', () => {
    expect(read('제2026-디지털-15호', 'PUBLIC')).toEqual({ number: '제2026-디지털-15호', department: null });
    expect(read('1234', 'PUBLIC').number).toBe('1234');
    expect(refusal(' ', 'PUBLIC')).toContain('입력해 주십시오');
    expect(refusal('a'.repeat(61), 'PUBLIC')).toContain('현재 61자');
    expect(refusal('문서\u0007-1', 'PUBLIC')).toContain('보이지 않는 문자');
  });

  it('reads its own form back the same, and never throws', () => {
    const text = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.stringMatching(/^[가-힣 ·A-Z()]{1,20} ?- ?\d{1,6}$/),
    );
    fc.assert(
      fc.property(text, fc.constantFrom('ADMINISTRATIVE' as const, 'PUBLIC' as const), (typed, kind) => {
        const first = parseLetterNumber(typed, kind);
        if (first.ok) expect(parseLetterNumber(first.number, kind)).toEqual(first);
      }),
    );
  });
});

describe('letterKey', () => {
  const key = (text: string, day: string, agency = '1741000') => letterKey(agency, read(text), day);

  it('is the same for the same letter, however it was typed', () => {
    expect(key('총무과 - 0012', '2026-03-02')).toBe(key('총무과-12', '2026-11-23'));
    expect(key('인사 과-12', '2026-03-02')).toBe(key('인사과-12', '2026-03-02'));
  });

  it('differs by year, department, number and agency', () => {
    const keys = [
      key('총무과-12', '2026-03-02'),
      key('총무과-12', '2025-12-31'),
      key('인사과-12', '2026-03-02'),
      key('총무과-120', '2026-03-02'),
      key('총무과-12', '2026-03-02', '1613000'),
    ];
    expect(new Set(keys).size).toBe(keys.length);
  });

  it('does not take a 공공기관 number apart', () => {
    const one = letterKey('B552584', read('디지털-0012', 'PUBLIC'), '2026-03-02');
    expect(one).not.toBe(letterKey('B552584', read('디지털-12', 'PUBLIC'), '2026-03-02'));
  });
});

describe('checkLetterDate', () => {
  it.each([
    ['2026-11-23', null],
    ['2025-11-23', null],
    ['2025-11-22', '1년 넘게'],
    ['2019-01-02', '1년 넘게'],
  ])('%s seen on 2026-11-23 is taken (warning: %s)', (day, part) => {
    const result = checkLetterDate(day, '2026-11-23');
    expect(result.ok && (part === null ? result.warning : result.warning?.includes(part))).toBe(
      part === null ? null : true,
    );
  });

  it.each([
    ['2026-11-24', '오늘보다 늦습니다'],
    ['2026-02-30', '날짜로 입력'],
    ['2026-1-2', '날짜로 입력'],
    ['', '날짜로 입력'],
  ])('%j is refused: %s', (day, part) => {
    const result = checkLetterDate(day, '2026-11-23');
    expect(result.ok ? '' : result.message).toContain(part);
  });
});
