import { describe, expect, test } from 'vitest';
import { apiPaper } from '../../../src/features/documents/api-paper.ts';
import { docxOf } from '../../../src/features/documents/docx.ts';
import {
  blankPaper,
  entriesOf,
  filledPaper,
  type Paper,
  type Printed,
} from '../../../src/features/documents/paper.ts';
import { pdfOf } from '../../../src/features/documents/pdf.ts';
import { reportPaper } from '../../../src/features/documents/report-paper.ts';
import { scvpPaper } from '../../../src/features/documents/scvp-paper.ts';
import type { Answers, Form } from '../../../src/messenger/forms/form.ts';
import { paperForm } from '../../../src/procedures/paper-form/form.ts';
import { scvpForm } from '../../../src/procedures/scvp-application/form.ts';
import { docxText, embeddedFonts, hasPoppler, pageCount, pdfText } from './read.ts';
import { answers, scvpAnswers } from './sample.ts';

const at = new Date('2026-11-23T00:00:00Z');
const name = () => '한국환경공단';
const filled = (paper: Paper, form: Form, given: Answers) =>
  filledPaper(paper, entriesOf(form, given, name, '2026-11-23'));

/** What is printed on the paper of the guide, word for word. */
const apiWords = [
  '행정전자서명 표준API 이용 신청서',
  '▶ 신청자는 아래 굵은 실선 안쪽만 작성해 주세요.(모든 항목 필수)',
  ...['신청자정보', '소속기관', '(기관명/부서명)', '이름(성명)', '전화번호', '휴대전화번호', '이메일'],
  ...['신청사유', '신규', '재배포(→)', '※ (재배포 신청자만 작성)', '재배포 사유 :'],
  ...['업무개요', '시스템명', '업무내용', '이용기관', '이용인원', '서비스유형'],
  ...[
    '업무용(GPKI) (행정전자서명 인증서 사용)',
    '망 구분',
    '행정망',
    '인터넷망',
    '인터넷+행정망',
    '내부(폐쇄)망',
  ],
  ...['적용시스템세부사항', '*구성도 및 업무 프로세스 별첨', '운영체제'],
  ...[
    '(Unix계열 경우 uname -a 결과 명시)',
    '32bit',
    '64bit',
    'WAS 버전',
    'JDK 버전',
    'IP 주소',
    '시스템 환경',
  ],
  ...['C/S', 'JSP', '개발언어', 'C/C++', 'Java', '검증서비스', 'CRL', 'OCSP', '차순위 검증 여부*', 'SCVP'],
  '* (중요) NPKI인증서 사용시에 한함. 별도 통합검증 이용 신청서 작성',
  ...['보안API적용내역', '적용분야', '로그인용', 'EXE', 'HTML5', '※ 로그인용 신청 시 필수 기재(URL :'],
  ...['데이터 송·수신용', '암복호화', '전자서명', '시점확인용', '기 타'],
  ...[
    '서버용인증서',
    '신규 발급신청(신청서 별도 작성)',
    '기존보유시  보유한 인증서 CN:',
    '(예시: SVR1741000001)',
  ],
  '(※신청서:홈(www.gpki.go.kr)>자료실>인증서신청관련양식>  6.서버용)',
  ...['서비스개시예정일', '본인은 행정전자서명 표준API 모듈을 상기와 같이 신청합니다.', '(서명/인)'],
];
const scvpWords = [
  '행정전자서명 통합검증(SCVP) 이용 신청서',
  '▶ 신청자는 아래 굵은 실선 안쪽만 작성해 주세요.(모든 항목 필수)',
  ...[
    '신청자',
    '이름',
    '전화번호',
    '기관 및 부서',
    '휴대전화번호',
    '전자우편주소',
    '업무 개요',
    '시스템명',
    '업무내용',
  ],
  ...['대상자', '이용인원', '명/일', '명/월', '명/년', '신청사유', '(사용 인증서 :'],
  'ID/PW, 간편인증 등 다른 인증수단 없이 외부 인증기관 인증서(NPKI 등) 인증만 사용할 경우 신청 가능',
  ...[
    '서버인증서정보',
    '기 보유(CN:',
    '(예시: SVR1741000001)',
    '도메인',
    'IP 주소',
    '※ VIP 또는 공인 IP 기입',
  ],
  '※ 행정안전부 인증기관(CA) 외 별도 인증기관에서 발급한 인증서는 추가 등록이 불가',
  ...['시스템 환경', 'C/S', 'JSP', 'ASP', 'PHP', '서비스개시예정일', '(서명/인)'],
  '본인은 행정전자서명 통합검증 서비스를 상기와 같이 신청합니다.',
  '※ 신청자가 속한 부서는 ‘한국지역정보개발원 디지털서비스본부 디지털인증부’로 공문으로 신청하시기 바랍니다.',
  '※ 관련근거 : 행정전자서명 인증업무지침(행안부 고시) 제14조(전문기관)에 따라 한국지역정보개발원 지정',
];
const sharedWords = [
  '개인정보 수집 및 이용에 대한 동의 :',
  '- 목적: 인증서 신청자의 정보를 조회하여 행정전자서명인증서 등록·발급 등의 업무처리 시 이용',
  '- 수집·이용항목: (필수)소속, 이름, 전화번호, 휴대전화번호, 이메일',
  '- 보유기간: 10년 (전자정부법 시행령 제33조)',
  '- 전자문서가 아닌 신청서(등기 등) 보존기간: 신청서 접수 후 즉시 파기',
  '동의하셔야만 관련 서비스를 이용하실 수 있습니다.',
  '※ 귀하로부터 취득한 개인정보는 개인정보보호법 제15조 및 24조에서 정하는 바에 따라',
  ...['별첨 적용 내역 <구성도 및 업무 프로세스>', '*구성도', '서버의 물리적인 구성도 기재'],
  ...['*업 무', '구축하는 시스템의 업무 흐름도 기재'],
];
const instructionWords = [
  ...['【작성요령】', '①신청구분', '②관리담당', '③업무개요', '④적용', '⑤보안API적용내역'],
  ...[
    '⑥행정전자서명',
    '⑦서비스개시예정일',
    '⑧신청인',
    '⑨행정기관의 경우',
    '해당되는 항목에 ☑ 체크',
    'CRL|IVS|OCSP',
  ],
];

const tight = (text: string) => text.replace(/\s+/g, '');
/** Words that are not there, and answers that are not. */
const missing = (text: string, words: readonly string[]) =>
  words.filter((word) => !text.includes(tight(word)));

/** Every printed thing in both kinds of file. */
async function bothTexts(printed: Printed): Promise<Record<string, string>> {
  const docx = docxText(await docxOf(printed));
  return hasPoppler ? { docx, pdf: pdfText(await pdfOf(printed, at)) } : { docx };
}

describe.each([
  { paper: apiPaper, form: paperForm as Form, given: answers, words: apiWords, extra: instructionWords },
  { paper: scvpPaper, form: scvpForm as Form, given: scvpAnswers, words: scvpWords, extra: [] },
])('$paper.title', ({ paper, form, given, words, extra }) => {
  test('the blank one holds every word of the paper, and no box is ticked', async () => {
    for (const [kind, text] of Object.entries(await bothTexts(blankPaper(paper)))) {
      expect(missing(text, [...words, ...sharedWords, ...extra]), kind).toEqual([]);
      const form = text.slice(0, text.includes('【') ? text.indexOf('【') : undefined);
      expect(form, kind).not.toContain('☑');
      expect(form.split('□').length, kind).toBeGreaterThan(5);
      expect(text, kind).not.toContain('〓'); // a sign that the font lacks
    }
  });

  test('the filled one holds every answer', async () => {
    const texts = Object.values(given)
      .flat()
      .filter((value): value is string => typeof value === 'string' && /[가-힣.@-]|SVR/.test(value))
      .filter((value) => value !== given.serviceDate)
      .filter((value) => paper === apiPaper || (value !== given.userAgency && !unasked.includes(value)));
    for (const [kind, text] of Object.entries(await bothTexts(filled(paper, form, given)))) {
      expect(missing(text, [...words, ...sharedWords]), kind).toEqual([]);
      expect(missing(text, [...texts, '한국환경공단', '2027년3월2일', '2026년11월23일']), kind).toEqual([]);
      expect(text, kind).toContain('☑동의함/□동의하지않음');
      expect(text, kind).not.toContain('【작성요령】');
    }
  });

  test.skipIf(!hasPoppler)('fits where it belongs: the form on one page, its annex on the next', async () => {
    const blank = await pdfOf(blankPaper(paper), at);
    expect(pageCount(blank)).toBe(extra.length > 0 ? 3 : 2);
    expect(pageCount(await pdfOf(filled(paper, form, given), at))).toBe(2);
  });
});

/** What the first form asks and the second does not. */
const unasked = [
  '운영서버를 교체함',
  '5.14.0-362.el9.x86_64',
  'Tomcat 9.0.85',
  '1.8.0_402',
  'https://minwon.keco.or.kr/login',
  '문서 유통',
];

test('boxes follow the answers', async () => {
  for (const [kind, text] of Object.entries(await bothTexts(filled(apiPaper, paperForm, answers)))) {
    for (const ticks of [
      '□신규☑재배포',
      '□행정망□인터넷망☑인터넷+행정망□내부(폐쇄)망',
      '□C/S☑웹(☑JSP)',
      '□C/C++☑Java(□32bit☑64bit)',
      '☑CRL□OCSP',
      '☑SCVP',
      '☑로그인용(□EXE/☑HTML5)',
      '□데이터송·수신용(□암복호화/□전자서명)',
      '□시점확인용☑기타(문서유통)',
      '☑기존보유시보유한인증서CN:SVRB552584001',
    ]) {
      expect(text, kind).toContain(ticks);
    }
  }
});

test('the URL of a system without a login stands at its environment', async () => {
  const url = 'https://data.keco.or.kr';
  const given = { ...answers, usage: ['DATA'], dataUse: ['SIGNATURE'], url };
  for (const [kind, text] of Object.entries(await bothTexts(filled(apiPaper, paperForm, given))))
    expect(text, kind).toContain(`(☑JSP)${url}`);
});

test.skipIf(!hasPoppler)('the Korean font is embedded, as far as it is used', async () => {
  const bytes = await pdfOf(blankPaper(apiPaper), at);
  expect(
    embeddedFonts(bytes)
      .map((font) => font.replace(/^[A-Z]{6}\+/, ''))
      .sort(),
  ).toEqual(['NanumGothic', 'NanumGothicBold']);
  expect(bytes.length).toBeLessThan(200_000);
});

test('the same answers at the same time make the same PDF', async () => {
  const make = () => pdfOf(filled(apiPaper, paperForm, answers), at);
  expect((await make()).equals(await make())).toBe(true);
});

describe('whatever is typed', () => {
  const hostile = {
    '한 낱말이 아주 김': '가'.repeat(3000),
    'letters without a blank': 'W'.repeat(3000),
    lines: '한 줄\n'.repeat(300),
    'signs that the font lacks': '前 시스템 韓 😀👨‍👩‍👧 ①② עברית ﷽',
    'signs that nobody sees': 'a\u0000b\u0007c\u202Edfp.exe\u200B\uFFFE\uD800e\u2066',
    markup: '</w:t><script>&amp;"\'<!channel>',
  };

  test.each(Object.entries(hostile))('%s', async (_what, typed) => {
    const given = Object.fromEntries(
      Object.entries(answers).map(([field, value]) => [
        field,
        paperForm.fields[field as keyof typeof paperForm.fields].input.kind === 'text' ? typed : value,
      ]),
    );
    const printed = filled(apiPaper, paperForm, given);
    for (const [kind, text] of Object.entries(await bothTexts(printed))) {
      expect(missing(text, [...sharedWords, ...apiWords.slice(-3)]), kind).toEqual([]);
      expect(text, kind).not.toMatch(/[\u202E\u2066\u200B]/);
    }
  });

  test.skipIf(!hasPoppler)(
    'a long answer goes on over the page, and every letter of it is there',
    async () => {
      const task = Array.from({ length: 500 }, (_, index) => `${index}번째업무;`).join('');
      const bytes = await pdfOf(filled(apiPaper, paperForm, { ...answers, task }), at);
      expect(pageCount(bytes)).toBeGreaterThan(3);
      const text = pdfText(bytes);
      const broken = Array.from({ length: 500 }, (_, index) => `${index}번째업무;`).filter(
        (part) => !text.includes(part),
      );
      expect(broken.length).toBeLessThan(pageCount(bytes)); // at most one where a page ends
    },
  );
});

describe('적용결과표, which comes back by mail', () => {
  const known = { agency: '한국환경공단', systemName: '한국환경공단 통합민원시스템', number: '2026-000001' };
  const printed = filledPaper(reportPaper, known);

  test('has a place for all that the form in the messenger asks, on one page', async () => {
    const words = docxText(await docxOf(printed)).replace(/\s+/g, '');
    const asked = ['IP 주소', 'HOST', 'Mac 주소', '도메인', '모듈 버전', '운영체제', 'WAS 버전', 'JDK 버전'];
    const results = ['로그인', '암복호화', '전자서명', '시점확인', '기타', '정상', '이상', '적용일', '비고'];
    for (const word of [...asked, ...results, ...Object.values(known)])
      expect(words, word).toContain(word.replace(/\s+/g, ''));
    expect(pageCount(await pdfOf(printed, at))).toBe(1);
  });
});
