import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { z } from 'zod';
import { email, hyphenatePhone, mobile, personName, phone } from '../../src/core/contact-rules.ts';

function refusal(schema: z.ZodType, input: unknown): string {
  const result = schema.safeParse(input);
  if (result.success) throw new Error(`accepted ${JSON.stringify(input)}`);
  expect(result.error.issues).toHaveLength(1);
  return result.error.issues[0]?.message ?? '';
}

describe('phone', () => {
  it.each([
    ['02-2031-9000', '02-2031-9000'],
    ['02)203-9000', '02-203-9000'],
    ['0442051600', '044-205-1600'],
    ['(031) 120.4567', '031-120-4567'],
    ['07012345678', '070-1234-5678'],
    ['0502-123-4567', '0502-123-4567'],
    ['16619088', '1661-9088'],
    ['1588–1234', '1588-1234'],
    ['010 1234 5678', '010-1234-5678'],
    ['011-123-4567', '011-123-4567'],
    ['+82-2-2031-9000', '02-2031-9000'],
    ['+82 (0)10-1234-5678', '010-1234-5678'],
    ['０２－２０３１－９０００', '02-2031-9000'],
  ])('%j is written %j', (typed, normal) => {
    expect(phone.parse(typed)).toBe(normal);
  });

  it.each([
    ['', '입력해 주십시오'],
    ['2031-9000', '국번 규칙'],
    ['02-031-9000', '국번 규칙'],
    ['02-2031-90000', '국번 규칙'],
    ['034-123-4567', '국번 규칙'],
    ['1761-9088', '국번 규칙'],
    ['010-123-4567', '국번 규칙'],
    ['1661-9088(내선 2)', '내선번호 없이'],
    ['02-2031-9000, 9001', '한 개만'],
    ['공이-1234', '숫자와 붙임표'],
  ])('%j is refused: %s', (typed, part) => {
    expect(refusal(phone, typed)).toContain(part);
  });

  it('is refused in Korean when nothing at all was sent', () => {
    expect(refusal(phone, undefined)).toContain('전화번호를 입력해 주십시오');
    expect(refusal(phone, null)).toContain('전화번호를 입력해 주십시오');
  });

  it('reads its own normal form back unchanged', () => {
    const digits = fc.stringMatching(/^0\d{8,11}$|^1[568]\d{6}$/);
    fc.assert(
      fc.property(digits, (run) => {
        const normal = hyphenatePhone(run);
        fc.pre(normal !== null);
        expect(phone.parse(normal)).toBe(normal);
        expect(normal?.replaceAll('-', '')).toBe(run);
      }),
    );
  });

  it('never throws', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (typed) => {
        for (const schema of [phone, mobile, email, personName]) schema.safeParse(typed);
      }),
    );
  });
});

describe('mobile', () => {
  it('takes numbers that can receive a text message', () => {
    expect(mobile.parse('01012345678')).toBe('010-1234-5678');
    expect(mobile.parse('016-234-5678')).toBe('016-234-5678');
  });

  it.each(['02-2031-9000', '070-1234-5678', '1661-9088', '010-123'])('refuses %j', (typed) => {
    expect(refusal(mobile, typed)).toContain('휴대전화번호가 아닙니다');
  });

  it('asks for it by its own name when empty', () => {
    expect(refusal(mobile, ' ')).toContain('휴대전화번호를 입력해 주십시오');
  });
});

describe('email', () => {
  it('lowers the domain and nothing else', () => {
    expect(email.parse(' Kim.CY@Korea.KR ')).toBe('Kim.CY@korea.kr');
  });

  it.each([
    'kim',
    'kim@korea',
    'kim@@korea.kr',
    'kim korea.kr',
    'a@korea.kr, b@korea.kr',
    '<mailto:a@korea.kr|a>',
  ])('refuses %j', (typed) => {
    expect(refusal(email, typed)).toContain('이메일 형식이 아닙니다');
  });
});

describe('personName', () => {
  it('normalises what macOS decomposed, and spaces', () => {
    expect(personName.parse(` ${'김철용'.normalize('NFD')} `)).toBe('김철용');
    expect(personName.parse("Mary  Ann O'Neil-Kim")).toBe("Mary Ann O'Neil-Kim");
  });

  it.each([
    ['', '입력해 주십시오'],
    ['김', '2자 이상'],
    ['가'.repeat(41), '현재 41자'],
    ['김철용1', '한글이나 영문만'],
    ['<@U123>', '한글이나 영문만'],
    ['김철용\u202e', '한글이나 영문만'],
  ])('refuses %j: %s', (typed, part) => {
    expect(refusal(personName, typed)).toContain(part);
  });
});
