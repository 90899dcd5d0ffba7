import { isDay } from '../core/calendar.ts';
import type { AgencyKind } from '../records/people/agencies.ts';

/**
 * The official letter (공문) behind a filing. An 행정기관 numbers its letters by department and a serial that starts again
 * each year: `디지털안전정책과-1234` (공공기록물 관리에 관한 법률 시행령 20, 시행규칙 5). 공공기관, to which that decree does not apply, number
 * theirs as they like.
 */

interface LetterNumber {
  /** The normal form, which is shown. */
  number: string;
  /** 처리과; null for a 공공기관, because its numbers have no fixed parts. */
  department: string | null;
}

type LetterNumberResult = ({ ok: true } & LetterNumber) | { ok: false; message: string };
type LetterDateResult = { ok: true; warning: string | null } | { ok: false; message: string };

const EXAMPLE = '예: 디지털안전정책과-1234';
const MAX_LENGTH = 60;
/** The dots and dashes that word processors put between parts of a name and a number. */
const MIDDLE_DOTS = /[ㆍ・‧•⋅･]/g;
const DASHES = /[\p{Pd}−]/gu;

/** Makes full-width characters plain, and uses one kind of dot, dash and blank. */
function normalise(text: string): string {
  // Dots first, because NFKC turns ㆍ into a vowel sign.
  return text.replace(MIDDLE_DOTS, '·').normalize('NFKC').replace(DASHES, '-').replace(/\s+/g, ' ').trim();
}

function refuse(message: string): LetterNumberResult {
  return { ok: false, message };
}

/** Reads the number of a letter as it is written on paper. */
export function parseLetterNumber(text: string, kind: AgencyKind): LetterNumberResult {
  const typed = normalise(text);
  if (typed === '') return refuse(`공문 문서번호를 입력해 주십시오. ${EXAMPLE}`);
  if (typed.length > MAX_LENGTH) {
    return refuse(`공문 문서번호는 ${MAX_LENGTH}자까지 입력할 수 있습니다. 현재 ${typed.length}자입니다.`);
  }
  if (/\p{C}/u.test(typed))
    return refuse('공문 문서번호에 보이지 않는 문자가 있습니다. 직접 입력해 주십시오.');
  if (kind === 'PUBLIC') return { ok: true, number: typed, department: null };

  const number = typed.replace(/ ?- ?(?=\d+$)/, '-');
  const [, department, serial] = /^([가-힣A-Za-z0-9·() ]+)-(\d+)$/.exec(number) ?? [];
  if (department !== undefined && serial !== undefined && department.trim() !== '') {
    return { ok: true, number, department: department.trim() };
  }
  if (/\d\s*호$/.test(number)) return refuse(`공문 문서번호 끝의 ‘호’를 빼고 입력해 주십시오. ${EXAMPLE}`);
  if (/^\d+$/.test(number)) {
    return refuse(`공문 문서번호에 처리과 이름이 빠졌습니다. 처리과-번호로 입력해 주십시오. ${EXAMPLE}`);
  }
  if (!/\d$/.test(number)) {
    return refuse(
      `공문 문서번호 끝에 등록번호가 없습니다. 결재가 끝난 공문의 번호를 입력해 주십시오. ${EXAMPLE}`,
    );
  }
  return refuse(`공문 문서번호는 ‘처리과-번호’ 형식으로 입력해 주십시오. ${EXAMPLE}`);
}

/**
 * What identifies a letter: the agency, its department, the year of 시행일 and the serial. The agency belongs to it,
 * because on paper the department's name replaces its code, and every agency has a 총무과.
 * @param effectiveOn 시행일, `YYYY-MM-DD`
 */
export function letterKey(agencyCode: string, letter: LetterNumber, effectiveOn: string): string {
  const bare = letter.number.replace(/ /g, '').toLowerCase();
  const serial = letter.department === null ? bare : bare.replace(/-0*(?=\d+$)/, '-');
  return [agencyCode, effectiveOn.slice(0, 4), serial].join('/');
}

function yearBefore(day: string): string {
  return `${Number(day.slice(0, 4)) - 1}${day.slice(4)}`;
}

/**
 * 시행일 is written before the letter is entered, so it cannot lie in the future. An old date is only questioned.
 * @param today the day in Seoul, `YYYY-MM-DD`
 */
export function checkLetterDate(effectiveOn: string, today: string): LetterDateResult {
  if (!isDay(effectiveOn)) {
    return { ok: false, message: '시행일을 날짜로 입력해 주십시오. 예: 2026-11-23' };
  }
  if (effectiveOn > today) {
    return { ok: false, message: '시행일이 오늘보다 늦습니다. 공문에 적힌 시행일을 확인해 주십시오.' };
  }
  const isOld = effectiveOn < yearBefore(today);
  return {
    ok: true,
    warning: isOld ? '시행일이 1년 넘게 지났습니다. 이번 신청의 공문이 맞는지 확인해 주십시오.' : null,
  };
}
