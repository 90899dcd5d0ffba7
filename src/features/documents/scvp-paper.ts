import { PROCEDURE } from '../../records/filings/procedure-name.ts';
import {
  answer,
  box,
  dateOf,
  group,
  label,
  NBSP,
  type Paper,
  plain,
  room,
  row,
  small,
  text,
} from './paper.ts';
import { annex, COLUMNS, consentRow, signatureCell, titleAndRemark, WITH_A_LETTER } from './shared-paper.ts';

const TITLE = '행정전자서명 통합검증(SCVP) 이용 신청서';
const REST = 3;
const H = 26;

const applicant = [
  row(
    H,
    group(['신청자'], 3),
    label('이름'),
    plain([text(answer('name'))]),
    label('전화번호'),
    plain([text(answer('phone'))]),
  ),
  row(
    H,
    label('기관 및 부서'),
    plain([text(answer('agency'), NBSP, answer('department'))]),
    label('휴대전화번호'),
    plain([text(answer('mobile'))]),
  ),
  row(H, label('전자우편주소'), plain([text(answer('email'))], REST)),
];

const overview = [
  row(H, group(['업무 개요'], 4), label('시스템명'), plain([text(answer('systemName'))], REST)),
  row(H, label('업무내용'), plain([text(answer('task'))], REST)),
  row(
    H,
    label('대상자'),
    plain([text(answer('audience'))]),
    label('이용인원'),
    plain([
      text('(', answer('perDay', room(12)), ')명/일, (', answer('perMonth', room(12)), ')명/월,'),
      text('(', answer('perYear', room(12)), ')명/년'),
    ]),
  ),
  row(
    48,
    label('신청사유'),
    plain(
      [
        text(
          'ID/PW, 간편인증 등 다른 인증수단 없이 외부 인증기관 인증서(NPKI 등) 인증만 사용할 경우 신청 가능',
        ),
        text('(사용 인증서 : ', answer('certificates', room(80)), ' )'),
      ],
      REST,
    ),
  ),
];

const system = [
  row(
    42,
    group(['적용', '시스템', '세부사항', '*구성도 및 업무 프로세스 별첨'], 4),
    label('서버인증서', '정보'),
    plain(
      [
        text(box('기 보유(CN:', 'serverCn'), NBSP, answer('serverCn', room(45)), ') (예시: SVR1741000001)'),
        small('※ 행정안전부 인증기관(CA) 외 별도 인증기관에서 발급한 인증서는 추가 등록이 불가'),
      ],
      REST,
    ),
  ),
  row(H, label('도메인'), plain([text(answer('domain'))], REST)),
  row(H, label('IP 주소'), plain([text(answer('ip')), small('※ VIP 또는 공인 IP 기입')], REST)),
  row(
    H,
    label('시스템 환경'),
    plain([
      text(box('C/S', 'environment', 'CS')),
      text(
        box('웹', 'environment', 'WEB'),
        ' ( ',
        box('JSP', 'webLanguage', 'JSP'),
        '  ',
        box('ASP', 'webLanguage', 'ASP'),
        '  ',
        box('PHP', 'webLanguage', 'PHP'),
        ' )',
      ),
    ]),
    label('서비스개시', '예정일'),
    plain([text(...dateOf('serviceDate'))]),
  ),
];

/** 「행정전자서명 통합검증(SCVP) 이용 신청서」, guide: the second form. */
export const scvpPaper: Paper = {
  title: TITLE,
  procedure: PROCEDURE.scvpApplication,
  use: WITH_A_LETTER,
  parts: [
    ...titleAndRemark(TITLE),
    {
      table: {
        columns: COLUMNS,
        rows: [
          ...applicant,
          ...overview,
          ...system,
          row(0, signatureCell('본인은 행정전자서명 통합검증 서비스를 상기와 같이 신청합니다.')),
          consentRow,
        ],
      },
    },
    ...[
      '※ 신청자가 속한 부서는 ‘한국지역정보개발원 디지털서비스본부 디지털인증부’로 공문으로 신청하시기 바랍니다.',
      '※ 관련근거 : 행정전자서명 인증업무지침(행안부 고시) 제14조(전문기관)에 따라 한국지역정보개발원 지정',
    ].map((line) => ({ paragraph: small(line) })),
    ...annex,
  ],
  instructions: [],
};
