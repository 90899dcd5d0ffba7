import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type Agency,
  agencyCodeWarning,
  agencyKind,
  buildAgencyIndex,
  isAgencyCode,
  searchAgencies,
} from '../../../src/records/people/agencies.ts';
import { initialConsonants } from '../../../src/records/people/hangul.ts';
import { shortNameKinds } from '../../../src/records/people/short-names.ts';

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

  it.each([
    ['행안부', '행정안전부'],
    ['행안', '행정안전부'],
    ['ㅎㅇㅂ', '행정안전부'],
    ['복지부', '보건복지부'],
    ['과기정통부', '과학기술정보통신부'],
    ['환경부', '기후에너지환경부'],
    ['여가부', '성평등가족부'],
    ['통계청', '국가데이터처'],
    ['방통위', '방송미디어통신위원회'],
    ['개보위', '개인정보보호위원회'],
    ['검찰청', '공소청'],
    ['경기도청', '경기도'],
    ['서울시', '서울특별시'],
    ['충북', '충청북도'],
    ['전남도청', '전남광주통합특별시'],
    ['강남구청', '서울특별시 강남구'],
    ['수원시청', '경기도 수원시'],
    ['울릉군청', '경상북도 울릉군'],
    ['경기 수원', '경기도 수원시'],
    ['충북 청주시청', '충청북도 청주시'],
    ['한전', '한국전력공사'],
    ['LH', '한국토지주택공사'],
    ['코레일', '한국철도공사'],
    ['건보공단', '국민건강보험공단'],
    ['심평원', '건강보험심사평가원'],
    ['K-water', '한국수자원공사'],
  ])('what is called %j every day is %s', (query, name) => {
    expect(names(query)[0]).toBe(name);
  });

  it('what is only begun or written out of others keeps its place below', () => {
    expect(names('한전')).toContain('한전KDN(주)');
    expect(names('서울').slice(0, 2)).toEqual(['서울특별시', '서울특별시 중구']);
    expect(names('기재부').slice(0, 2).sort()).toEqual(['기획예산처', '재정경제부']);
    expect(names('ㅎㅈ')).toEqual(expect.arrayContaining(['헌법재판소', '한국전력공사']));
    expect(names('기재부 '.repeat(30), 5).length).toBeLessThanOrEqual(5);
    expect(names('국세청')).toEqual(['국세청']);
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

const CENTRAL =
  '재정경제부 과학기술정보통신부 교육부 외교부 통일부 법무부 국방부 행정안전부 국가보훈부 문화체육관광부 농림축산식품부 ' +
  '산업통상부 보건복지부 기후에너지환경부 고용노동부 성평등가족부 국토교통부 해양수산부 중소벤처기업부 ' +
  '기획예산처 인사혁신처 법제처 식품의약품안전처 국가데이터처 지식재산처 ' +
  '국세청 관세청 조달청 우주항공청 재외동포청 공소청 병무청 방위사업청 경찰청 소방청 중대범죄수사청 국가유산청 농촌진흥청 ' +
  '산림청 질병관리청 기상청 해양경찰청 행정중심복합도시건설청 새만금개발청 ' +
  '방송미디어통신위원회 공정거래위원회 국민권익위원회 금융위원회 개인정보보호위원회 원자력안전위원회 ' +
  '국무조정실 국가정보원 감사원';

/**
 * 기초자치단체 by 시·도, since 1 July 2026: 전남 and 광주 are one (17 시·도 became 16), 인천 has one 구 more (226 became
 * 227). 세종 and 제주 have none.
 */
const LOCAL: Record<string, number> = {
  서울특별시: 25,
  부산광역시: 16,
  대구광역시: 9,
  인천광역시: 11,
  대전광역시: 5,
  울산광역시: 5,
  세종특별자치시: 0,
  경기도: 31,
  강원특별자치도: 18,
  충청북도: 11,
  충청남도: 15,
  전북특별자치도: 14,
  전남광주통합특별시: 27,
  경상북도: 22,
  경상남도: 18,
  제주특별자치도: 0,
};

describe('the starter list', () => {
  const inUse = starter.filter(({ abolished }) => !abolished).map(({ name }) => name);

  it('has every central ministry, every 시·도 and every 시·군·구, and the 공공기관 that people ask of', () => {
    expect(CENTRAL.split(' ').filter((name) => !inUse.includes(name))).toEqual([]);
    expect(CENTRAL.split(' ')).toHaveLength(53);
    expect(Object.keys(LOCAL)).toHaveLength(16);
    for (const [province, count] of Object.entries(LOCAL)) {
      expect(inUse, province).toContain(province);
      const below = inUse.filter((name) => new RegExp(`^${province} \\S+[시군구]$`).test(name));
      expect([province, new Set(below).size]).toEqual([province, count]);
    }
    expect(Object.values(LOCAL).reduce((sum, count) => sum + count, 0)).toBe(227);
    expect(starter.filter(({ code }) => agencyKind(code) === 'PUBLIC').length).toBeGreaterThan(170);
  });

  it('holds every agency that has a short name, and each kind of short names says where they stand', () => {
    for (const { source, names: lines } of shortNameKinds) {
      expect(source).not.toBe('');
      const full = lines
        .trim()
        .split('\n')
        .map((line) => line.trim().split(': ')[0] ?? '');
      expect(full.filter((name) => !inUse.includes(name))).toEqual([]);
      expect(new Set(full).size).toBe(full.length);
    }
  });

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
