import { PROCEDURE } from '../../records/filings/procedure-name.ts';
import {
  answer,
  box,
  dateOf,
  group,
  label,
  NBSP,
  type Paper,
  type Part,
  type Piece,
  plain,
  room,
  row,
  small,
  text,
} from './paper.ts';
import {
  ALL,
  annex,
  COLUMNS,
  consentRow,
  signatureCell,
  titleAndRemark,
  WITH_A_LETTER,
} from './shared-paper.ts';

const TITLE = '행정전자서명 표준API 이용 신청서';
const REST = 3;
const H = 22;

const applicant = [
  row(
    28,
    group(['신청자', '정보'], 4),
    label('소속기관', '(기관명/부서명)'),
    plain([text(answer('agency'), NBSP, answer('department'))], REST),
  ),
  row(
    H,
    label('이름(성명)'),
    plain([text(answer('name'))]),
    label('전화번호'),
    plain([text(answer('phone'))]),
  ),
  row(
    H,
    label('휴대전화번호'),
    plain([text(answer('mobile'))]),
    label('이메일'),
    plain([text(answer('email'))]),
  ),
  row(
    30,
    label('신청사유'),
    plain([text(box('신규', 'reason', 'NEW'), '  ', box('재배포(→)', 'reason', 'REDISTRIBUTION'))]),
    plain([small('※ (재배포 신청자만 작성)'), text('재배포 사유 : ', answer('redistributionReason'))], 2),
  ),
];

const overview = [
  row(
    H,
    group(['업무', '개요'], 4),
    label('시스템명'),
    plain([text(answer('systemName'))]),
    label('업무내용'),
    plain([text(answer('task'))]),
  ),
  row(
    H,
    label('이용기관'),
    plain([text(answer('userAgency'))]),
    label('이용인원'),
    plain([text(answer('userCount', '', '명'))]),
  ),
  row(
    H,
    label('서비스유형'),
    plain([text(box('업무용(GPKI)', 'serviceType', 'GPKI'), ' (행정전자서명 인증서 사용)')], REST),
  ),
  row(
    H,
    label('망 구분'),
    plain(
      [
        text(
          box('행정망', 'network', 'ADMIN'),
          '   ',
          box('인터넷망', 'network', 'INTERNET'),
          '   ',
          box('인터넷+행정망', 'network', 'BOTH'),
          '   ',
          box('내부(폐쇄)망', 'network', 'CLOSED'),
        ),
      ],
      REST,
    ),
  ),
];

const environment = [
  row(
    32,
    group(['적용', '시스템', '세부사항', '*구성도 및 업무 프로세스 별첨'], 4),
    label('운영체제'),
    plain(
      [
        text(answer('os.label'), NBSP, answer('osDetail')),
        text(
          '(Unix계열 경우 uname -a 결과 명시)   ',
          box('32bit', 'osBits', '32'),
          '  ',
          box('64bit', 'osBits', '64'),
        ),
      ],
      REST,
    ),
  ),
  row(H, label('WAS 버전'), plain([text(answer('was'))]), label('JDK 버전'), plain([text(answer('jdk'))])),
  row(
    H,
    label('IP 주소'),
    plain([text(answer('ip'))]),
    label('시스템 환경'),
    plain([
      text(box('C/S', 'environment', 'CS')),
      text(box('웹', 'environment', 'WEB'), ' ( ', box('JSP', 'environment', 'WEB'), ' ) ', answer('url')),
    ]),
  ),
  row(
    H,
    label('개발언어'),
    plain([
      text(box('C/C++', 'language', 'C'), '  ', box('Java', 'language', 'JAVA')),
      text('( ', box('32bit', 'jvmBits', '32'), '  ', box('64bit', 'jvmBits', '64'), ' )'),
    ]),
    label('검증서비스'),
    plain([
      text(box('CRL', 'verification', 'CRL'), '  ', box('OCSP', 'verification', 'OCSP')),
      text('차순위 검증 여부*  ', box('SCVP', 'scvp', 'SCVP')),
      small('* (중요) NPKI인증서 사용시에 한함. 별도 통합검증 이용 신청서 작성'),
    ]),
  ),
];

const usage = row(
  H,
  group(['보안API', '적용내역'], 1),
  label('적용분야'),
  plain(
    [
      text(
        box('로그인용', 'usage', 'LOGIN'),
        ' (',
        box('EXE', 'loginType', 'EXE'),
        ' / ',
        box('HTML5', 'loginType', 'HTML5'),
        ')',
      ),
      text('※ 로그인용 신청 시 필수 기재(URL : ', answer('loginUrl', room(72)), ' )'),
      text(
        box('데이터 송·수신용', 'usage', 'DATA'),
        ' (',
        box('암복호화', 'dataUse', 'ENCRYPTION'),
        ' / ',
        box('전자서명', 'dataUse', 'SIGNATURE'),
        ')',
      ),
      text(
        box('시점확인용', 'usage', 'TIMESTAMP'),
        '   ',
        box('기 타', 'usage', 'OTHER'),
        ' ( ',
        answer('otherUse', room(50)),
        ' )',
      ),
    ],
    REST,
  ),
);

const certificate = row(
  H,
  group(['서버용', '인증서'], 1),
  plain(
    [
      text(box('신규 발급신청(신청서 별도 작성)', 'certificate', 'NEW')),
      small('(※신청서:홈(www.gpki.go.kr)>자료실>인증서신청관련양식>  6.서버용)'),
      text(
        box('기존보유시  보유한 인증서 CN:', 'certificate', 'EXISTING'),
        NBSP,
        answer('serverCn', room(45)),
        ' (예시: SVR1741000001)',
      ),
    ],
    ALL - 1,
  ),
);

/** 작성요령: pages that are printed with the blank form only. */
const instructions: Part<Piece>[] = [
  { newPage: true },
  { paragraph: { look: 'title', pieces: ['【작성요령】'] } },
  ...[
    '① 신청구분 : □ 신규 □ 재배포 해당되는 항목에 ☑ 체크',
    '   - 재배포 신청 시 사유를 기입한다.',
    '② 관리담당 : 소속, 이름, 이메일, 휴대폰번호 등 신청자의 정보를 기입한다.',
    '③ 업무개요 : 시스템명 등 각 항목을 기입한다.',
    '   - 서비스유형 : 행정전자서명 인증서(GPKI)를 이용하는 행정업무 서비스',
    '④ 적용 시스템 세부사항 :',
    '   - 운영체제 : 시스템에 맞는 OS를 기입 (체크 □ 32bit □ 64bit)',
    '   - IP주소 : WAS단에서 사용되는 서버의 내부 물리 IP 기입',
    '   - 시스템환경 : 해당되는 항목에 ☑ 체크 (url이 있으면 기입)',
    '   - 개발언어 : JAVA환경인 경우 JVM의 구동비트수를 기입 (반드시체크□32bit □64bit)',
    '   - 검증서비스 : 해당되는 항목에 ☑ 체크',
    '      · CRL : LDAP으로 부터 인증서 폐지목록을 다운 받아 인증서 검증. 발급된 기관의 LDAP 서버에 각각 접속하여 폐지목록을 다운받아 인증서 검증.',
    '      · OCSP : OCSP서버를 이용하여 실시간 인증서 검증.',
    '      · SCVP((구)IVS 통합검증서버) : 통합검증서버를 이용한 인증서 검증.',
    '         * SCVP(통합검증) 사용 시 검증방식 순위를 ‘CRL|IVS|OCSP’로 설정',
    '         * 통합검증서버 SCVP를 사용하기 위해서는 통합검증(SCVP) 이용 신청서를 공문으로 사전 신청 필요',
    '            신청서 양식 : 홈(www.gpki.go.kr>자료실>신청서양식)',
    '⑤ 보안API적용내역 : 표준API를 적용시킬 적용분야 항목에 ☑ 체크',
    '⑥ 행정전자서명 인증서 : 신규 또는 기존보유 선택 등록',
    '   [예시] □ 신규 발급신청(신청서 별도 작성) ※홈(www.gpki.go.kr>자료실>신청서양식>6.서버용)',
    '         □ 기존보유 시 (기존 보유한 서버용인증서 아이디(CN)기입, 예) SVR1234567001 )',
    '⑦ 서비스개시예정일 : 개발기간을 고려하여, 실제적으로 서비스를 실행할 날짜를 등록',
    '⑧ 신청인 : 신청인 이름 기재 후 ‘서명 또는 (인)’에 반드시 서명을 필 한다.',
    '⑨ 행정기관의 경우 공문 발송 후 반드시 표준API보급관리시스템(api.gpki.go.kr)에서 신청서 작성을 완료하여야 합니다.',
    '',
    '※ 작성요령에 맞게 작성 후 신청서를 한국지역정보개발원 디지털서비스본부 디지털인증부에 신청(공문)',
    '※ 관련근거 : 행정전자서명 인증업무지침(행안부 고시) 제14조(전문기관)에 따라 한국지역정보개발원 지정',
  ].map(
    (line): Part<Piece> => ({
      paragraph: {
        look: 'instruction',
        pieces: boxesIn(line.trimStart()),
        indent: (line.length - line.trimStart().length) / 3,
      },
    }),
  ),
];

/** Turns the □ and ☑ signs of an instruction into drawn boxes. No answer changes them. */
function boxesIn(line: string): Piece[] {
  return line
    .split(/([□☑])/)
    .map((piece) => (piece === '□' || piece === '☑' ? { ticked: piece === '☑' } : piece));
}

/** 「행정전자서명 표준API 이용 신청서」, guide page 25. */
export const apiPaper: Paper = {
  title: TITLE,
  procedure: PROCEDURE.application,
  use: WITH_A_LETTER,
  parts: [
    ...titleAndRemark(TITLE),
    {
      table: {
        columns: COLUMNS,
        rows: [
          ...applicant,
          ...overview,
          ...environment,
          usage,
          certificate,
          row(H, group(['서비스', '개시예정일'], 1), plain([text(...dateOf('serviceDate'))], ALL - 1)),
          row(0, signatureCell('본인은 행정전자서명 표준API 모듈을 상기와 같이 신청합니다.')),
          consentRow,
        ],
      },
    },
    ...annex,
  ],
  instructions,
};
