import ipaddr from 'ipaddr.js';

/**
 * The servers that a licence is bound to: IP addresses, host name, MAC. Kinds of address: 행정기관 도메인이름 및 IP주소체계 표준
 * (2017-1).
 */

type IpKind =
  | 'private'
  | 'public'
  | 'loopback'
  | 'linkLocal'
  | 'multicast'
  | 'broadcast'
  | 'unspecified'
  | 'reserved';

interface HostAddress {
  /** Canonical text: dotted decimal, or RFC 5952 for IPv6. */
  address: string;
  version: 4 | 6;
  kind: 'private' | 'public';
}

type IpList = { ok: true; addresses: HostAddress[] } | { ok: false; message: string };
type Parsed = { ok: true; value: string } | { ok: false; message: string };

/** No system has more servers; this limits the cost of one pasted text. */
export const MAX_ADDRESSES = 64;

/** Why an address cannot belong to a server; people read it after the address. */
const REFUSALS: Record<Exclude<IpKind, 'private' | 'public'>, string> = {
  loopback: '서버 자신을 가리키는 루프백 주소입니다',
  linkLocal: '자동으로 할당된 링크 로컬 주소입니다',
  multicast: '여러 서버를 한꺼번에 가리키는 멀티캐스트 주소입니다',
  broadcast: '네트워크 전체를 가리키는 브로드캐스트 주소입니다',
  unspecified: '아직 정해지지 않았음을 뜻하는 주소입니다',
  reserved: '문서 예시용이거나 예약되어 서버에 쓸 수 없는 주소입니다',
};

/**
 * Old networks of cities and provinces use 98.0.0.0–113.255.255.255 as private addresses, which the standard still
 * allows. If such an address were called public, the official would look for a fault that is none.
 */
function isLegacyPrivate(address: ipaddr.IPv4): boolean {
  const first = address.octets[0] ?? 0;
  return first >= 98 && first <= 113;
}

function kindOf(address: ipaddr.IPv4 | ipaddr.IPv6): IpKind {
  if (address instanceof ipaddr.IPv4) {
    if (isLegacyPrivate(address)) return 'private';
    if (address.octets[0] === 0) return 'unspecified';
  }
  const range = address.range();
  switch (range) {
    case 'private':
    case 'uniqueLocal':
    case 'carrierGradeNat':
      return 'private';
    case 'unicast':
    case '6to4':
    case 'teredo':
      return 'public';
    case 'loopback':
    case 'linkLocal':
    case 'multicast':
    case 'broadcast':
    case 'unspecified':
      return range;
    default:
      return 'reserved';
  }
}

/** Strict: no octal, hexadecimal or shortened IPv4 addresses, because tools read them differently. */
function parseAddress(text: string): ipaddr.IPv4 | ipaddr.IPv6 | null {
  if (ipaddr.IPv4.isValidFourPartDecimal(text)) return ipaddr.IPv4.parse(text);
  if (!text.includes(':') || !ipaddr.IPv6.isValid(text)) return null;
  const address = ipaddr.IPv6.parse(text);
  return address.isIPv4MappedAddress() ? address.toIPv4Address() : address;
}

/** The kind of an address, or null when the text is not one. */
export function classifyIp(text: string): IpKind | null {
  const address = parseAddress(text.normalize('NFKC').trim());
  return address && kindOf(address);
}

function refusalOf(token: string): string {
  const quoted = token.length > 60 ? `${token.slice(0, 60)}…` : token;
  if (/^[\d.]+:\d+$/.test(token)) return `‘${quoted}’에서 포트 번호를 빼고 IP 주소만 입력해 주십시오.`;
  if (/\/\d+$/.test(token) || /[~*]/.test(token) || /^[\d.]+-[\d.]+$/.test(token)) {
    return `‘${quoted}’ 값은 주소 대역입니다. 서버의 IP 주소를 하나씩 쉼표로 나누어 입력해 주십시오.`;
  }
  return `‘${quoted}’ 값은 올바른 IP 주소가 아닙니다. 예: 10.10.1.21, 10.10.1.22`;
}

/** The values of a list, separated by commas, semicolons, slashes between blanks, blanks or line ends. */
export function splitList(text: string): string[] {
  return text
    .normalize('NFKC')
    .split(/\s+\/\s+|[\s,;、]+/)
    .filter((token) => token !== '');
}

/**
 * One or more addresses, separated as for {@link splitList}. Duplicates are dropped; the order stays. All or nothing:
 * the first address that cannot belong to a server is the refusal.
 */
export function parseIpList(text: string): IpList {
  const tokens = splitList(text);
  if (tokens.length === 0) {
    return { ok: false, message: '서버의 IP 주소를 입력해 주십시오. 여러 대이면 쉼표로 나눕니다.' };
  }
  if (tokens.length > MAX_ADDRESSES) {
    const message = `IP 주소는 ${MAX_ADDRESSES}개까지 입력할 수 있습니다. 현재 ${tokens.length}개입니다.`;
    return { ok: false, message };
  }
  const found = new Map<string, HostAddress>();
  for (const token of tokens) {
    const address = parseAddress(token);
    if (!address) return { ok: false, message: refusalOf(token) };
    const kind = kindOf(address);
    if (kind !== 'private' && kind !== 'public') {
      const message = `‘${token}’ 값은 ${REFUSALS[kind]}. 서버의 실제 IP 주소를 입력해 주십시오.`;
      return { ok: false, message };
    }
    const canonical = address instanceof ipaddr.IPv4 ? address.toString() : address.toRFC5952String();
    found.set(canonical, {
      address: canonical,
      version: address instanceof ipaddr.IPv4 ? 4 : 6,
      kind,
    });
  }
  return { ok: true, addresses: [...found.values()] };
}

/** Rewrites any usual spelling (`00-1A-…`, `001a.2b3c.4d5e`) as `00:1A:2B:3C:4D:5E`. */
export function parseMac(text: string): Parsed {
  const digits = text.normalize('NFKC').replace(/[\s:.\p{Pd}]/gu, '');
  if (digits === '') return { ok: false, message: 'Mac 주소를 입력해 주십시오. 예: 00:1A:2B:3C:4D:5E' };
  if (!/^[0-9a-f]{12}$/i.test(digits)) {
    return {
      ok: false,
      message: 'Mac 주소는 0–9와 A–F로 된 12자리입니다. 한 개만 입력해 주십시오. 예: 00:1A:2B:3C:4D:5E',
    };
  }
  return { ok: true, value: (digits.toUpperCase().match(/../g) ?? []).join(':') };
}

/**
 * A host name as `uname -n` prints it: labels of RFC 1123, and the underscore that AIX and Windows allow. Case is
 * kept, because the licence library compares with what the machine reports.
 */
export function parseHostName(text: string): Parsed {
  const value = text.normalize('NFKC').trim();
  if (value === '') return { ok: false, message: 'HOST를 입력해 주십시오. 예: was01' };
  if (parseAddress(value)) {
    return {
      ok: false,
      message: `‘${value}’ 값은 IP 주소입니다. HOST에는 서버에서 hostname 명령으로 확인한 이름을 입력해 주십시오.`,
    };
  }
  const labels = value.split('.');
  const legal = labels.every((label) => /^[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?$/i.test(label));
  if (value.length > 253 || !legal) {
    return {
      ok: false,
      message: 'HOST에는 영문, 숫자, 붙임표(-), 밑줄(_), 점(.)만 쓸 수 있습니다. 예: was01',
    };
  }
  return { ok: true, value };
}
