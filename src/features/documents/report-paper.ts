import { SUPPORT_PHONE } from '../../core/support-phone.ts';
import { answer, box, dateOf, group, label, NBSP, type Paper, plain, row, small, text } from './paper.ts';
import { ALL, COLUMNS } from './shared-paper.ts';

const TITLE = '행정전자서명 표준API 적용결과표';
const REST = 3;
const H = 26;
const TALL = 46;

const named = (name: string, field: string, ...hints: string[]) =>
  row(TALL, label(name, ...hints), plain([text(answer(field))], REST));

const system = [
  row(
    H,
    group(['대상', '시스템'], 3),
    label('기관명'),
    plain([text(answer('agency'))]),
    label('접수번호'),
    plain([text(answer('number'))]),
  ),
  row(H, label('시스템명'), plain([text(answer('systemName'))], REST)),
  row(H, label('담당자'), plain([text(answer('name'))]), label('연락처'), plain([text(answer('phone'))])),
];

const servers = [
  row(
    TALL,
    group(['운영서버', '정보', '*실제 정보'], 4),
    label('IP 주소'),
    plain([text(answer('ip'))], REST),
  ),
  named('HOST', 'host', '(hostname 명령의 결과)'),
  named('Mac 주소', 'mac'),
  row(H, label('도메인'), plain([text(answer('domain'))], REST)),
];

const environment = [
  row(
    H,
    group(['적용', '환경'], 2),
    label('모듈 버전'),
    plain([text(answer('moduleVersion'))]),
    label('운영체제'),
    plain([text(answer('osApplied'))]),
  ),
  row(
    H,
    label('WAS 버전'),
    plain([text(answer('wasApplied'))]),
    label('JDK 버전'),
    plain([text(answer('jdkApplied'))]),
  ),
];

const tested = (name: string, field: string) => [
  label(name),
  plain([text(box('정상', field, 'NORMAL'), NBSP.repeat(4), box('이상', field, 'FAULTY'))]),
];

const results = [
  row(
    H,
    group(['시험', '결과', '*시험한 기능만'], 3),
    ...tested('로그인', 'loginResult'),
    ...tested('암복호화', 'encryptionResult'),
  ),
  row(H, ...tested('전자서명', 'signatureResult'), ...tested('시점확인', 'timestampResult')),
  row(H, ...tested('기타', 'otherResult'), label('적용일'), plain([text(...dateOf('appliedOn'))])),
];

/** 「적용결과표」 for contacts without a messenger account: the questions of the messenger's form, on one page. */
export const reportPaper: Paper = {
  title: TITLE,
  procedure: null,
  use: '표준API를 적용하여 시험한 뒤 작성하여 이메일로 제출하십시오.',
  parts: [
    { paragraph: { look: 'title', pieces: [TITLE] } },
    {
      paragraph: {
        look: 'remark',
        pieces: [
          '▶ 표준API를 적용하여 시험한 뒤 작성해 주세요. 정상라이선스는 여기에 적은 운영서버에 발급됩니다.',
        ],
      },
    },
    {
      table: {
        columns: COLUMNS,
        rows: [
          ...system,
          ...servers,
          ...environment,
          ...results,
          row(TALL, group(['비고'], 1), plain([text(answer('remarks'))], ALL - 1)),
          row(
            0,
            plain(
              [
                { look: 'sentence', pieces: ['표준API를 위와 같이 적용하고 시험하였습니다.'] },
                {
                  look: 'signature',
                  pieces: [
                    ...dateOf('signedOn'),
                    `${NBSP.repeat(6)}작성자: (이름)${'_'.repeat(20)}${NBSP.repeat(3)}(서명/인)${'_'.repeat(16)}`,
                  ],
                },
              ],
              ALL,
            ),
          ),
        ],
      },
    },
    {
      paragraph: small(
        '※ 서버가 여러 대이면 IP 주소, HOST, Mac 주소를 같은 순서로 적습니다. 시험용 값(127.0.0.1, 00:00:…, test)은 받지 않습니다.',
      ),
    },
    {
      paragraph: small(
        `※ 이상이 있으면 먼저 표준API 기술지원 ${SUPPORT_PHONE}에 문의하여 해결한 뒤 제출해 주세요. 공공기관은 메일로 제출합니다.`,
      ),
    },
  ],
  instructions: [],
};
