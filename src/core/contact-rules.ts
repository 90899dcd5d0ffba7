import { z } from 'zod';
import { type Parsed, rule } from './rule.ts';

/**
 * Rules for a contact's name, telephone numbers and e-mail. Numbering plan: 전기통신번호관리세칙. 02 or 0NN is a region, 010
 * (and the old 011, 016-019) a mobile, then 070, 050X, and the eight-digit 15YY / 16YY / 18YY without an area code.
 */

const OFFICE_EXAMPLE = '예: 02-2031-9000';
const MOBILE_EXAMPLE = '예: 010-1234-5678';

/** Each row has a pattern for the whole number, with its digits in two or three groups. */
const NUMBERING_PLAN = [
  /^(02)([1-9]\d{2,3})(\d{4})$/,
  /^(0(?:3[1-3]|4[1-4]|5[1-5]|6[1-4]))([1-9]\d{2,3})(\d{4})$/,
  /^(010)(\d{4})(\d{4})$/,
  /^(01[16789])(\d{3,4})(\d{4})$/,
  /^(070)(\d{4})(\d{4})$/,
  /^(050\d)(\d{3,4})(\d{4})$/,
  /^(1[568]\d{2})(\d{4})$/,
];

/**
 * Puts hyphens into a run of digits: `0212345678` becomes `02-1234-5678`. Null when the numbering plan has no such
 * number.
 */
export function hyphenatePhone(digits: string): string | null {
  for (const row of NUMBERING_PLAN) {
    const match = row.exec(digits);
    if (match) return match.slice(1).join('-');
  }
  return null;
}

/** The digits as they are dialled inside the country: without separators and +82, full-width digits made plain. */
function dialled(text: string): string {
  return text
    .normalize('NFKC')
    .trim()
    .replace(/^\+\s*82[\s-]*\(?0?\)?/, '0')
    .replace(/[\s.()\p{Pd}]/gu, '');
}

function parsePhone(text: string): Parsed {
  const digits = dialled(text);
  if (digits === '') return { ok: false, message: `전화번호를 입력해 주십시오. ${OFFICE_EXAMPLE}` };
  if (/내선|ext|#|~|,|\//i.test(text)) {
    return {
      ok: false,
      message: `전화번호는 한 개만, 내선번호 없이 입력해 주십시오. ${OFFICE_EXAMPLE}`,
    };
  }
  if (!/^\d+$/.test(digits)) {
    return { ok: false, message: `전화번호에는 숫자와 붙임표(-)만 쓸 수 있습니다. ${OFFICE_EXAMPLE}` };
  }
  const value = hyphenatePhone(digits);
  if (value) return { ok: true, value };
  return {
    ok: false,
    message:
      `전화번호 ${digits.length}자리가 국번 규칙에 맞지 않습니다. ` +
      `지역번호부터 빠짐없이 입력했는지 확인해 주십시오. ${OFFICE_EXAMPLE}`,
  };
}

/** A number that receives text messages: 010, or the old 011 and 016-019. */
function parseMobile(text: string): Parsed {
  if (text.trim() === '') {
    return { ok: false, message: `휴대전화번호를 입력해 주십시오. ${MOBILE_EXAMPLE}` };
  }
  const parsed = parsePhone(text);
  if (parsed.ok && /^01\d-/.test(parsed.value)) return parsed;
  return {
    ok: false,
    message: `휴대전화번호가 아닙니다. 010으로 시작하는 11자리 번호를 입력해 주십시오. ${MOBILE_EXAMPLE}`,
  };
}

/** Keeps the part before the @ as typed and lowers the domain, the only part in which case does not matter. */
export function parseEmail(text: string): Parsed {
  const typed = text.normalize('NFKC').trim();
  if (typed === '') return { ok: false, message: '이메일을 입력해 주십시오. 예: kim@korea.kr' };
  if (typed.length > 254 || !z.email().safeParse(typed).success) {
    return {
      ok: false,
      message: '이메일 형식이 아닙니다. 주소 한 개를 빈칸 없이 입력해 주십시오. 예: kim@korea.kr',
    };
  }
  const at = typed.lastIndexOf('@');
  return { ok: true, value: `${typed.slice(0, at)}${typed.slice(at).toLowerCase()}` };
}

/** Names are brought to NFC: macOS types them decomposed, and they would not equal the name in the certificate. */
function parsePersonName(text: string): Parsed {
  const value = text.normalize('NFC').trim().replace(/\s+/g, ' ');
  if (value === '') return { ok: false, message: '이름을 입력해 주십시오.' };
  if (!/^\p{L}[\p{L}\p{M} .·'-]*$/u.test(value)) {
    return { ok: false, message: '이름에는 한글이나 영문만 쓸 수 있습니다. 직위, 숫자, 기호는 빼 주십시오.' };
  }
  if (value.length < 2 || value.length > 40) {
    return {
      ok: false,
      message: `이름은 2자 이상 40자 이하로 입력해 주십시오. 현재 ${value.length}자입니다.`,
    };
  }
  return { ok: true, value };
}

/** Schemas of zod for forms: they take text and give its normal form, or refuse it with one Korean sentence. */
export const phone = rule(parsePhone, `전화번호를 입력해 주십시오. ${OFFICE_EXAMPLE}`);
export const mobile = rule(parseMobile, `휴대전화번호를 입력해 주십시오. ${MOBILE_EXAMPLE}`);
export const email = rule(parseEmail, '이메일을 입력해 주십시오. 예: kim@korea.kr');
export const personName = rule(parsePersonName, '이름을 입력해 주십시오.');
