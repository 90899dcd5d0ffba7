/**
 * Test values are allowed while a system is being built; a regular licence is bound to the real machine. The guide
 * (2-1, 2-4): 실 운영서버에 적용할 경우엔 반드시 실제 정보 입력. These tests run before a regular licence and catch only values that no
 * running machine can have: a false alarm would stop a real system.
 */

/** Words that mean "not the real one" by themselves, and words that may accompany them. */
const MARKS = new Set([
  ...['test', 'testing', 'tst', 'example', 'sample', 'dummy', 'temp', 'tmp', 'localhost'],
  ...['none', 'null', 'unknown', 'tbd', 'todo', 'xxx', '테스트', '미정'],
]);
const FILLERS = new Set(['server', 'svr', 'srv', 'host', 'hostname', 'name', 'pc', '']);

const SAMPLE_MACS = new Set(['001122334455', '112233445566', 'AABBCCDDEEFF', '123456789ABC', '1234567890AB']);

const RESERVED_TOP = /(?:^|\.)(?:test|example|invalid|localhost|localdomain)$/;

/** All zero, all F, the same value in every octet, a vendor part of zeros, or a textbook example. */
export function isPlaceholderMac(text: string): boolean {
  const digits = text
    .normalize('NFKC')
    .replace(/[^0-9a-f]/gi, '')
    .toUpperCase();
  if (digits.length !== 12) return false;
  return /^(..)\1{5}$/.test(digits) || digits.startsWith('000000') || SAMPLE_MACS.has(digits);
}

/** `test`, `TEST-server01`, `localhost.localdomain`, but neither `test-was01` nor `latest`. */
export function isPlaceholderHost(text: string): boolean {
  const name = text.normalize('NFKC').trim().toLowerCase();
  if (RESERVED_TOP.test(name)) return true;
  const [first = ''] = name.split('.');
  const words = first.split(/[-_ ]/).map((word) => word.replace(/\d+$/, ''));
  return words.some((word) => MARKS.has(word)) && words.every((word) => MARKS.has(word) || FILLERS.has(word));
}

/** The names that RFC 2606 reserves for examples, and `test` in the place of an agency's name. */
export function isPlaceholderDomain(text: string): boolean {
  const name = text.normalize('NFKC').trim().toLowerCase();
  return (
    RESERVED_TOP.test(name) || /(?:^|\.)(?:example|test)\.(?:com|net|org|(?:(?:go|or|co)\.)?kr)$/.test(name)
  );
}
