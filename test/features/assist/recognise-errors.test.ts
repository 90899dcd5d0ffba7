import { expect, test } from 'vitest';
import { knownErrors } from '../../../src/features/assist/known-errors.ts';
import { recogniseErrors } from '../../../src/features/assist/recognise-errors.ts';

const codesIn = (text: string) => recogniseErrors(text).errors.map(({ codes }) => codes[0] ?? null);

test.each([
  ['1103', [1103]],
  ['1103 오류가 나요', [1103]],
  ['오류코드:1103', [1103]],
  ['error1103', [1103]],
  ['E1103', [1103]],
  ['1103이 떠요', [1103]],
  ['１１０３', [1103]],
  ['(1103)', [1103]],
  ['ERR_LICENSE_EXPIRED', [1103]],
  ['license_expired', [1103]],
  ['LICENSE_EXPIRED 발생', [1103]],
  ['ERR_LOAD_LICENSE', [1100]],
  ['1106', [1101]],
  ['처음에는 1100, 고치고 나니 1105', [1100, 1105]],
  ['1105 다음에 1100, 다시 1105', [1105, 1100]],
  [
    'com.gpki.gpkiapi.exception.GpkiApiException: [1103] license\n\tat com.gpki.gpkiapi.GpkiApi.init(GpkiApi.java:1105)',
    [1103],
  ],
  ['GpkiApiException: ERR_CONNECT_OCSP', [1216]],
  ['java.net.SocketTimeoutException: connect timed out', [1216]],
  ['java.lang.UnsatisfiedLinkError: no gpkiapi_jni in java.library.path', [null]],
  ['ERR_GET_MAC_ADDRRESS', [1109]],
])('%s', (text, codes) => {
  expect(codesIn(text)).toEqual(codes);
});

test.each([
  '11030',
  '21103',
  '2026-1103',
  '10.1103.0.1',
  '1103-4567',
  '010-1103-1234',
  '접수번호 2026-001103',
  'a1103f',
  '0x1103',
  'GpkiApi.java:1103',
  '1103호',
  '1,1103',
  '11:1103',
  'MY_LICENSE_EXPIRED_AT',
  'NOT_LICENSED2',
  '안녕하세요',
])('nothing is read into %s', (text) => {
  expect(codesIn(text)).toEqual([]);
});

test.each([
  ['오류 9999', true],
  ['에러코드 1999가 나옵니다', true],
  ['com.gpki.gpkiapi.exception.GpkiApiException: something', true],
  ['ERR_SOMETHING_ELSE', true],
  ['1103', false],
  ['2026년에 신청했어요', false],
])('%s: unknown error %s', (text, unknown) => {
  expect(recogniseErrors(text).unknown).toBe(unknown);
});

test('every code and name leads to its own entry, and causes are likely ones', () => {
  const codes = knownErrors.flatMap((error) => error.codes);
  expect(new Set(codes).size).toBe(codes.length);
  for (const error of knownErrors) {
    for (const code of error.codes) expect(recogniseErrors(`code ${code}`).errors).toEqual([error]);
    for (const name of error.names) expect(recogniseErrors(`ERR_${name}`).errors).toEqual([error]);
    expect(error.likely).toMatch(/보입니다\.$/);
    expect(error.check.length).toBeGreaterThan(0);
    expect(error.remedy, error.about).toMatch(/십시오\.$/);
  }
});

const aboutIn = (text: string) => recogniseErrors(text).errors.map(({ about }) => about);

test.each([
  [
    'java.lang.UnsatisfiedLinkError: Native Library /app/lib/libgpkiapi_jni.so already loaded in another classloader',
    '라이브러리를 두 번 올림',
  ],
  [
    'java.lang.UnsatisfiedLinkError: libgpkiapi.so: libldap.so.2: cannot open shared object file: No such file or directory',
    '라이브러리 파일을 찾지 못함',
  ],
  ['/opt/gpki/libgpkiapi.so: wrong ELF class: ELFCLASS32', 'JVM과 모듈의 비트수가 다름'],
  ["gpkiapi.dll: Can't load IA 32-bit .dll on a AMD 64-bit platform", 'JVM과 모듈의 비트수가 다름'],
  [
    'Exception in thread "main" java.lang.NoClassDefFoundError: com/gpki/gpkiapi/GpkiApi',
    '표준API jar를 찾지 못함',
  ],
  [
    'java.io.FileNotFoundException: /gpki/conf/gpkiapi.lic (No such file or directory)',
    '라이선스 파일을 읽지 못함',
  ],
  ['GpkiApiException: license expired', '라이선스 유효기간이 지남'],
  ['GpkiApi: license host mismatch', '라이선스와 서버 정보가 다름'],
  ['/gpki/conf/gpkiapi.conf: Permission denied', '파일의 권한이 없음'],
  ['GpkiApi LDAP connect failed cen.dir.go.kr:389', 'LDAP 서버에 연결하지 못함'],
  ['GpkiApiException: certificate is not yet valid', '서버의 시각이 맞지 않음'],
])('%s', (text, about) => {
  expect(aboutIn(text)).toEqual([about]);
});

test.each([
  [
    'java.sql.SQLException: Io exception: Connection refused(DESCRIPTION=(ERR=1103)) oracle.jdbc',
    'Oracle 데이터베이스',
  ],
  ['ORA-01103: database name in control file', 'Oracle 데이터베이스'],
  ['npm ERR! code 1105', 'npm'],
  ['fatal: unable to access https://github.com/a/b: Connection refused', 'git'],
  ['com.mysql.cj.jdbc.exceptions.CommunicationsException: SocketTimeoutException', 'MySQL, MariaDB'],
  ['net::ERR_CONNECTION_REFUSED', '브라우저'],
])('of another product: %s', (text, other) => {
  expect(recogniseErrors(text)).toEqual({ errors: [], unknown: false, other });
});

test('a word of the API beside another product’s makes it the API’s; without anything wrong it is no error', () => {
  expect(codesIn('oracle 서버에서 GpkiApiException 1103')).toEqual([1103]);
  expect(recogniseErrors('오라클 서버에 설치하려고 합니다').other).toBeNull();
});
