import { box, type Cell, dateOf, NBSP, type Part, type Piece, plain, row, small, text } from './paper.ts';

/** Widths of the columns that both paper forms of the guide share: row group, then label and value twice. */
export const COLUMNS = [13, 15.5, 28, 15.5, 28] as const;
export const ALL = COLUMNS.length;

/** Says what to do with a filled application. */
export const WITH_A_LETTER = '작성하고 서명한 뒤 구성도와 업무 프로세스를 붙여 공문에 첨부하십시오.';

const CONSENT = [
  '○ 개인정보 수집 및 이용에 관한 사항',
  '- 목적: 인증서 신청자의 정보를 조회하여 행정전자서명인증서 등록·발급 등의 업무처리 시 이용',
  '- 수집·이용항목: (필수)소속, 이름, 전화번호, 휴대전화번호, 이메일',
  '- 보유기간: 10년 (전자정부법 시행령 제33조)',
  '- 전자문서가 아닌 신청서(등기 등) 보존기간: 신청서 접수 후 즉시 파기',
  '- 동의거부 권리 및 불이익 내용: 위 개인정보의 수집·이용에 대한 동의를 거부할 권리가 있으나, 행정전자서명 인증서 등록·발급 등을 위해 동의하셔야만 관련 서비스를 이용하실 수 있습니다.',
  '※ 귀하로부터 취득한 개인정보는 개인정보보호법 제15조 및 24조에서 정하는 바에 따라 처리 목적 이외에는 사용되지 않으며 변경 시에는 사전 동의를 구할 것입니다.',
];

/** A cell with the applicant's sentence, the date and the signature. */
export function signatureCell(sentence: string): Cell<Piece> {
  return plain(
    [
      { look: 'sentence', pieces: [sentence] },
      {
        look: 'signature',
        pieces: [
          ...dateOf('signedOn'),
          `${NBSP.repeat(6)}신청자: (이름)${NBSP}`,
          { answer: 'name', blank: '_'.repeat(20) },
          `${NBSP.repeat(3)}(서명/인)${'_'.repeat(16)}`,
        ],
      },
    ],
    ALL,
  );
}

/** The row 개인정보 수집 및 이용에 대한 동의. */
export const consentRow = row(
  0,
  plain(
    [
      text(
        `개인정보 수집 및 이용에 대한 동의 :${NBSP}`,
        box('동의함', 'consent', 'AGREED'),
        ' / ',
        box('동의하지 않음', 'consent', 'REFUSED'),
      ),
      ...CONSENT.map((line) => ({ ...small(line), indent: 0 })),
    ],
    ALL,
  ),
);

export const titleAndRemark = (title: string): Part<Piece>[] => [
  { paragraph: { look: 'title', pieces: [title] } },
  {
    paragraph: {
      look: 'remark',
      pieces: ['▶ 신청자는 아래 굵은 실선 안쪽만 작성해 주세요.(모든 항목 필수)'],
    },
  },
];

const HALF_PAGE = 320;

/** The second page, 별첨. It lists the files that were attached in the messenger. */
export const annex: Part<Piece>[] = [
  { newPage: true },
  { paragraph: { look: 'title', pieces: ['별첨 적용 내역 <구성도 및 업무 프로세스>'] } },
  {
    table: {
      columns: [20, 80],
      rows: [
        attached(['*구성도', '서버의 물리적인 구성도 기재'], 'diagram'),
        attached(['*업 무', '프로세스', '구축하는 시스템의 업무 흐름도 기재'], 'process'),
      ],
    },
  },
];

function attached(names: readonly string[], field: string) {
  const lines = names.map((line, index) => (index === names.length - 1 ? small(line) : text(line)));
  return row(
    HALF_PAGE,
    { kind: 'label', paragraphs: lines, across: 1, down: 1 },
    plain([text({ answer: field })]),
  );
}
