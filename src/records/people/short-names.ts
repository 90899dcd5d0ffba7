import { fold, initialConsonants, isInitials } from './hangul.ts';

interface Kind {
  /** The source of these short names. */
  source: string;
  /** These are 공공기관, which apply on paper. */
  isPublic?: true;
  /** One agency per line: its full name, then its short names, separated by blanks. */
  names: string;
}

/** Short names of agencies, by kind. When one is renamed or abolished, the list of agencies says so. */
export const shortNameKinds: readonly Kind[] = [
  {
    source: '「정부조직 약칭과 영어 명칭에 관한 규칙」(행정안전부예규) 별표: 정식 명칭과 다른 약칭',
    names: `
      재정경제부: 재경부
      과학기술정보통신부: 과기정통부
      행정안전부: 행안부
      국가보훈부: 보훈부
      문화체육관광부: 문체부
      농림축산식품부: 농식품부
      산업통상부: 산업부
      보건복지부: 복지부
      기후에너지환경부: 기후부
      고용노동부: 노동부
      성평등가족부: 성평등부
      국토교통부: 국토부
      해양수산부: 해수부
      중소벤처기업부: 중기부
      기획예산처: 기획처
      인사혁신처: 인사처
      식품의약품안전처: 식약처
      국가데이터처: 데이터처
      지식재산처: 지재처
      우주항공청: 우주청
      재외동포청: 동포청
      방위사업청: 방사청
      농촌진흥청: 농진청
      질병관리청: 질병청
      행정중심복합도시건설청: 행복청
      새만금개발청: 새만금청
      해양경찰청: 해경청
      방송미디어통신위원회: 방미통위
      공정거래위원회: 공정위
      국민권익위원회: 국민권익위
      개인정보보호위원회: 개인정보위
      원자력안전위원회: 원안위`,
  },
  {
    source: '언론과 관가에서 두루 쓰는 말, 개편 전의 이름과 약칭(정한 규정은 없음)',
    names: `
      재정경제부: 기재부 기획재정부
      기획예산처: 기재부 기획재정부 예산처
      과학기술정보통신부: 과기부
      고용노동부: 고용부
      농림축산식품부: 농림부 농축산부
      산업통상부: 산자부 산업통상자원부
      기후에너지환경부: 환경부 기후환경부
      성평등가족부: 여가부 여성가족부
      국가보훈부: 보훈처 국가보훈처
      중소벤처기업부: 중소기업청
      국가데이터처: 통계청
      지식재산처: 특허청
      국가유산청: 문화재청
      중대범죄수사청: 중수청
      공소청: 검찰청 대검
      해양경찰청: 해경
      방송미디어통신위원회: 방통위 방송통신위원회
      개인정보보호위원회: 개보위
      국민권익위원회: 권익위
      금융위원회: 금융위
      국가인권위원회: 인권위
      국가교육위원회: 국교위
      중앙선거관리위원회: 선관위 중앙선관위
      헌법재판소: 헌재
      국무조정실: 국조실
      국가정보원: 국정원
      국무총리비서실: 총리실`,
  },
  {
    source: '시·도의 두 글자 이름과 청사 이름(관행; 정한 규정은 없음), 통합 전의 이름',
    names: `
      서울특별시: 서울 서울시 서울시청
      부산광역시: 부산 부산시 부산시청
      대구광역시: 대구 대구시 대구시청
      인천광역시: 인천 인천시 인천시청
      대전광역시: 대전 대전시 대전시청
      울산광역시: 울산 울산시 울산시청
      세종특별자치시: 세종 세종시 세종시청
      경기도: 경기 경기도청
      강원특별자치도: 강원 강원도 강원도청
      충청북도: 충북 충북도 충북도청
      충청남도: 충남 충남도 충남도청
      전북특별자치도: 전북 전북도 전북도청 전라북도
      전남광주통합특별시: 전남 전남도 전남도청 전라남도 광주광역시 전남광주
      경상북도: 경북 경북도 경북도청
      경상남도: 경남 경남도 경남도청
      제주특별자치도: 제주 제주도 제주도청`,
  },
  {
    source: '각 기관이 스스로 쓰는 약칭과 영문 머리글자(기관 누리집)',
    isPublic: true,
    names: `
      한국전력공사: 한전 kepco
      한국수력원자력(주): 한수원 khnp
      한국남동발전(주): 남동발전
      한국중부발전(주): 중부발전
      한국서부발전(주): 서부발전
      한국남부발전(주): 남부발전
      한국동서발전(주): 동서발전
      한국전력거래소: 전력거래소 kpx
      한국전기안전공사: 전기안전공사
      한국가스공사: 가스공사 kogas
      한국가스안전공사: 가스안전공사
      한국석유공사: 석유공사 knoc
      한국석유관리원: 석유관리원
      한국지역난방공사: 한난 지역난방공사
      한국수자원공사: 수공 수자원공사 kwater k-water 케이워터
      한국도로공사: 도공 도로공사
      한국철도공사: 코레일 korail 철도공사
      한국토지주택공사: lh 엘에이치 토지주택공사
      한국농어촌공사: 농어촌공사
      한국농수산식품유통공사: at 유통공사
      한국마사회: 마사회
      한국조폐공사: 조폐공사
      한국자산관리공사: 캠코 kamco 자산관리공사
      한국주택금융공사: 주금공 주택금융공사
      한국무역보험공사: 무보 무역보험공사 ksure
      예금보험공사: 예보
      신용보증기금: 신보
      한국산업은행: 산은 산업은행
      중소기업은행: 기업은행
      한국수출입은행: 수은 수출입은행
      한국거래소: 거래소 krx
      인천국제공항공사: 인국공 인천공항공사
      한국공항공사: 공항공사 kac
      한국교통안전공단: 교통안전공단
      한국환경공단: 환경공단
      한국산업인력공단: 산인공 산업인력공단
      한국산업안전보건공단: 안전보건공단 산업안전공단 kosha
      국민건강보험공단: 건보공단 건보 건강보험공단 nhis
      건강보험심사평가원: 심평원
      국민연금공단: 연금공단 국민연금 nps
      공무원연금공단: 공무원연금
      서울올림픽기념국민체육진흥공단: 국민체육진흥공단
      소상공인시장진흥공단: 소진공
      대한무역투자진흥공사: 코트라 kotra
      한국국제협력단: 코이카 koica
      한국인터넷진흥원: 키사 kisa 인터넷진흥원
      정보통신산업진흥원: nipa
      한국콘텐츠진흥원: 콘진원 kocca
      한국과학기술원: 카이스트 kaist
      한국전자통신연구원: 에트리 etri
      한국과학기술정보연구원: 키스티 kisti
      한국과학기술연구원: 키스트 kist
      한국개발연구원: kdi
      한국항공우주연구원: 항우연 kari
      한국생산기술연구원: 생기원
      한국건설기술연구원: 건기연
      한국소비자원: 소비자원
      대한법률구조공단: 법률구조공단
      대한적십자사: 적십자사 적십자
      도로교통공단: 교통공단
      북한이탈주민지원재단: 남북하나재단`,
  },
];

interface Short {
  short: string;
  initials: string;
  full: string;
}

/** 공공기관 as people write them, in full and short; `at` is left out, because it is an English word too. */
const publicBodies: readonly string[] = shortNameKinds
  .filter(({ isPublic }) => isPublic)
  .flatMap(({ names }) => names.trim().split(/[\s:]+/))
  .map(fold)
  .filter((name) => name !== 'at');

/** Whether a word begins with the name of a 공공기관. A name inside a word does not count (통신보안, 업무보고). */
export const namesPublicBody = (word: string): boolean => {
  const folded = fold(word);
  return publicBodies.some(
    (name) => folded.startsWith(name) && !(/[a-z]$/.test(name) && /^[a-z]/.test(folded.slice(name.length))),
  );
};

const shorts: readonly Short[] = shortNameKinds.flatMap(({ names }) =>
  names
    .trim()
    .split('\n')
    .flatMap((line) => {
      const [full = '', called = ''] = line.trim().split(': ');
      return called.split(' ').map((one) => ({ short: fold(one), initials: initialConsonants(one), full }));
    }),
);

/** Whether a word begins with a short name of an agency or the name of a local government. */
export const namesAgency = (word: string): boolean =>
  /^[가-힣]+[시군구도]청/.test(word) ||
  shorts.some(({ short, full }) => word.startsWith(full) || fold(word).startsWith(short));

/** A local government is often called by its hall: `강남구청`, `수원시청`. */
const withoutHall = (word: string) => word.replace(/(?<=[시군구도])청$/, '');

/** With fewer letters too many names would match. */
const SHORTEST_BEGINNING = 2;
/** No name has more words. */
const MOST_WORDS = 5;

/** The full names that a word may stand for: as a short name, by initial consonants, or as a hall. Often none. */
export function namesOf(word: string): string[] {
  const folded = fold(word);
  const key = isInitials(folded) ? 'initials' : 'short';
  const fullNames = shorts.filter((one) => one[key] === folded).map(({ full }) => full);
  const bare = withoutHall(folded);
  return [...new Set([...fullNames, ...(bare === folded ? [] : [bare])])];
}

/**
 * Other names that a half-typed text may mean: agencies whose short name it is or begins, and the text with each
 * short name in it written in full.
 */
export function otherNames(typed: string): string[] {
  const folded = fold(typed);
  if (folded.length < SHORTEST_BEGINNING) return [];
  const key = isInitials(folded) ? 'initials' : 'short';
  const fullNames = shorts.filter((one) => one[key].startsWith(folded)).map(({ full }) => full);
  const words = typed.normalize('NFC').trim().split(/\s+/).slice(0, MOST_WORDS);
  const writtenOut = words.reduce<string[]>(
    (texts, word) => texts.flatMap((text) => orItself(word).map((form) => `${text} ${form}`.trim())),
    [''],
  );
  return [...new Set([...namesOf(typed), ...fullNames, ...writtenOut])].filter(
    (name) => fold(name) !== folded,
  );
}

function orItself(word: string): string[] {
  const names = namesOf(word);
  return names.length > 0 ? names : [word];
}
