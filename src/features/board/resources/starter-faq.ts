import { SUPPORT_NUMBER } from '../../../core/support-phone.ts';

/**
 * FAQ entries of a new installation. They come from the guide (1.3, 1.6–1.8). The licence's error codes come from
 * public sources other than the maker, so their texts give likely causes and things to check.
 */
const LIKELY = '아래는 흔히 알려진 원인입니다. 확인해도 해결되지 않으면 Q&A로 문의하십시오.';

export const starterFaq: readonly { title: string; text: string }[] = [
  {
    title: '공공기관도 온라인으로 신청할 수 있습니까?',
    text: '온라인 이용신청은 행정기관만 할 수 있습니다. 공공기관은 이용신청서를 첨부한 공문(수신처: 한국지역정보개발원 디지털인증부)으로 신청합니다. 모듈과 라이선스는 담당자의 메일로 보내고, 적용결과도 메일로 받습니다.',
  },
  {
    title: '서버 IP나 도메인이 바뀌었습니다. 라이선스를 다시 받아야 합니까?',
    text: `예. 서버 IP 또는 도메인이 바뀌면 재발급을 받아야 합니다. 재발급을 요청하면 관리자가 승인취소를 하고, 적용결과표를 고쳐 다시 제출하면 승인 뒤 새 라이선스가 나옵니다. 급하면 ${SUPPORT_NUMBER}(내선 2번)으로 연락하십시오.`,
  },
  {
    title: '담당자가 바뀌었습니다. 무엇을 해야 합니까?',
    text: '담당자 변경을 신청합니다. 새 담당자를 찾아 인증서의 CN을 확인하여 고르고, 휴대전화번호를 다시 입력하여 제출합니다. 새 담당자가 수락하고 관리자가 승인하면 바뀝니다. 전임자가 인사이동으로 없으면 새 담당자가 홈의 ‘이용현황조사’에서 ‘담당자 부재 변경’을 누르고 증빙을 붙여 신청합니다.',
  },
  {
    title: '신청서와 적용결과표의 IP 주소에는 무엇을 적습니까?',
    text: '표준API 이용신청서에는 WAS 서버의 내부 물리 IP를 적습니다. 통합검증(SCVP) 신청서에는 VIP 또는 공인 IP를 적습니다. 시험 서버의 HOST와 Mac 주소는 시험용 값을 적을 수 있지만, 운영서버에 적용할 때는 적용결과표에 반드시 실제 정보를 적어야 합니다.',
  },
  {
    title: '통합검증(SCVP)을 쓰려면 어떻게 합니까?',
    text: '별도의 통합검증(SCVP) 이용 신청서를 첨부한 공문이 먼저 필요합니다. 승인 뒤에는 검증 순서를 CRL|IVS|OCSP로 설정합니다.',
  },
  {
    title: '첨부파일은 어떤 형식이어야 합니까?',
    text: '이용신청서와 통합검증(SCVP) 이용 신청서에는 hwp, doc, gif, jpg, pdf 파일을 파일마다 3MB까지 첨부할 수 있습니다. hwpx, docx, png는 PDF로 변환하여 첨부하십시오. 공문에는 부서장 직인이 있어야 합니다.',
  },
  {
    title: 'PHP로 만든 시스템에도 적용할 수 있습니까?',
    text: '표준API는 C/C++와 Java를 지원하고 PHP는 지원하지 않습니다.',
  },
  {
    title: '오류 1103 (ERR_LICENSE_EXPIRED)이 납니다.',
    text: `${LIKELY}\n• 임시라이선스의 유효기간이 지났을 가능성이 큽니다. 홈에서 유효기간을 확인하십시오.\n• 시험을 마쳤으면 적용결과표를 제출하여 정상라이선스를 받으십시오.`,
  },
  {
    title: '오류 1100 (ERR_LOAD_LICENSE)이 납니다.',
    text: `${LIKELY}\n• conf 디렉터리에 gpkiapi.lic 파일이 있는지, 읽을 권한이 있는지 확인하십시오.\n• 초기화할 때 파일이 아니라 디렉터리의 경로를 넘겼는지 확인하십시오.`,
  },
  {
    title: '오류 1101, 1106 (라이선스 파일 손상)이 납니다.',
    text: `${LIKELY}\n• 파일을 옮기다가 바뀌었을 수 있습니다. FTP는 바이너리로 보내고, 내용을 복사해 붙이지 마십시오.\n• 홈에서 라이선스를 다시 받아 넣어 보십시오.`,
  },
  {
    title: '오류 1102, 1105, 1111 (사용 권한 확인 실패)이 납니다.',
    text: `${LIKELY}\n• 등록한 IP와 실제 서버의 IP가 다를 수 있습니다. 서버의 IP를 확인하십시오.\n• IP가 바뀌었으면 재발급을 요청하십시오.`,
  },
  {
    title: '오류 1104, 1108 (라이선스 캐시)이 납니다.',
    text: `${LIKELY}\n• conf 디렉터리에 쓸 권한이 있는지 확인하십시오.`,
  },
  {
    title: '오류 1216, 2100 (OCSP·IVS 연결)이 납니다.',
    text: `${LIKELY}\n• 서버에서 인증서 검증 서버로 나가는 방화벽이 열려 있는지 확인하십시오. 흔히 LDAP 389, OCSP 8000, IVS 8080 포트를 씁니다.`,
  },
];
