import { domainToASCII, domainToUnicode } from 'node:url';
import { classifyIp } from './hosts.ts';

/**
 * Domain names and the login address of a system. Nothing is cut off silently: a licence is bound to the domain, so a
 * typed scheme, path or port is refused, not dropped.
 */

/** `goKr`: required of 행정기관. `kr`, `hangeul` (.한국): allowed too. `other`: officers should check it. */
type DomainKind = 'goKr' | 'kr' | 'hangeul' | 'other';

type Domain =
  | {
      ok: true;
      /** The form for people: lower case, Hangul kept. */
      domain: string;
      /** The form for comparison (punycode). */
      ascii: string;
      kind: DomainKind;
      /** A question to the person who typed it; null when nothing is unusual. */
      note: string | null;
    }
  | { ok: false; message: string };

type LoginUrl = { ok: true; url: string; host: string } | { ok: false; message: string };

const EXAMPLE = '예: www.mois.go.kr';
const MAX_URL = 500;

const OTHER_NOTE =
  '행정기관의 도메인은 go.kr로 끝나는 것이 원칙이며 .kr, .한국도 쓸 수 있습니다. 입력한 도메인이 맞는지 확인해 주십시오.';

function kindOf(domain: string): DomainKind {
  if (domain.endsWith('.go.kr')) return 'goKr';
  if (domain.endsWith('.kr')) return 'kr';
  return domain.endsWith('.한국') ? 'hangeul' : 'other';
}

function refuseDomain(what: string): Domain {
  return { ok: false, message: `${what} ${EXAMPLE}` };
}

export function parseDomain(text: string): Domain {
  const typed = text.normalize('NFKC').trim();
  if (typed === '') return refuseDomain('도메인을 입력해 주십시오.');
  if (/^[a-z][a-z0-9+.-]*:\/\//i.test(typed) || /[/?#@\\]/.test(typed)) {
    return refuseDomain('주소(URL) 전체가 아니라 도메인만 입력해 주십시오.');
  }
  if (/[\s,;]/.test(typed)) return refuseDomain('도메인은 빈칸 없이 한 개만 입력해 주십시오.');
  if (classifyIp(typed)) {
    return refuseDomain('IP 주소가 아니라 도메인을 입력해 주십시오. 도메인이 없으면 비워 두십시오.');
  }
  if (/:\d+$/.test(typed)) return refuseDomain('포트 번호를 빼고 도메인만 입력해 주십시오.');
  if (typed.includes('*')) return refuseDomain('별표(*) 대신 서비스하는 도메인을 모두 적어 주십시오.');
  if (typed.startsWith('.') || typed.endsWith('.')) {
    return refuseDomain('도메인 앞뒤의 점(.)을 빼 주십시오.');
  }
  if (!typed.includes('.')) return refuseDomain('도메인을 끝까지 입력해 주십시오.');
  const ascii = domainToASCII(typed);
  const labels = ascii.split('.');
  const legal = labels.every((label) => /^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/.test(label));
  // A numeric last label would be read as an IP address by every browser.
  if (ascii === '' || ascii.length > 253 || !legal || /^\d+$/.test(labels.at(-1) ?? '')) {
    return refuseDomain('도메인에는 한글, 영문, 숫자, 붙임표(-), 점(.)만 쓸 수 있습니다.');
  }
  const domain = domainToUnicode(ascii).normalize('NFC');
  const kind = kindOf(domain);
  return { ok: true, domain, ascii, kind, note: kind === 'other' ? OTHER_NOTE : null };
}

/**
 * The login address of a web system (form: 로그인용 신청 시 필수 기재). Kept as typed, because officers compare it with the 공문.
 * Internal hosts and bare IP addresses are usual and allowed.
 */
export function parseLoginUrl(text: string): LoginUrl {
  const typed = text.normalize('NFC').trim();
  const example = '예: https://www.mois.go.kr/login';
  if (typed === '') return { ok: false, message: `로그인 화면의 URL을 입력해 주십시오. ${example}` };
  if (typed.length > MAX_URL) {
    return { ok: false, message: `URL은 ${MAX_URL}자까지 입력할 수 있습니다. 현재 ${typed.length}자입니다.` };
  }
  if (!/^https?:\/\//i.test(typed)) {
    return { ok: false, message: `URL은 http:// 또는 https://로 시작해야 합니다. ${example}` };
  }
  if (/[\s<>]/.test(typed) || !URL.canParse(typed)) {
    return { ok: false, message: `올바른 URL이 아닙니다. 한 개만 빈칸 없이 입력해 주십시오. ${example}` };
  }
  const url = new URL(typed);
  if (url.username !== '' || url.password !== '') {
    return { ok: false, message: `URL에 아이디나 비밀번호를 넣지 마십시오. ${example}` };
  }
  return { ok: true, url: typed, host: domainToUnicode(url.hostname) || url.hostname };
}
