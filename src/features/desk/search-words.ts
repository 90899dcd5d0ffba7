import { isAgencyCode } from '../../records/people/agencies.ts';
import { parseIpList } from '../../records/systems/hosts.ts';

/** A query, read as each thing that it may be; a part that is null is not searched for. */
export interface SearchWords {
  /** The query as results repeat it: normal form, single blanks. */
  text: string;
  /** Words that a result has to contain, all of them. */
  words: string[];
  /** An IP address in the form that the columns hold. */
  ip: string | null;
  /** A receipt or licence number, a CN or an agency code: capitals, no blanks. */
  code: string | null;
  /** The last part of a letterKey. */
  letter: string | null;
}

const LONGEST = 100;
const MOST_WORDS = 5;

/** Reads what an officer typed; null when there is nothing to search for. */
export function searchWords(typed: string): SearchWords | null {
  const text = typed.normalize('NFC').replace(/\s+/g, ' ').trim().slice(0, LONGEST);
  if (text === '') return null;
  const addresses = parseIpList(text);
  const ip = (addresses.ok && addresses.addresses[0]?.address) || null;
  const bare = text.replace(/ /g, '');
  return {
    text,
    words: text.split(' ').slice(0, MOST_WORDS),
    ip,
    code: /^[\p{L}\p{N}-]+$/u.test(bare) ? bare.toUpperCase() : null,
    // 디지털안전정책과-01234, 정보화부 제2026-15호: the same form as the keys of official-letter.ts
    letter: /\d/.test(bare) && ip === null ? bare.toLowerCase().replace(/\p{Pd}/gu, '-') : null,
  };
}

/** Whether the words are one agency code and nothing else. */
export const asAgencyCode = ({ code }: SearchWords): string | null =>
  code !== null && isAgencyCode(code) ? code : null;

/** Escapes a text for LIKE (also for Prisma's `contains`), so that % and _ match themselves. */
export function literal(text: string): string {
  return text.replace(/[\\%_]/g, (sign) => `\\${sign}`);
}
