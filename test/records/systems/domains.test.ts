import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseDomain, parseLoginUrl } from '../../../src/records/systems/domains.ts';

function refusalOf(result: { ok: boolean; message?: string }): string {
  expect(result.ok).toBe(false);
  return result.message ?? '';
}

describe('parseDomain', () => {
  it.each([
    ['www.mois.go.kr', 'www.mois.go.kr', 'goKr'],
    [' WWW.MOIS.GO.KR ', 'www.mois.go.kr', 'goKr'],
    ['정부24.go.kr', '정부24.go.kr', 'goKr'],
    ['korea.kr', 'korea.kr', 'kr'],
    ['www.klid.or.kr', 'www.klid.or.kr', 'kr'],
    ['행정안전부.한국', '행정안전부.한국', 'hangeul'],
  ] as const)('%j is %j, kind %s', (typed, domain, kind) => {
    expect(parseDomain(typed)).toMatchObject({ ok: true, domain, kind, note: null });
  });

  it('keeps what machines compare beside what people read', () => {
    expect(parseDomain('행정안전부.한국'.normalize('NFD'))).toMatchObject({
      domain: '행정안전부.한국',
      ascii: 'xn--or3b95l99b5b396g.xn--3e0b707e',
    });
    expect(parseDomain('xn--3e0b707e.kr')).toMatchObject({ domain: '한국.kr' });
  });

  it('asks about a domain outside the standard, and does not reject it', () => {
    const domain = parseDomain('www.example-agency.com');
    expect(domain).toMatchObject({ ok: true, kind: 'other' });
    expect(domain.ok && domain.note).toContain('go.kr');
  });

  it.each([
    ['', '입력해 주십시오'],
    ['https://www.mois.go.kr', '도메인만'],
    ['www.mois.go.kr/login', '도메인만'],
    ['kim@mois.go.kr', '도메인만'],
    ['www.mois.go.kr:8443', '포트'],
    ['*.go.kr', '별표'],
    ['www.mois.go.kr.', '점(.)을 빼'],
    ['mois', '끝까지'],
    ['10.0.0.1', 'IP 주소가 아니라'],
    ['a.go.kr b.go.kr', '한 개만'],
    ['a.go.kr,b.go.kr', '한 개만'],
    ['www..go.kr', '한글, 영문, 숫자'],
    ['-www.go.kr', '한글, 영문, 숫자'],
    ['<!channel>.go.kr', '한글, 영문, 숫자'],
    [`${'a'.repeat(64)}.go.kr`, '한글, 영문, 숫자'],
  ])('refuses %j: %s', (typed, part) => {
    expect(refusalOf(parseDomain(typed))).toContain(part);
  });

  it('reads its own form back the same, and never throws', () => {
    fc.assert(
      fc.property(fc.oneof(fc.domain(), fc.string({ unit: 'binary' })), (typed) => {
        const first = parseDomain(typed);
        if (first.ok) expect(parseDomain(first.domain)).toEqual(first);
      }),
    );
  });
});

describe('parseLoginUrl', () => {
  it.each([
    ['https://www.mois.go.kr/login?a=1', 'www.mois.go.kr'],
    ['http://10.10.1.21:8080/login.do', '10.10.1.21'],
    ['https://행정안전부.한국/로그인', '행정안전부.한국'],
    ['HTTPS://intra/login', 'intra'],
  ])('keeps %j as typed, host %j', (typed, host) => {
    expect(parseLoginUrl(` ${typed} `)).toEqual({ ok: true, url: typed, host });
  });

  it.each([
    ['', '입력해 주십시오'],
    ['www.mois.go.kr/login', 'https://로 시작'],
    ['javascript:alert(1)', 'https://로 시작'],
    ['ftp://www.mois.go.kr', 'https://로 시작'],
    ['https://', '올바른 URL이 아닙니다'],
    ['https://a.go.kr https://b.go.kr', '올바른 URL이 아닙니다'],
    ['https://a.go.kr/<!channel>', '올바른 URL이 아닙니다'],
    ['https://kim:secret@a.go.kr/', '비밀번호'],
    [`https://a.go.kr/${'a'.repeat(500)}`, '500자까지'],
  ])('refuses %j: %s', (typed, part) => {
    expect(refusalOf(parseLoginUrl(typed))).toContain(part);
  });
});
