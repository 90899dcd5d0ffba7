import ipaddr from 'ipaddr.js';
import { hyphenatePhone } from './contact-rules.ts';

/**
 * The one place that hides personal data and facts about servers. Two patterns for the same value on two screens
 * would give the value away together, so nothing else may mask.
 * No function here throws: a value of an unexpected form is hidden whole.
 */

export type MaskKind = 'name' | 'phone' | 'email' | 'ip' | 'mac' | 'cn' | 'text';

/** Replaces a value of which nothing may be seen, not even its length. */
const HIDDEN = '***';
/** Long enough for every real name, short enough that a hostile one does not fill the screen. */
const MAX_STARS = 10;

const graphemes = new Intl.Segmenter('ko', { granularity: 'grapheme' });

function characters(value: string): string[] {
  return Array.from(graphemes.segment(value.normalize('NFC').trim()), (part) => part.segment);
}

function stars(count: number): string {
  return '*'.repeat(Math.min(count, MAX_STARS));
}

/** `김철용` as `김*용`, `김철` as `김*`, `남궁민수` as `남**수`, `John Doe` as `J******e`. */
export function maskName(name: string): string {
  const letters = characters(name);
  const first = letters[0];
  const last = letters.at(-1);
  if (first === undefined || last === undefined) return '';
  if (letters.length === 1) return '*';
  if (letters.length === 2) return `${first}*`;
  return `${first}${stars(letters.length - 2)}${last}`;
}

/** Hides the last four digits: `010-1234-5678` becomes `010-1234-****`, `1661-9088` becomes `1661-****`. */
export function maskPhone(phone: string): string {
  const folded = phone.normalize('NFKC').trim();
  if (folded === '') return '';
  const digits = folded.replace(/[\s.()+\p{Pd}]/gu, '');
  if (!/^\d{7,15}$/.test(digits)) return HIDDEN;
  const hyphenated = hyphenatePhone(digits) ?? digits;
  return `${hyphenated.slice(0, -4)}****`;
}

/** `kim@korea.kr` as `k**@korea.kr`: the domain names an agency, not a person. */
export function maskEmail(email: string): string {
  const folded = email.normalize('NFKC').trim();
  if (folded === '') return '';
  const match = /^([^\s@]+)@([\p{L}\p{N}.-]{1,253})$/u.exec(folded);
  if (!match) return HIDDEN;
  const [, local = '', domain = ''] = match;
  const letters = characters(local);
  const [first = ''] = letters;
  return letters.length === 1 ? `*@${domain}` : `${first}${stars(letters.length - 1)}@${domain}`;
}

/**
 * Keeps the first and last part: `10.1.2.7` becomes `10.***.***.7`, `fd00:1::7` becomes `fd00:***:7`. An official can
 * tell two servers of one system apart; the network between must not be known. A list keeps its commas.
 */
export function maskIp(ip: string): string {
  const parts = ip.normalize('NFKC').split(/[\s,;]+/);
  return parts
    .filter((part) => part !== '')
    .map(maskOneIp)
    .join(', ');
}

function maskOneIp(ip: string): string {
  if (ipaddr.IPv4.isValidFourPartDecimal(ip)) {
    const [first, , , last] = ipaddr.IPv4.parse(ip).octets;
    return `${first}.***.***.${last}`;
  }
  if (!ipaddr.IPv6.isValid(ip)) return HIDDEN;
  const address = ipaddr.IPv6.parse(ip);
  if (address.isIPv4MappedAddress()) return maskOneIp(address.toIPv4Address().toString());
  const first = address.parts[0] ?? 0;
  const last = address.parts[7] ?? 0;
  return `${first.toString(16)}:***:${last.toString(16)}`;
}

/** Keeps only the last octet: the first three name the manufacturer. */
export function maskMac(mac: string): string {
  const digits = mac.normalize('NFKC').replace(/[\s:.\p{Pd}]/gu, '');
  if (digits === '') return '';
  if (!/^[0-9a-f]{12}$/i.test(digits)) return HIDDEN;
  return `**:**:**:**:**:${digits.slice(-2).toUpperCase()}`;
}

/**
 * A personal CN is organisation mark, name, serial: `001홍길동001` becomes `001홍*동001`. A server CN (`SVR1741000001`)
 * names a machine and is not masked.
 */
export function maskCn(cn: string): string {
  const folded = cn.normalize('NFC').trim();
  if (/^SVR[0-9A-Z]{7}\d{3}$/.test(folded)) return folded;
  const match = /^([0-9A-Z]{3})(.+)(\d{3})$/s.exec(folded);
  if (!match) return maskName(folded);
  const [, mark = '', name = '', serial = ''] = match;
  return `${mark}${maskName(name)}${serial}`;
}

/** A gap inside a telephone number, as people type it: `-`, ` - `, `) `, `.`; also with a dash of another width. */
const GAP = String.raw`[^\S\n]?[)\p{Pd}.]?[^\S\n]?`;
const DIGIT = String.raw`[\d\uff10-\uff19]`;
const ZERO = '[0\uff10]';
/** `02`, `(02)`, `+82-10`, `+82 (0)10`. */
const AREA = String.raw`(?:\(${ZERO}${DIGIT}{1,3}\)|(?:\+?82${GAP}(?:\(${ZERO}\)|${ZERO})?|${ZERO})${DIGIT}{1,3})`;

/** A letter before the @ of an e-mail address, and what stands after it. */
const LOCAL = `[^\\s<>"'\`,;:()[\\]{}@]`;
const DOMAIN = String.raw`[\p{L}\p{N}-]+(?:\.[\p{L}\p{N}-]+)+`;

const IPV4 = String.raw`\d{1,3}(?:\.\d{1,3}){3}`;
/** One group of an IPv6 address, and what may follow its `::`. */
const GROUP = '[0-9a-f]{1,4}';
const REST = `(?:${GROUP}:){0,6}(?:${IPV4}|${GROUP})`;
const IPV6 = `(?:(?:${GROUP}:){6}(?:${IPV4}|${GROUP}:${GROUP})|${GROUP}(?::${GROUP}){0,6}::(?:${REST})?|::${REST})`;

/**
 * How personal data and addresses of servers look in any text, each with what shows it masked. A label or a separator
 * right before or after hides nothing from a pattern: `MAC:00:1a:…`, `ip.10.1.2.7`.
 */
const WITHIN: readonly (readonly [RegExp, (found: string) => string])[] = [
  // It begins where a word begins, or a long text without an @ would be read from each of its letters. What is joined to an
  // address may be another one (`kim@korea.kr/lee@korea.kr`): then all of it is hidden.
  [new RegExp(`(?<!${LOCAL})(?:${LOCAL}+@${DOMAIN})+`, 'gu'), maskEmail],
  // A label may look like one more octet (`DB:00:1a:…`): then all of it is hidden.
  [/(?<!\w)(?:[0-9a-f]{2}(?:[:-][0-9a-f]{2}){5,}|[0-9a-f]{4}(?:\.[0-9a-f]{4}){2,})(?!\w)/gi, maskMac],
  [new RegExp(String.raw`(?<!\w|::)${IPV6}(?!\w|::)`, 'gi'), maskIp],
  [new RegExp(String.raw`(?<!\d|\d\.)${IPV4}(?!\d)`, 'g'), maskIp],
  [
    new RegExp(String.raw`(?<!\w|\w\p{Pd})${AREA}${GAP}${DIGIT}{3,4}${GAP}${DIGIT}{4}(?!\w|\p{Pd}\d)`, 'gu'),
    maskPhone,
  ],
];

/** Masks addresses and numbers inside a longer text. Names cannot be told from other words there. */
export function maskWithin(text: string): string {
  return WITHIN.reduce((masked, [pattern, mask]) => masked.replace(pattern, mask), text);
}

/**
 * What is hidden besides in a log line. Names have no pattern of their own, but our own texts there are English, so
 * every Korean word was quoted from somebody.
 */
const TELLING = [
  ...WITHIN.map(([pattern]) => pattern),
  /(?<!\w)SVR[0-9A-Z]{7}\d{3}(?!\w)/g, // CN of a server
  /[\p{Script=Hangul}]+(?:[\s*·]+[\p{Script=Hangul}]+)*/gu,
];

/** Hides all of that whole. */
export function maskTelling(text: string): string {
  return TELLING.reduce((masked, pattern) => masked.replace(pattern, HIDDEN), text);
}

const BY_KIND: Record<MaskKind, (value: string) => string> = {
  name: maskName,
  phone: maskPhone,
  email: maskEmail,
  ip: maskIp,
  mac: maskMac,
  cn: maskCn,
  text: (value) => (value.trim() === '' ? '' : HIDDEN),
};

/** Masks `value` by the kind that its field declares. An empty value gives an empty string. */
export function mask(kind: MaskKind, value: string | null | undefined): string {
  return value ? BY_KIND[kind](value) : '';
}
