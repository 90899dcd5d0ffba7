/** Hangul as it is compared and typed: folded, by initial consonants, and half typed. */

const INITIALS = [...'ㄱㄲㄴㄷㄸㄹㅁㅂㅃㅅㅆㅇㅈㅉㅊㅋㅌㅍㅎ'];
const FIRST_SYLLABLE = 0xac00;
const LAST_SYLLABLE = 0xd7a3;
/** Syllables that share an initial consonant, and those that share consonant and vowel. */
const PER_INITIAL = 588;
const PER_VOWEL = 28;

/** Lower case, without blanks. */
export function fold(text: string): string {
  // Not NFKC: it would turn the jamo that a keyboard types into conjoining ones.
  return text.normalize('NFC').toLowerCase().replace(/\s+/g, '');
}

/** The 초성 key: `행정안전부` as `ㅎㅈㅇㅈㅂ`; other letters stay, blanks go. */
export function initialConsonants(text: string): string {
  let key = '';
  for (const letter of fold(text)) {
    const point = letter.charCodeAt(0);
    const isSyllable = point >= FIRST_SYLLABLE && point <= LAST_SYLLABLE;
    key += isSyllable ? INITIALS[Math.floor((point - FIRST_SYLLABLE) / PER_INITIAL)] : letter;
  }
  return key;
}

/** Nothing but initial consonants. */
export const isInitials = (text: string): boolean =>
  text !== '' && [...text].every((letter) => INITIALS.includes(letter));

/**
 * While a syllable is being typed the text ends in a half of it: `행정아`, `행정안ㅈ`. A jamo stands for every syllable
 * it begins, and an open last syllable also for those it may yet become. The source of a regular expression that
 * JavaScript and PostgreSQL read alike; null when the text has neither, so that the pattern would find nothing new.
 */
export function typingPattern(text: string): string | null {
  const letters = [...text];
  const source = letters.map((letter, n) => {
    const initial = INITIALS.indexOf(letter);
    const point = letter.charCodeAt(0);
    const isOpen =
      point >= FIRST_SYLLABLE && point <= LAST_SYLLABLE && (point - FIRST_SYLLABLE) % PER_VOWEL === 0;
    if (initial >= 0) {
      const from = FIRST_SYLLABLE + initial * PER_INITIAL;
      return `[${String.fromCharCode(from)}-${String.fromCharCode(from + PER_INITIAL - 1)}]`;
    }
    if (isOpen && n === letters.length - 1)
      return `[${letter}-${String.fromCharCode(point + PER_VOWEL - 1)}]`;
    return letter.replace(/[\\^$.*+?()[\]{}|/-]/g, '\\$&');
  });
  return source.some((part) => part.startsWith('[')) ? source.join('') : null;
}
