import { namesAgency, namesPublicBody } from '../../../records/people/short-names.ts';
import { meanings, ofEveryBusiness, otherBusiness } from './words.ts';

/** Characters of a sentence that are read; a real question is shorter. */
export const LONGEST = 300;

/**
 * The weight of each kind of sign: a meaning (words.ts), a pair of meanings, a Latin word or number, runs of two and
 * of three Korean syllables, a run of jamo.
 */
const WEIGHT = { meaning: 6, pair: 1.5, latin: 2, two: 1, three: 0.3, jamo: 0.1 };
/** Letters of a jamo run: about two syllables, so that one mistyped letter changes only a few runs. */
const JAMO_RUN = 5;

/** The signs of a sentence, each with its weight. Sentences with the same signs ask about the same thing. */
export type Signs = ReadonlyMap<string, number>;

const BEGIN = '⟨';
const END = '⟩';

/**
 * The form in which sentences are compared: composed letters, lower case, no spaces, no punctuation. Marks enclose
 * Latin words and numbers, so that no shorter word is found inside them.
 */
export function compact(sentence: string): string {
  return sentence
    .normalize('NFC')
    .replace(/[！-～]/g, (wide) => wide.normalize('NFKC'))
    .toLowerCase()
    .replace(/(?<=[가-힣])부(?=\s+담당)/g, '') // in 행안부 담당자 the letters 부담당자 are no word
    .replace(
      /(?<![새전현임규]\s?)(?:담당자?|주무관|사무관|직원|공무원)\s?(?:입니다|이에요|예요)\s+(?=\S)/g,
      '',
    ) // people who introduce themselves (담당자입니다 …) do not ask about 담당자
    .replace(/c\/s/g, 'cs')
    .replace(/(?<![a-z0-9])(?:[a-z0-9] )+[a-z0-9](?![a-z0-9])/g, (spaced) => spaced.replaceAll(' ', ''))
    .replace(/[a-z0-9][a-z0-9+#]*/g, (word) => `${BEGIN}${word}${END}`)
    .replace(/[^\p{L}\p{N}⟨⟩+#]/gu, '');
}

/** Prefix of the names of meanings in `otherBusiness`. */
const OTHER = '/';

const formsOf = (lines: string, mark = '') =>
  lines
    .trim()
    .split('\n')
    .flatMap((line) => {
      const [name = '', ways = ''] = line.split(': ');
      return ways.split(' ').map((way) => [compact(way), mark + name] as const);
    });
const forms = new Map([...formsOf(otherBusiness, OTHER), ...formsOf(meanings)]);
const longestForm = Math.max(...[...forms.keys()].map(({ length }) => length));

/** The meanings in a compact sentence; at each position the longest matching form counts. */
function meaningsIn(text: string): string[] {
  const found = new Set<string>();
  for (let at = 0; at < text.length; ) {
    let length = Math.min(longestForm, text.length - at);
    while (length > 0 && !forms.has(text.slice(at, at + length))) length -= 1;
    const meaning = forms.get(text.slice(at, at + length));
    if (meaning) found.add(meaning);
    at += Math.max(1, length);
  }
  return [...found].sort();
}

const wordsOf = (sentence: string) =>
  sentence
    .normalize('NFC')
    .split(/[^\p{L}\p{N}]+/u)
    .filter(Boolean);

/** The meanings of a sentence. A sentence that names a 공공기관 by its name has the meaning `public` too. */
function meaningsOf(sentence: string, text: string): string[] {
  const found = meaningsIn(text);
  const isOfBody = !found.includes('public') && wordsOf(sentence).some(namesPublicBody);
  return isOfBody ? [...found, 'public'].sort() : found;
}

/** The first two syllables of each word, as signs (word endings vary). Agencies' and systems' names are left out. */
export const beginningsOf = (sentence: string): string[] =>
  wordsOf(sentence)
    .filter((word) => !namesAgency(word) && !word.includes('시스템'))
    .flatMap((word) => word.match(/^[가-힣]{2}/)?.map((two) => `2${two}`) ?? []);

/** Whether a sign is a single meaning. */
export const isMeaning = (sign: string): boolean => sign.startsWith('=') && !sign.includes('&');

/** The name of one of our systems may contain words of other business: 민원관리시스템, 도서관 홈페이지. */
const NAMED_AFTER = /시스템|홈페이지|서버/;
/** Meanings that only the Standard API has: a sentence with one of them is about it, whatever else it names. */
const OURS_ALONE = new Set(
  'licence temporary regular module report scvp serverCert website about agencyList oldMenu'.split(' '),
);

/** How many meanings of the Standard API a sentence has (`ours`), and how many of other business. */
export function themesOf(sentence: string): { ours: number; others: number } {
  const found = meaningsOf(sentence, compact(sentence));
  const others = found.filter((one) => one.startsWith(OTHER)).length;
  const common = found.filter((one) => ofEveryBusiness.has(one)).length;
  const isOurs = NAMED_AFTER.test(sentence) || found.some((one) => OURS_ALONE.has(one));
  return { ours: found.length - others - common, others: isOurs ? 0 : others };
}

export function signsOf(sentence: string): Signs {
  const text = compact(sentence);
  const signs = new Map<string, number>();
  const found = meaningsOf(sentence, text);
  for (const [index, one] of found.entries()) {
    signs.set(`=${one}`, WEIGHT.meaning);
    for (const other of found.slice(index + 1)) signs.set(`=${one}&${other}`, WEIGHT.pair);
  }
  for (const [, word] of text.matchAll(/⟨([^⟩]*)⟩/g)) signs.set(`w${word}`, WEIGHT.latin);
  const korean = `^${text.replace(/⟨[^⟩]*⟩/g, ' ')}$`;
  for (const run of runsOf(korean, 2)) signs.set(`2${run}`, WEIGHT.two);
  for (const run of runsOf(korean, 3)) signs.set(`3${run}`, WEIGHT.three);
  for (const run of runsOf(korean.normalize('NFD'), JAMO_RUN)) signs.set(`j${run}`, WEIGHT.jamo);
  return signs;
}

function runsOf(text: string, length: number): string[] {
  return Array.from({ length: Math.max(0, text.length - length + 1) }, (_, at) =>
    text.slice(at, at + length),
  ).filter((run) => !run.includes(' '));
}
