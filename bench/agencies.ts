import { type Agency, buildAgencyIndex, searchAgencies } from '../src/records/people/agencies.ts';

const REGIONS = ['서울특별시', '부산광역시', '경기도', '강원특별자치도', '충청남도', '전북특별자치도'];
const PLACES = ['강남구', '해운대구', '수원시', '춘천시', '천안시', '전주시', '가평군', '홍성군'];
const OFFICES = [
  '총무과',
  '정보통신과',
  '민원봉사과',
  '보건소',
  '도서관사업소',
  '상하수도사업본부',
  '의회사무국',
];
const QUERIES = [
  '행정안전부',
  'ㅎㅈㅇㅈㅂ',
  'ㅈ',
  '과',
  '정보',
  '서울 정보',
  '행정안ㅈ',
  '1741000',
  '없는기관이름',
];

/** Makes names that are as long and as similar as those of the real list. */
function madeUpAgencies(count: number): Agency[] {
  const agencies: Agency[] = [{ code: '1741000', name: '행정안전부' }];
  for (let n = 0; agencies.length < count; n += 1) {
    const region = REGIONS[n % REGIONS.length];
    const place = PLACES[Math.floor(n / REGIONS.length) % PLACES.length];
    const office = OFFICES[Math.floor(n / (REGIONS.length * PLACES.length)) % OFFICES.length];
    agencies.push({
      code: String(3_000_000 + n),
      name: `${region} ${place} ${office} 제${n % 97}담당`,
      abolished: n % 10 === 0,
    });
  }
  return agencies;
}

export interface AgencyBench {
  rows: number;
  buildMs: number;
  /** The median milliseconds of one search, for each query. */
  searchMs: Record<string, number>;
}

/** Measures searches in an index of `rows` agencies, each query `rounds` times. */
export function benchAgencies(rows = 60_000, rounds = 15): AgencyBench {
  const agencies = madeUpAgencies(rows);
  const start = performance.now();
  const index = buildAgencyIndex(agencies);
  const buildMs = performance.now() - start;
  const searchMs: Record<string, number> = {};
  for (const query of QUERIES) {
    const times = Array.from({ length: rounds }, () => {
      const before = performance.now();
      searchAgencies(index, query);
      return performance.now() - before;
    }).sort((a, b) => a - b);
    searchMs[query] = times[Math.floor(rounds / 2)] ?? 0;
  }
  return { rows, buildMs, searchMs };
}
