import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { benchAgencies } from '../../../bench/agencies.ts';
import {
  type Agency,
  agencyCodeWarning,
  agencyKind,
  buildAgencyIndex,
  initialConsonants,
  isAgencyCode,
  searchAgencies,
} from '../../../src/records/people/agencies.ts';

const COLUMNS = ['code', 'name', 'abolished', 'successor', 'source', 'note'];

function starterRows(): Record<string, string>[] {
  const text = readFileSync(
    new URL('../../../src/records/people/starter-agencies.csv', import.meta.url),
    'utf8',
  );
  const [header, ...lines] = text.trimEnd().split('\n');
  expect(header).toBe(COLUMNS.join(','));
  return lines.map((line) => {
    const cells = line.split(',');
    expect([line, cells.length]).toEqual([line, COLUMNS.length]);
    return Object.fromEntries(COLUMNS.map((column, n) => [column, cells[n] ?? '']));
  });
}

const starter: Agency[] = starterRows().map((row) => ({
  code: row.code ?? '',
  name: row.name ?? '',
  abolished: row.abolished === '1',
  successor: row.successor || null,
}));
const index = buildAgencyIndex(starter);

function names(query: string, limit?: number): string[] {
  return searchAgencies(index, query, limit).map((hit) => hit.agency.name);
}

describe('searchAgencies', () => {
  it.each([
    ['행정안전부', '행정안전부'],
    ['ㅎㅈㅇㅈㅂ', '행정안전부'],
    ['1741000', '행정안전부'],
    ['b552584', '한국환경공단'],
    ['강남구', '서울특별시 강남구'],
    ['서울 강남', '서울특별시 강남구'],
    ['강남 서울', '서울특별시 강남구'],
    ['서울특별시강남구', '서울특별시 강남구'],
    ['ㅅㅇㅌㅂㅅㄱㄴㄱ', '서울특별시 강남구'],
    ['행정안ㅈ', '행정안전부'],
    ['행정아', '행정안전부'],
    ['과학기수', '과학기술정보통신부'],
    ['행정안전부'.normalize('NFD'), '행정안전부'],
  ])('%j finds %s first', (query, name) => {
    expect(names(query)[0]).toBe(name);
  });

  it('ranks exact, beginning, word, inside', () => {
    const few = buildAgencyIndex([
      { code: '0000001', name: '대한중구청장협의회' },
      { code: '0000002', name: '서울특별시 중구' },
      { code: '0000003', name: '중구문화재단' },
      { code: '0000004', name: '중구' },
      { code: '0000005', name: '지구' },
    ]);
    const found = searchAgencies(few, '중구').map((hit) => hit.agency.code);
    expect(found).toEqual(['0000004', '0000003', '0000002', '0000001']);
    expect(searchAgencies(few, 'ㅈㄱ')[0]?.agency.name).toMatch(/^[중지]구$/);
  });

  it('puts abolished agencies last, with who took over', () => {
    const hits = searchAgencies(index, '행정');
    const abolished = hits.findIndex((hit) => hit.agency.abolished);
    expect(abolished).toBeGreaterThan(0);
    expect(hits.slice(abolished).every((hit) => hit.agency.abolished)).toBe(true);
    const old = hits.find((hit) => hit.agency.code === '1740000');
    expect(old?.successor).toMatchObject({ code: '1741000', name: '행정안전부' });
    expect(hits[0]?.successor).toBeNull();
  });

  it('follows successors to the one in use, and out of a circle', () => {
    const chain = buildAgencyIndex([
      { code: '1311000', name: '옛', abolished: true, successor: '1740000' },
      { code: '1740000', name: '중간', abolished: true, successor: '1741000' },
      { code: '1741000', name: '지금' },
      { code: '9999991', name: '돌기', abolished: true, successor: '9999992' },
      { code: '9999992', name: '돌림', abolished: true, successor: '9999991' },
    ]);
    expect(searchAgencies(chain, '옛')[0]?.successor?.name).toBe('지금');
    expect(searchAgencies(chain, '돌기')[0]?.successor?.name).toBe('돌림');
  });

  it('finds nothing for nothing, keeps to the limit, survives what is typed', () => {
    expect(names('')).toEqual([]);
    expect(names('  ')).toEqual([]);
    expect(names('없는기관이름')).toEqual([]);
    expect(names('ㅎ', 5)).toHaveLength(5);
    expect(names('(((')).toEqual([]);
    expect(names('한국수력원자력(주)')[0]).toBe('한국수력원자력(주)');
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (query) => {
        expect(searchAgencies(index, query, 3).length).toBeLessThanOrEqual(3);
      }),
    );
  });

  it('finds every agency by its name, code and initial consonants', () => {
    fc.assert(
      fc.property(fc.constantFrom(...starter), (agency) => {
        for (const query of [agency.name, agency.code, initialConsonants(agency.name)]) {
          expect(searchAgencies(index, query, 100).map((hit) => hit.agency.code)).toContain(agency.code);
        }
      }),
    );
  });

  it('keeps up with typing over 60,000 agencies', () => {
    const bench = benchAgencies(60_000, 5);
    expect(bench.rows).toBe(60_000);
    // 20 ms is the aim (about 5 ms on an idle machine); room for a machine that runs other tests.
    for (const [query, ms] of Object.entries(bench.searchMs))
      expect([query, ms < 100]).toEqual([query, true]);
  });
});

describe('agency codes', () => {
  it('tell who may apply online', () => {
    expect(agencyKind('1741000')).toBe('ADMINISTRATIVE');
    expect(agencyKind('B552584')).toBe('PUBLIC');
  });

  it('are warned of when unknown or abolished, never refused', () => {
    expect(agencyCodeWarning(index, '1741000')).toBeNull();
    expect(agencyCodeWarning(index, '1311000')).toContain('행정안전부(1741000)');
    expect(agencyCodeWarning(index, '9999999')).toContain('등록된 목록에 없습니다');
  });
});

describe('initialConsonants', () => {
  it.each([
    ['행정안전부', 'ㅎㅈㅇㅈㅂ'],
    ['서울특별시 강남구', 'ㅅㅇㅌㅂㅅㄱㄴㄱ'],
    ['한전KDN(주)', 'ㅎㅈkdn(ㅈ)'],
    ['꿈빛쌍뜰', 'ㄲㅂㅆㄸ'],
    ['행정'.normalize('NFD'), 'ㅎㅈ'],
    ['', ''],
  ])('%j gives %j', (name, key) => {
    expect(initialConsonants(name)).toBe(key);
  });
});

describe('the starter list', () => {
  it('holds real-looking, unique codes, each with its source', () => {
    const rows = starterRows();
    expect(rows.length).toBeGreaterThan(300);
    expect(new Set(rows.map((row) => row.code)).size).toBe(rows.length);
    for (const row of rows) {
      expect([row.code, isAgencyCode(row.code ?? '')]).toEqual([row.code, true]);
      expect([row.code, row.name !== '', row.source !== '']).toEqual([row.code, true, true]);
      expect(['', '1']).toContain(row.abolished);
    }
  });

  it('names as successor only an agency in the list, and only for an abolished one', () => {
    for (const agency of starter.filter((row) => row.successor)) {
      expect(agency.abolished).toBe(true);
      expect(index.byCode.get(agency.successor ?? '')?.abolished).toBe(false);
    }
  });
});
