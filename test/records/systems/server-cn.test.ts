import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { organisationProblem, parseServerCn } from '../../../src/records/systems/server-cn.ts';

function refusalOf(text: string, isKnownAgency?: (code: string) => boolean): string {
  const result = parseServerCn(text, isKnownAgency);
  if (result.ok) throw new Error(`accepted ${text}`);
  return result.message;
}

describe('parseServerCn', () => {
  it.each([
    ['SVR1741000001', '1741000', '001', 'Government of Korea'],
    ['SVR1371460003', '1371460', '003', 'Government of Korea'],
    [' svrb552584012 ', 'B552584', '012', 'Public of Korea'],
    ['ＳＶＲ１７４１０００００１', '1741000', '001', 'Government of Korea'],
  ])('%j belongs to %s, serial %s, %s', (text, agencyCode, serial, organisation) => {
    expect(parseServerCn(text)).toEqual({
      ok: true,
      cn: `SVR${agencyCode}${serial}`,
      agencyCode,
      serial,
      organisation,
    });
  });

  it('tells which part of twelve characters is short', () => {
    expect(refusalOf('SVR131000001')).toContain('기관코드(131000)가 1자리 모자랍니다');
    expect(refusalOf('SVR174100001', (code) => code === '1741000')).toContain(
      '일련번호(01)가 1자리 모자랍니다',
    );
    expect(refusalOf('SVR17410001', (code) => code === '1741000')).toContain(
      '일련번호(1)가 2자리 모자랍니다',
    );
  });

  it.each([
    ['', '입력해 주십시오'],
    ['SVR', '기관코드가 7자리 모자라고'],
    ['SVR17410', '기관코드가 2자리 모자라고'],
    ['SVR1741000', '일련번호 3자리가 빠졌습니다'],
    ['SVR17410000012', '1자리 깁니다'],
    ['001홍길동001', '‘001’로 시작'],
    ['CA131100001', 'SVR로 시작합니다'],
    ['SVR1741000OO1', '숫자 3자리'],
    ['SVR1741-00001', '‘-’ 글자를'],
    ['SVR1741000 001', '빈칸을'],
    ['SVR행정안전부001', '‘행’ 글자를'],
    ['SVR1741000001_sig.cer', '파일 이름이 아니라'],
    ['cn=SVR1741000001,ou=Group of Server,o=Government of Korea,c=KR', 'CN만'],
  ])('refuses %j: %s', (text, part) => {
    expect(refusalOf(text)).toContain(part);
  });

  it('accepts exactly what the rule says', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^SVR[0-9A-Z]{5,9}\d{1,4}$/), (text) => {
        expect(parseServerCn(text).ok).toBe(/^SVR[0-9A-Z]{7}\d{3}$/.test(text));
      }),
    );
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        parseServerCn(text);
      }),
    );
  });
});

describe('organisationProblem', () => {
  it('asks that o= agrees with the agency code', () => {
    expect(organisationProblem('1741000', 'Government of Korea')).toBeNull();
    expect(organisationProblem('B552584', ' Public of Korea ')).toBeNull();
    expect(organisationProblem('B552584', 'Government of Korea')).toContain('o=Public of Korea');
    expect(organisationProblem('1741000', 'Public of Korea')).toContain('o=Government of Korea');
  });
});
