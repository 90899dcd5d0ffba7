import { SUPPORT_PHONE } from '../../core/support-phone.ts';
import { confRights, type KnownError, reach } from './error-codes.ts';

/** Messages of the JVM and the operating system about loading the library and using the network. They have no codes. */

const libraryPath: readonly (readonly [string, string])[] = [
  ['Linux, Solaris', 'echo $LD_LIBRARY_PATH, ldd libgpkiapi.so'],
  ['AIX', 'echo $LIBPATH, dump -X64 -H libgpkiapi64.a'],
  ['HP-UX', 'echo $SHLIB_PATH (64비트는 $LD_LIBRARY_PATH)'],
  ['Windows', 'echo %PATH%, where gpkiapi64.dll'],
];

export const loadingErrors: readonly KnownError[] = [
  {
    codes: [],
    names: [],
    signs: [/already loaded in another class ?loader/i],
    about: '라이브러리를 두 번 올림',
    likely: '한 JVM에서 표준API 라이브러리를 두 번 올리려 한 것으로 보입니다.',
    check: [
      '같은 WAS의 여러 업무에 libgpkiapi_jni.jar가 따로 들어 있지 않은지 (WEB-INF/lib)',
      'WAS를 다시 시작하지 않고 다시 배포하지 않았는지',
    ],
    remedy:
      '한 JVM은 라이브러리를 한 번만 올립니다. jar를 업무마다 두지 말고 WAS의 공유 라이브러리 폴더에 한 벌만 두고, WAS를 완전히 다시 시작하십시오.',
    mends: ['DETAIL'],
  },
  {
    codes: [],
    names: [],
    signs: [
      /cannot open shared object file/i,
      /(?:no|find|load(?: library)?) \S*gpkiapi\S* in java\.library\.path/i,
      /dependent module \S+ could not be loaded|0509-\d{3}/i,
      /Can't find dependent libraries/i,
    ],
    about: '라이브러리 파일을 찾지 못함',
    likely: '라이브러리 경로에 모듈의 폴더가 없거나, 모듈이 쓰는 다른 라이브러리가 없는 것으로 보입니다.',
    check: [
      '라이브러리 파일이 그 폴더에 있는지',
      'WAS를 실행하는 계정의 라이브러리 경로에 그 폴더가 들어 있는지',
    ],
    commands: libraryPath,
    remedy: 'WAS의 시작 스크립트에서 라이브러리 경로에 모듈의 폴더를 넣고 WAS를 다시 시작하십시오.',
    mends: ['MODULE', 'DETAIL'],
  },
  {
    codes: [],
    names: [],
    signs: [
      /wrong ELF class/i,
      /Can't load \w+ \d+-bit \.?\w+ on an? \w+ \d+-bit/i,
      /not a valid Win32 application/i,
      /exec format error/i,
      /0509-103|System error: Exec format/i,
    ],
    about: 'JVM과 모듈의 비트수가 다름',
    likely: 'JVM의 비트수와 모듈의 비트수(32, 64)가 다른 것으로 보입니다.',
    check: ['JVM의 비트수 (java -version에 64-Bit가 있는지)', '모듈 파일의 비트수와 운영체제'],
    commands: [
      ['Linux, Solaris, HP-UX', 'file libgpkiapi.so'],
      ['AIX', 'file libgpkiapi64.a'],
      ['Windows', '64비트는 gpkiapi64.dll, 32비트는 gpkiapi.dll'],
    ],
    remedy: 'JVM의 비트수에 맞는 모듈을 받아 바꾸고 WAS를 다시 시작하십시오.',
    publicRemedy: `JVM의 비트수에 맞는 모듈을 ${SUPPORT_PHONE}이나 Q&A로 요청하여 받아 바꾸고 WAS를 다시 시작하십시오.`,
    mends: ['MODULE', 'DETAIL'],
  },
  {
    codes: [],
    names: [],
    signs: [/(?:NoClassDefFoundError|ClassNotFoundException)\W{1,3}com[./]gpki/i],
    about: '표준API jar를 찾지 못함',
    likely: '표준API의 jar 파일(libgpkiapi_jni.jar)이 클래스 경로에 없는 것으로 보입니다.',
    check: [
      'jar 파일이 WAS의 공유 라이브러리 폴더나 클래스 경로에 있는지',
      '초기화가 먼저 실패하지 않았는지 (로그의 맨 처음 오류를 보십시오)',
    ],
    remedy: 'jar 파일을 WAS의 공유 라이브러리 폴더에 넣고 WAS를 다시 시작하십시오.',
    mends: ['MODULE', 'DETAIL'],
  },
  {
    codes: [],
    names: [],
    signs: [/Permission denied/i, /AccessDeniedException|Access is denied|액세스가 거부/i],
    about: '파일의 권한이 없음',
    likely: '프로그램을 실행하는 계정에 conf 폴더나 모듈 파일을 읽고 쓸 권한이 없는 것으로 보입니다.',
    check: ['WAS를 실행하는 계정이 conf 폴더와 모듈 파일을 읽고 conf 폴더에 쓸 수 있는지'],
    commands: confRights,
    remedy: '파일의 소유자와 권한을 WAS를 실행하는 계정에 맞추고 다시 시작하십시오.',
    mends: ['DETAIL'],
  },
  {
    codes: [],
    names: [],
    signs: [
      /javax\.naming\.\w*(?:Communication|ServiceUnavailable)Exception/i,
      /LDAP.{0,60}(?:fail|error|refused|timed? ?out)/i,
    ],
    about: 'LDAP 서버에 연결하지 못함',
    likely: '폐지목록(CRL)을 받는 LDAP 서버에 연결하지 못한 것으로 보입니다.',
    check: [
      'LDAP 389 포트로 나가는 통신이 방화벽에서 막히지 않았는지',
      '서버에서 LDAP 서버의 이름이 풀리는지 (nslookup 서버주소)',
    ],
    commands: reach('389'),
    remedy: '방화벽에서 389 포트를 열고 다시 해 보십시오.',
    mends: ['DETAIL'],
  },
  {
    codes: [],
    names: [],
    signs: [/Certificate\s?NotYetValid|not yet valid/i, /clock skew/i],
    about: '서버의 시각이 맞지 않음',
    likely: '서버의 날짜나 시각이 늦어, 인증서가 아직 유효하지 않다고 판정한 것으로 보입니다.',
    check: ['서버의 날짜, 시각, 시간대가 맞는지'],
    commands: [
      ['Linux', 'date, timedatectl'],
      ['AIX, HP-UX, Solaris', 'date, ntpq -p'],
      ['Windows', 'w32tm /query /status'],
    ],
    remedy: '서버의 시각을 맞추고 다시 시작하십시오.',
    mends: ['DETAIL'],
  },
];
