import { fold, initialConsonants, isInitials, typingPattern } from './hangul.ts';
import { otherNames } from './short-names.ts';

/**
 * Agencies (이용기관) by their seven-character 행정표준코드. The list has some 60,000 rows, is held in memory and searched at
 * every keystroke of a select menu, so the index keeps the texts to compare in lower case. Codes change when
 * ministries are reorganised. Abolished agencies stay on the list, because certificates and old letters still name
 * them.
 */

export interface Agency {
  /** Seven of 0-9 and A-Z: `1741000`, `B552584`. */
  code: string;
  /** Full name, upper agencies first: `서울특별시 강남구`. */
  name: string;
  abolished?: boolean;
  /** Code of the agency that took over, if documented. */
  successor?: string | null;
}

interface AgencyHit {
  agency: Agency;
  /** The agency that took over from an abolished one, as far as the chain of successors is known. */
  successor: Agency | null;
}

/** 행정기관 apply online; 공공기관 only on paper. */
export type AgencyKind = 'ADMINISTRATIVE' | 'PUBLIC';

interface Entry {
  agency: Agency;
  code: string;
  /** Lower case, without blanks. */
  folded: string;
  /** Where each word after the first begins, as positions in `folded`. */
  words: readonly number[];
  initials: string;
}

interface AgencyIndex {
  /** Shorter names first, then by code: the order among entries of the same rank. */
  entries: readonly Entry[];
  byCode: ReadonlyMap<string, Agency>;
}

/** No agency has a longer name; this limits the cost of one keystroke. */
const MAX_QUERY = 60;
/** At most this many full names of a short name are searched. */
const MAX_NAMES = 10;
/** Number of ranks for agencies in use; the ranks of abolished ones follow. */
const RANKS = 12;

/** The code of a 공공기관 starts with a letter: `B552584` 한국환경공단. */
export function agencyKind(code: string): AgencyKind {
  return /^[A-Za-z]/.test(code) ? 'PUBLIC' : 'ADMINISTRATIVE';
}

export function isAgencyCode(text: string): boolean {
  return /^[0-9A-Z]{7}$/.test(text);
}

export function buildAgencyIndex(agencies: readonly Agency[]): AgencyIndex {
  const inOrder = agencies
    .map((agency) => ({ agency, folded: fold(agency.name) }))
    .sort((a, b) => a.folded.length - b.folded.length || (a.agency.code < b.agency.code ? -1 : 1));
  // Entries are created after sorting, so that a scan meets them in the order in which they lie in memory. That is
  // several times as fast as sorting them afterwards.
  const entries = inOrder.map(({ agency }) => {
    const words: number[] = [];
    let at = 0;
    for (const word of agency.name.normalize('NFC').trim().split(/\s+/)) {
      if (at > 0) words.push(at);
      at += word.length;
    }
    const folded = fold(agency.name);
    return { agency, code: agency.code.toLowerCase(), folded, words, initials: initialConsonants(folded) };
  });
  return { entries, byCode: new Map(agencies.map((agency) => [agency.code, agency])) };
}

interface Query {
  folded: string;
  words: readonly string[];
  /** Nothing but initial consonants. */
  isInitials: boolean;
  pattern: RegExp | null;
}

/** Smaller is better; null is no match. */
function rankOf(entry: Entry, query: Query): number | null {
  if (entry.code === query.folded || entry.folded === query.folded) return 0;
  if (entry.folded.startsWith(query.folded)) return 1;
  if (entry.code.startsWith(query.folded)) return 2;
  const at = entry.folded.indexOf(query.folded);
  if (at >= 0) return entry.words.includes(at) ? 3 : 4;
  if (query.isInitials) {
    const initialAt = entry.initials.indexOf(query.folded);
    if (initialAt < 0) return null;
    if (entry.initials.length === query.folded.length) return 5;
    return initialAt === 0 ? 6 : entry.words.includes(initialAt) ? 7 : 8;
  }
  if (query.words.length > 1 && query.words.every((word) => entry.folded.includes(word))) return 9;
  if (!query.pattern) return null;
  const patternAt = entry.folded.search(query.pattern);
  return patternAt < 0 ? null : patternAt === 0 ? 10 : 11;
}

function bestRank(entry: Entry, queries: readonly Query[]): number | null {
  let best: number | null = null;
  for (const query of queries) {
    const rank = rankOf(entry, query);
    if (rank !== null && (best === null || rank < best)) best = rank;
  }
  return best;
}

function readQuery(text: string): Query {
  const folded = fold(text);
  const pattern = typingPattern(folded);
  return {
    folded,
    words: text.toLowerCase().split(/\s+/),
    isInitials: isInitials(folded),
    pattern: pattern === null ? null : new RegExp(pattern),
  };
}

function successorOf(index: AgencyIndex, agency: Agency): Agency | null {
  const seen = new Set([agency.code]);
  let last: Agency | null = null;
  let next = agency.abolished && agency.successor ? index.byCode.get(agency.successor) : undefined;
  while (next && !seen.has(next.code)) {
    seen.add(next.code);
    last = next;
    next = next.abolished && next.successor ? index.byCode.get(next.successor) : undefined;
  }
  return last;
}

/**
 * The best `limit` agencies for what was typed: a name or part of it, words in any order, a short name (`행안부`), a
 * code or its beginning, or initial consonants (`ㅎㅈㅇㅈㅂ`). An exact match comes before a beginning, and a beginning
 * before an inner part. Among equals shorter names come first. Abolished agencies come last, with their successor. An
 * empty query finds nothing.
 */
export function searchAgencies(index: AgencyIndex, text: string, limit = 20): AgencyHit[] {
  const typed = text.normalize('NFC').trim().toLowerCase().slice(0, MAX_QUERY);
  const folded = fold(typed);
  if (folded === '') return [];
  const queries = [typed, ...otherNames(typed).slice(0, MAX_NAMES)].map(readQuery);
  // Entries are already in order, so a rank needs no sorting and no more entries than can be shown.
  const byRank: Agency[][] = Array.from({ length: 2 * RANKS }, () => []);
  for (const entry of index.entries) {
    const rank = bestRank(entry, queries);
    if (rank === null) continue;
    const found = byRank[rank + (entry.agency.abolished ? RANKS : 0)];
    if (found && found.length < limit) found.push(entry.agency);
  }
  return byRank
    .flat()
    .slice(0, limit)
    .map((agency) => ({ agency, successor: successorOf(index, agency) }));
}

/**
 * What to tell an official about the code in a certificate or letter; null when it is valid. It is never a refusal: a
 * certificate keeps the code of the agency that existed when it was issued.
 */
export function agencyCodeWarning(index: AgencyIndex, code: string): string | null {
  const agency = index.byCode.get(code);
  if (!agency) return `기관코드(${code})가 등록된 목록에 없습니다. 코드가 맞는지 확인해 주십시오.`;
  if (!agency.abolished) return null;
  const successor = successorOf(index, agency);
  const now = successor ? ` 현재 기관은 ${successor.name}(${successor.code})입니다.` : '';
  return `기관코드(${code} ${agency.name})가 폐지되었습니다.${now}`;
}
