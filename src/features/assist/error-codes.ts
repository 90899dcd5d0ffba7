import { SUPPORT_PHONE } from '../../core/support-phone.ts';

/**
 * Errors of the Standard API, as public code names them (docs/sources/standard-api.md). Their causes are inferred, so
 * every text calls them likely causes. Codes that no source names are not here.
 */

/** A way to solve an error: it decides the buttons shown next to the asker's systems. */
export type Mend = 'REPORT' | 'TEMPORARY' | 'REISSUE' | 'DOWNLOAD' | 'MODULE' | 'CERTIFICATE' | 'DETAIL';

export interface KnownError {
  codes: readonly number[];
  /** Names of the error, without the prefix ERR_ that some versions add. */
  names: readonly string[];
  /** Patterns that find the error in an exception's text, where there is neither code nor name. */
  signs?: readonly RegExp[];
  /** A general error: left out of the answer when a more specific one is found by its `signs`. */
  general?: true;
  /** The subject, in three words or so. */
  about: string;
  /** The likely cause, worded `…로 보입니다.`: never certain. */
  likely: string;
  check: readonly string[];
  /** Commands for the check, one for each operating system. */
  commands?: readonly (readonly [system: string, command: string])[];
  /** What to do after the check. */
  remedy: string;
  /** What to do for people of a 공공기관, in place of `remedy`: they get files by mail and have no system here. */
  publicRemedy?: string;
  mends: readonly Mend[];
  /** The answer lists the hosts that the licence is bound to; in windows only. */
  hosts?: true;
  /** The error concerns temporary licences only. */
  temporary?: true;
}

const PORTS = 'LDAP 389, OCSP 8000, IVS 8080 포트로 나가는 통신이 방화벽에서 막히지 않았는지';

/** Commands that tell whether a port is open. */
export const reach = (port: string): readonly (readonly [string, string])[] => [
  ['Linux', `nc -vz 서버주소 ${port}`],
  ['AIX, HP-UX, Solaris', `telnet 서버주소 ${port}`],
  ['Windows', `Test-NetConnection 서버주소 -Port ${port}`],
];

/** Commands that list the conf folder and its permissions. */
export const confRights: readonly (readonly [string, string])[] = [
  ['Linux, AIX, HP-UX, Solaris', 'ls -l conf, 실행 계정은 ps -ef'],
  ['Windows', 'icacls conf'],
];

export const codedErrors: readonly KnownError[] = [
  {
    codes: [1100],
    names: ['LOAD_LICENSE'],
    signs: [
      /gpkiapi\.lic\b.{0,80}(?:no such file|not found|cannot find|찾을 수 없)/i,
      /FileNotFoundException\W{1,3}\S*gpkiapi\.lic/i,
    ],
    about: '라이선스 파일을 읽지 못함',
    likely: '라이선스 파일이 없거나, 있는 곳이나 권한이 맞지 않아 읽지 못한 것으로 보입니다.',
    check: [
      'conf 폴더에 gpkiapi.lic라는 이름으로 있는지 (gpkiapi.conf와 같은 폴더)',
      '프로그램을 실행하는 계정이 파일을 읽을 수 있는지',
      '초기화할 때 파일이 아니라 conf 폴더의 경로를 넘겼는지',
    ],
    commands: confRights,
    remedy:
      '라이선스를 다시 내려받아 gpkiapi.lic라는 이름으로 conf 폴더에 넣고, 읽을 권한을 준 뒤 다시 시작하십시오.',
    publicRemedy:
      '이메일로 받은 라이선스를 gpkiapi.lic라는 이름으로 conf 폴더에 넣고, 읽을 권한을 준 뒤 다시 시작하십시오.',
    mends: ['DOWNLOAD', 'DETAIL'],
  },
  {
    codes: [1101, 1106],
    names: ['WRONG_LICENSE', 'LICENSE_MODIFIED'],
    about: '라이선스 파일이 손상됨',
    likely: '옮기는 동안 라이선스 파일의 내용이 바뀐 것으로 보입니다.',
    check: [
      'FTP의 바이너리(binary) 모드로 옮겼는지',
      '편집기로 열어 저장하거나 복사하여 붙여 넣지 않았는지',
      '다시 받은 파일로 바꾸어도 같은 오류가 나는지',
    ],
    remedy: '라이선스를 다시 내려받아 바이너리로 옮기고 다시 시작하십시오.',
    publicRemedy: `이메일로 받은 라이선스를 다시 바이너리로 옮기고 다시 시작하십시오. 없으면 ${SUPPORT_PHONE}이나 Q&A로 알려 주십시오.`,
    mends: ['DOWNLOAD', 'DETAIL'],
  },
  {
    codes: [1102],
    names: ['LICENSE_AUTHORITY'],
    about: '다른 서버나 용도의 라이선스',
    likely: '다른 서버나 다른 용도로 발급된 라이선스를 쓴 것으로 보입니다.',
    check: [
      '라이선스에 적힌 서버와 지금 서버가 같은지',
      '여러 시스템의 라이선스 파일이 서로 바뀌지 않았는지',
    ],
    remedy: '이 시스템의 라이선스를 다시 내려받아 바꾸십시오. 서버가 바뀌었으면 재발급을 요청하십시오.',
    publicRemedy: `이메일로 받은 이 시스템의 라이선스로 바꾸십시오. 서버가 바뀌었으면 ${SUPPORT_PHONE}으로 전화하여 재발급을 받으십시오.`,
    mends: ['REISSUE', 'DOWNLOAD', 'DETAIL'],
    hosts: true,
  },
  {
    codes: [1103],
    names: ['LICENSE_EXPIRED'],
    signs: [/\blicen[cs]e\b.{0,20}\bexpired\b/i],
    about: '라이선스 유효기간이 지남',
    likely: '임시라이선스의 유효기간이 지난 것으로 보입니다.',
    check: [
      '서버에 있는 것이 임시라이선스인지 (정상라이선스를 받았으면 그 파일로 바꾸십시오)',
      '시험을 마쳤는지 (마쳤으면 적용결과를 내고 정상라이선스를 받을 때입니다)',
      '서버의 날짜와 시각이 맞는지',
    ],
    remedy: '시험을 마쳤으면 적용결과표를 제출하고, 아니면 임시라이선스 재발급을 요청하십시오.',
    publicRemedy: `시험을 마쳤으면 적용결과를 이메일로 제출하고, 시험이 더 필요하면 ${SUPPORT_PHONE}이나 Q&A로 알려 주십시오.`,
    mends: ['REPORT', 'TEMPORARY', 'DOWNLOAD', 'DETAIL'],
    temporary: true,
  },
  {
    codes: [1104, 1108],
    names: ['SAVE_LICENSE_CACHE', 'GEN_LICENSE_CACHE'],
    about: 'conf 폴더에 쓰지 못함',
    likely: 'conf 폴더에 쓸 권한이 없어 라이선스 캐시를 만들지 못한 것으로 보입니다.',
    check: [
      '프로그램을 실행하는 계정이 conf 폴더에 파일을 쓸 수 있는지',
      '디스크가 가득 차거나 읽기 전용이 아닌지',
    ],
    commands: confRights,
    remedy: '실행 계정에 conf 폴더의 쓰기 권한을 주고 다시 시작하십시오.',
    mends: ['DETAIL'],
  },
  {
    codes: [1105, 1111],
    names: ['CHECK_FAILED', 'NOT_LICENSED'],
    signs: [/\blicen[cs]e\b.{0,40}(?:mismatch|not match|invalid (?:host|ip))/i],
    about: '라이선스와 서버 정보가 다름',
    likely: '서버의 IP가 라이선스에 적힌 것과 다른 것으로 보입니다.',
    check: [
      '서버의 IP나 도메인이 바뀌지 않았는지 (바뀌었으면 재발급을 받아야 합니다)',
      '라이선스를 신청한 서버에 설치했는지',
    ],
    remedy:
      'IP나 도메인이 바뀌었으면 재발급을 요청하십시오. 바뀌지 않았으면 그 서버의 라이선스로 바꾸십시오.',
    publicRemedy: `IP나 도메인이 바뀌었으면 ${SUPPORT_PHONE}으로 전화하여 재발급을 받으십시오. 바뀌지 않았으면 그 서버의 라이선스로 바꾸십시오.`,
    mends: ['REISSUE', 'DETAIL'],
    hosts: true,
  },
  {
    codes: [1107],
    names: ['LICENSE_NOT_FOR_GPKIAPI'],
    about: '다른 제품의 라이선스',
    likely: '표준API가 아닌 다른 제품의 라이선스 파일을 쓴 것으로 보입니다.',
    check: [
      'conf 폴더의 gpkiapi.lic가 표준API의 라이선스로 받은 파일인지 (DSToolkit.lic, jcaos.lic, epkiapi.lic는 다른 제품)',
    ],
    remedy: '이 봇에서 라이선스를 내려받아 conf 폴더에 gpkiapi.lic로 넣으십시오.',
    publicRemedy: '이메일로 받은 라이선스를 conf 폴더에 gpkiapi.lic로 넣으십시오.',
    mends: ['DOWNLOAD', 'DETAIL'],
  },
  {
    codes: [1109, 1110],
    names: ['GET_SYSTEM_IP', 'GET_MAC_ADDRRESS', 'GET_MAC_ADDRESS'],
    about: '서버의 IP나 Mac 주소를 읽지 못함',
    likely: '서버의 IP나 Mac 주소를 읽지 못한 것으로 보입니다.',
    check: [
      '네트워크 카드가 여러 개이거나 컨테이너 안에서 실행하지 않는지',
      'hosts 파일에 이 서버의 이름과 IP가 맞게 적혀 있는지',
    ],
    remedy: 'hosts 파일을 바로잡고 다시 시작하십시오. 그래도 같으면 네트워크 카드 목록을 적어 문의하십시오.',
    mends: ['DETAIL'],
    hosts: true,
  },
  {
    codes: [1203],
    names: ['EXPIRED_CERT'],
    about: '인증서 유효기간이 지남',
    likely: '라이선스가 아니라 인증서의 유효기간이 지난 것으로 보입니다.',
    check: [
      '서버용 인증서의 만료일',
      '만료되었으면 소속기관의 인증 담당자에게 재발급을 신청하고, 바꾼 뒤 WAS를 다시 시작하십시오.',
    ],
    remedy: '새 인증서를 받아 바꾸고 WAS를 다시 시작한 뒤, 서버용 인증서를 등록하십시오.',
    publicRemedy: '새 인증서를 받아 바꾸고 WAS를 다시 시작하십시오.',
    mends: ['CERTIFICATE', 'DETAIL'],
  },
  {
    codes: [1215],
    names: ['REVOKED_CERT'],
    about: '폐지된 인증서',
    likely: '라이선스가 아니라 인증서가 폐지된 것으로 보입니다.',
    check: [
      '쓰고 있는 인증서가 폐지되거나 새것으로 바뀌지 않았는지',
      '소속기관의 인증 담당자에게 확인하십시오.',
    ],
    remedy: '새 인증서를 받아 바꾸고 WAS를 다시 시작하십시오.',
    mends: ['CERTIFICATE', 'DETAIL'],
  },
  {
    codes: [1216, 2100],
    names: ['CONNECT_OCSP', 'CONNECT_IVS'],
    signs: [
      /UnknownHost(?:Exception)?/i,
      /SocketTimeout(?:Exception)?/i,
      /Connection (?:refused|timed out)/i,
    ],
    about: '검증 서버에 연결하지 못함',
    likely: '인증서를 검증하는 서버에 연결하지 못한 것으로 보입니다.',
    check: [PORTS, '서버에서 검증 서버의 이름이 풀리는지 (nslookup 서버주소)'],
    commands: reach('8000'),
    remedy: '방화벽을 열고 이름이 풀리게 한 뒤 다시 해 보십시오.',
    mends: ['DETAIL'],
  },
  {
    codes: [1226, 2112, 2113, 2114],
    names: [],
    about: '설정 파일을 읽지 못함',
    likely: '설정 파일 gpkiapi.conf를 읽지 못한 것으로 보입니다.',
    check: [
      'conf 폴더에 gpkiapi.conf가 있고 읽을 수 있는지',
      '파일의 내용을 고치다가 형식이 틀어지지 않았는지',
    ],
    remedy: '모듈에 들어 있는 gpkiapi.conf로 되돌리고, 읽을 권한을 준 뒤 다시 시작하십시오.',
    mends: ['MODULE', 'DETAIL'],
  },
  {
    codes: [1301, 1303],
    names: ['WRONG_PASSWORD', 'NOT_MATCHED_KEY_PAIR'],
    about: '인증서와 키가 맞지 않음',
    likely: '인증서의 비밀번호가 다르거나, 서명용(sig)과 암호용(env) 파일이 섞인 것으로 보입니다.',
    check: [
      '인증서와 키의 짝이 맞는지 (_sig.cer와 _sig.key, _env.cer와 _env.key)',
      '인증서를 바꾼 뒤 설정의 비밀번호도 바꾸었는지 (비밀번호는 여기에 적지 마십시오)',
    ],
    remedy: '짝이 맞는 인증서와 키로 바꾸고 설정의 비밀번호를 고친 뒤 다시 시작하십시오.',
    mends: ['DETAIL'],
  },
  {
    codes: [],
    names: [],
    signs: [/UnsatisfiedLinkError/i],
    general: true,
    about: '모듈 라이브러리를 올리지 못함',
    likely: 'JVM과 모듈의 비트수가 다르거나 라이브러리 경로가 맞지 않는 것으로 보입니다.',
    check: [
      'JVM의 비트수(java -version)와 모듈의 비트수가 같은지',
      '라이브러리 경로에 모듈의 폴더가 들어 있는지 (Linux LD_LIBRARY_PATH, AIX LIBPATH, Windows PATH)',
    ],
    remedy: 'JVM의 비트수에 맞는 모듈을 받고, 라이브러리 경로를 고친 뒤 WAS를 다시 시작하십시오.',
    publicRemedy: `JVM의 비트수에 맞는 모듈을 ${SUPPORT_PHONE}이나 Q&A로 요청하여 받고, 라이브러리 경로를 고친 뒤 WAS를 다시 시작하십시오.`,
    mends: ['MODULE', 'DETAIL'],
  },
];
