import { expect, test } from 'vitest';
import { knownErrors } from '../../../src/features/assist/error-codes.ts';
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
  }
});
