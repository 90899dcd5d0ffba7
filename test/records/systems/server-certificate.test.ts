import { describe, expect, test } from 'vitest';
import {
  expiryText,
  judgeServerCertificate,
  type ServerCertificateFacts,
} from '../../../src/records/systems/server-certificate.ts';

const now = new Date('2026-11-23T01:00:00.000Z');
const at = (day: string) => new Date(`${day}T14:59:59.000Z`); // the end of that day in Seoul
const file = {
  organisation: 'Government of Korea',
  policies: ['1.2.410.100001.2.1.2'],
  notBefore: new Date('2026-01-01T00:00:00Z'),
};
const facts = { cn: 'SVR1741000001', notAfter: at('2028-03-31'), file };
const judge = (change: Partial<ServerCertificateFacts>, code = '1741000') =>
  judgeServerCertificate({ ...facts, ...change }, code, now);

test('a server certificate of the agency is taken as it is', () => {
  expect(judge({})).toEqual({ ok: true, cn: 'SVR1741000001', warnings: [] });
  expect(judge({ cn: 'svr1741000001', file: null })).toEqual({ ok: true, cn: 'SVR1741000001', warnings: [] });
});

test('a 공공기관 has its own place and policy', () => {
  const publicFile = { ...file, organisation: 'Public of Korea', policies: ['1.2.410.100001.2.1.5'] };
  expect(judge({ cn: 'SVRB552584001', file: publicFile }, 'B552584')).toMatchObject({
    ok: true,
    warnings: [],
  });
});

describe('refused', () => {
  test.each<[string, Parameters<typeof judge>[0], string, RegExp]>([
    ['a CN a character short, typed', { cn: 'SVR174100001', file: null }, 'cn', /모자랍니다/],
    ['a person’s file', { cn: '001홍길동001' }, 'file', /SVR로 시작/],
    [
      'the o= of others',
      { file: { ...file, organisation: 'Public of Korea' } },
      'file',
      /o=Government of Korea여야/,
    ],
    [
      'a policy of persons',
      { file: { ...file, policies: ['1.2.410.100001.2.2.1'] } },
      'file',
      /서버용 인증서가 아닙니다/,
    ],
    ['no policy', { file: { ...file, policies: [] } }, 'file', /서버용 인증서가 아닙니다/],
    ['one that ran out', { notAfter: at('2026-11-22') }, 'file', /만료된 인증서.*재발급/],
    ['an end in the past, typed', { notAfter: at('2026-11-22'), file: null }, 'until', /만료된 인증서/],
  ])('%s', (_what, change, field, message) => {
    expect(judge(change)).toEqual({ ok: false, field, message: expect.stringMatching(message) });
  });
});

describe('pointed out', () => {
  test('another agency’s code', () => {
    expect(judge({}, '6110000')).toMatchObject({ warnings: [expect.stringMatching(/1741000.*6110000/)] });
  });

  test.each([
    ['2028-04-01', 0],
    ['2028-04-03', 1],
  ])('until %s after a start on 2026-01-01: %i times more than 2 years and 3 months', (until, count) => {
    const verdict = judge({ notAfter: at(until) });
    expect(verdict.ok && verdict.warnings.filter((text) => text.includes('2년 3개월'))).toHaveLength(count);
  });

  test('a typed end is counted from today', () => {
    expect(judge({ notAfter: at('2029-02-22'), file: null })).toMatchObject({ warnings: [] });
    expect(judge({ notAfter: at('2029-03-01'), file: null })).toMatchObject({
      warnings: [expect.stringContaining('2년 3개월')],
    });
  });
});

test.each([
  ['90 days before', '2026-11-02T00:30:00Z', '(90일 남음: 갱신할 수 있습니다)'],
  ['30 days before, early', '2027-01-01T00:00:00Z', '(30일 남음: 갱신할 수 있습니다)'],
  ['30 days before, late', '2027-01-01T14:00:00Z', '(30일 남음: 갱신할 수 있습니다)'],
  ['its last day', '2027-01-31T00:00:00Z', '(오늘 만료: 갱신할 수 있습니다)'],
  ['its end', '2027-01-31T14:59:59Z', '(만료됨: 재발급을 신청하십시오)'],
])('counts days as the reminder does: %s', (_what, then, text) => {
  expect(expiryText(at('2027-01-31'), new Date(then))).toBe(`2027. 1. 31.까지 ${text}`);
});

test('91 days before its end nothing is to be done yet', () => {
  expect(expiryText(at('2027-01-31'), new Date('2026-11-01T00:30:00Z'))).toBe('2027. 1. 31.까지');
});

test.each([
  ['2028-03-31', /까지$/],
  ['2027-01-31', /갱신할 수 있습니다/],
  ['2026-11-01', /만료됨: 재발급/],
])('an end on %s', (until, text) => {
  expect(expiryText(at(until), now)).toMatch(text);
});
