import { SUPPORT_PHONE } from '../../../core/support-phone.ts';
import { BLANK_PAPER } from '../../../procedures/public-agency.ts';

/**
 * The other resources of a new installation. Each has a fixed id, so a start does not add again what officers changed
 * or withdrew.
 */
interface StarterPaper {
  id: string;
  category: 'GUIDE' | 'FORM';
  title: string;
  text: string;
  /** The button that sends the blank form, as long as officers have added no file to the resource. */
  blank?: string;
}

/** From public sources about using the API; the maker's own guide comes with the module. */
const INSTALLING = [
  '표준API를 대상시스템에 설치하는 순서입니다. 자세한 것은 모듈에 들어 있는 설치가이드를 보십시오.',
  '',
  '1. 준비',
  '• 서버의 운영체제와 비트수, JVM의 비트수(java -version)를 확인합니다. JVM과 모듈의 비트수가 같아야 합니다.',
  '• 서버용 인증서와 개인키(_sig.cer, _sig.key, _env.cer, _env.key)를 준비합니다.',
  '• 방화벽: 인증서 검증 서버로 나가는 길을 엽니다. 흔히 LDAP 389, OCSP 8000, 통합검증(SCVP, 구 IVS) 8080 포트를 씁니다.',
  '2. 모듈 설치',
  '• 라이브러리 파일을 두고 경로를 잡습니다. Linux는 LD_LIBRARY_PATH, AIX는 LIBPATH, HP-UX는 SHLIB_PATH, Windows는 PATH입니다.',
  '• Java는 JNI jar 파일을 클래스 경로에 더합니다.',
  '3. 라이선스',
  '• 받은 파일의 이름을 gpkiapi.lic로 바꾸어 gpkiapi.conf와 같은 conf 폴더에 넣습니다. FTP는 바이너리(binary) 모드로 보냅니다.',
  '• conf 폴더에 쓰기 권한을 줍니다. 라이선스 캐시 파일이 만들어집니다.',
  '• 초기화할 때에는 파일이 아니라 conf 폴더의 경로를 넘깁니다.',
  '4. 검증방식',
  '• 신청한 대로 CRL 또는 OCSP를 씁니다. 통합검증(SCVP)을 쓰면 순위를 CRL|IVS|OCSP로 설정합니다.',
  '5. 시험과 적용',
  '• 개발·시험서버에서 임시라이선스로 시험하고, 이상이 없으면 적용결과표를 제출합니다.',
  '• 정상라이선스를 받으면 운영서버의 gpkiapi.lic를 바꾸고 서비스를 다시 시작합니다.',
  '',
  `오류가 나면 ‘오류 도움’에 오류 코드를 붙여 넣거나 ${SUPPORT_PHONE}으로 문의하십시오.`,
].join('\n');

export const starterPapers: readonly StarterPaper[] = [
  { id: 'starter-install-guide', category: 'GUIDE', title: '표준API 설치가이드', text: INSTALLING },
  {
    id: 'starter-form-api',
    category: 'FORM',
    title: '행정전자서명 표준API 이용 신청서',
    text: '공공기관이 공문에 첨부하는 신청서입니다. 작성요령이 함께 들어 있습니다. 행정기관은 공문을 보낸 뒤 홈의 ‘이용신청서 작성’에서 신청합니다.',
    blank: `${BLANK_PAPER}.api`,
  },
  {
    id: 'starter-form-scvp',
    category: 'FORM',
    title: '행정전자서명 통합검증(SCVP) 이용 신청서',
    text: '외부 인증기관 인증서(NPKI 등)만 인증수단으로 쓰는 시스템이 통합검증을 신청할 때 공문에 첨부합니다.',
    blank: `${BLANK_PAPER}.scvp`,
  },
  {
    id: 'starter-form-report',
    category: 'FORM',
    title: '행정전자서명 표준API 적용결과표',
    text: '공공기관이 적용과 시험을 마친 뒤 이메일로 제출하는 서식입니다. 행정기관은 홈의 ‘적용결과표 제출’에서 제출합니다.',
    blank: `${BLANK_PAPER}.report`,
  },
];
