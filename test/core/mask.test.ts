import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type MaskKind,
  mask,
  maskCn,
  maskEmail,
  maskIp,
  maskMac,
  maskName,
  maskPhone,
  maskTelling,
  maskWithin,
} from '../../src/core/mask.ts';

const KINDS: MaskKind[] = ['name', 'phone', 'email', 'ip', 'mac', 'cn', 'text'];

describe('mask', () => {
  it.each([
    ['김철용', '김*용'],
    ['김철', '김*'],
    ['김', '*'],
    ['남궁민수', '남**수'],
    ['John Doe', 'J******e'],
    ['  김철용 ', '김*용'],
    ['김철용'.normalize('NFD'), '김*용'],
    ['', ''],
  ])('name %j reads %j', (name, masked) => {
    expect(maskName(name)).toBe(masked);
  });

  it('does not let a long name fill the screen', () => {
    expect(maskName('가'.repeat(10_000))).toBe(`가${'*'.repeat(10)}가`);
  });

  it.each([
    ['010-1234-5678', '010-1234-****'],
    ['01012345678', '010-1234-****'],
    ['010 1234 5678', '010-1234-****'],
    ['０１０－１２３４－５６７８', '010-1234-****'],
    ['02-2031-9000', '02-2031-****'],
    ['1661-9088', '1661-****'],
    ['+82 10-1234-5678', '82101234****'],
    ['999', '***'],
    ['010-1234-5678 김철용', '***'],
  ])('phone %j reads %j', (phone, masked) => {
    expect(maskPhone(phone)).toBe(masked);
  });

  it.each([
    ['kim@korea.kr', 'k**@korea.kr'],
    ['k@korea.kr', '*@korea.kr'],
    ['홍길동@한국.한국', '홍**@한국.한국'],
    ['kim', '***'],
    ['a@b@korea.kr', '***'],
    ['<!channel>@korea.kr|x', '***'],
  ])('e-mail %j reads %j', (email, masked) => {
    expect(maskEmail(email)).toBe(masked);
  });

  it.each([
    ['10.1.2.7', '10.***.***.7'],
    ['10.1.2.7, 10.1.2.8', '10.***.***.7, 10.***.***.8'],
    ['fd00:1:2::7', 'fd00:***:7'],
    ['::ffff:10.1.2.7', '10.***.***.7'],
    ['10.1.2', '***'],
    ['was01', '***'],
  ])('address %j reads %j', (ip, masked) => {
    expect(maskIp(ip)).toBe(masked);
  });

  it.each([
    ['00:1a:2b:3c:4d:5e', '**:**:**:**:**:5E'],
    ['001A.2B3C.4D5E', '**:**:**:**:**:5E'],
    ['mac', '***'],
  ])('MAC %j reads %j', (mac, masked) => {
    expect(maskMac(mac)).toBe(masked);
  });

  it.each([
    ['001홍길동001', '001홍*동001'],
    ['001홍길동001'.normalize('NFD'), '001홍*동001'],
    ['001JohnDoe001', '001J*****e001'],
    ['SVR1741000001', 'SVR1741000001'],
    ['홍길동', '홍*동'],
  ])('CN %j reads %j', (cn, masked) => {
    expect(maskCn(cn)).toBe(masked);
  });

  it.each([
    ['02)123-4567', '02-123-****'],
    ['(02)2100-1234', '02-2100-****'],
    ['+82-10-1234-5678', '82101234****'],
    ['+82 (0)10-1234-5678', '820101234****'],
    ['010–1234–5678', '010-1234-****'],
    ['010 - 1234 - 5678', '010-1234-****'],
    ['０１０－１２３４－５６７８', '010-1234-****'],
    ['01012345678', '010-1234-****'],
    ['0505-123-4567', '0505-123-****'],
    ['kim@korea.kr', 'k**@korea.kr'],
    ['00:1a:2b:3c:4d:5e', '**:**:**:**:**:5E'],
    ['001A.2B3C.4D5E', '**:**:**:**:**:5E'],
    ['10.1.2.7', '10.***.***.7'],
    ['fd00:1:2::7', 'fd00:***:7'],
    ['::ffff:10.1.2.7', '10.***.***.7'],
  ])('%j in a sentence reads %j, and nothing of it in a log', (told, masked) => {
    for (const [before, after] of [
      ['', ''],
      ['연락처는 ', '입니다.'],
      ['[', '] '],
    ] as const) {
      expect(maskWithin(`${before}${told}${after}`)).toBe(`${before}${masked}${after}`);
      expect(maskTelling(`at ${told}, port`)).toBe('at ***, port');
    }
    for (const before of ['LABEL:', '주소:', '주소: ', 'LABEL.', '서버.', 'LABEL=']) {
      for (const after of ['', '.', ':', '-', ': 입니다']) {
        const text = `${before}${told}${after}`;
        // What may stand in the local part of an e-mail address is masked with it.
        if (told.includes('@') && /[.=]$/.test(before)) expect(maskWithin(text)).not.toContain(told);
        else expect(maskWithin(text)).toBe(`${before}${masked}${after}`);
        expect(maskTelling(text)).not.toContain(told);
      }
    }
  });

  it.each([
    ['eth0-00:1A:2B:3C:4D:5E', 'eth0-**:**:**:**:**:5E'],
    ['MAC주소:00-1A-2B-3C-4D-5E', 'MAC주소:**:**:**:**:**:5E'],
    ['DB:00:1A:2B:3C:4D:5E', '***'],
    ['DB:2001:db8::1', 'db:***:1'],
    ['20:01:0d:b8:00:00:00:01', '***'],
    ['2001:db8:0:0:0:0:0:1', '2001:***:1'],
    ['[2001:db8::1]:8080', '[2001:***:1]:8080'],
    ['10.1.2.7:8080', '10.***.***.7:8080'],
    ['kim@korea.kr/lee@korea.kr', '***'],
    ['kim@korea.kr|lee@korea.kr·choi@korea.kr', '***'],
    ['kim@korea.kr, lee@korea.kr', 'k**@korea.kr, l**@korea.kr'],
  ])('%j reads %j', (text, masked) => {
    expect(maskWithin(text)).toBe(masked);
  });

  it('reads a text without an address once, however long it is', () => {
    const text = 'a'.repeat(1_000_000); // read from each of its letters, it would take a quarter of an hour
    expect(maskWithin(text)).toBe(text);
  });

  it('masks what stands behind a word and a dash', () => {
    expect(maskWithin('전화-010-1234-5678')).toBe('전화-010-1234-****');
    expect(maskWithin('장비-00:1a:2b:3c:4d:5e')).toBe('장비-**:**:**:**:**:5E');
  });

  it.each([
    '10:30:00',
    '2026-11-30 09:30:15',
    '접수번호 2026-000002, 문서번호 디지털안전정책과-1234',
    'std::string, a :: b',
    'std::a::b, Xyz::def',
    '버전 1.10.0, 지침 제31조제2항',
    'SVR1741000001',
  ])('leaves %j in a sentence as it is', (text) => {
    expect(maskWithin(text)).toBe(text);
  });

  it('hides free text whole, and says nothing of what was not typed', () => {
    expect(mask('text', '내부 메모')).toBe('***');
    for (const kind of KINDS) {
      expect(mask(kind, null)).toBe('');
      expect(mask(kind, undefined)).toBe('');
      expect(mask(kind, '')).toBe('');
    }
  });

  it('never throws, and never gives back what it was given', () => {
    const hostile = fc.oneof(fc.string({ unit: 'binary' }), fc.string({ unit: 'grapheme' }));
    fc.assert(
      fc.property(fc.constantFrom(...KINDS), hostile, (kind, value) => {
        const masked = mask(kind, value);
        expect(masked.length).toBeLessThanOrEqual(value.normalize('NFKD').length + 40);
        const letters = value.replace(/[\s*]/g, '');
        if (letters.length > 2 && kind !== 'cn') expect(masked).not.toBe(value);
      }),
    );
  });

  it('keeps the last four digits of every number from view', () => {
    const number = fc.stringMatching(/^01[016789]\d{8}$/);
    fc.assert(
      fc.property(number, (digits) => {
        expect(maskPhone(digits).replace(/\D/g, '')).toBe(digits.slice(0, -4));
      }),
    );
  });
});
