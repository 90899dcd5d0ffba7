/** Helpers to compare and search Hangul: in lower case, by initial consonants, and while a syllable is half typed. */

const INITIALS = [...'ㄱㄲㄴㄷㄸㄹㅁㅂㅃㅅㅆㅇㅈㅉㅊㅋㅌㅍㅎ'];
const FIRST_SYLLABLE = 0xac00;
const LAST_SYLLABLE = 0xd7a3;
/** How many syllables share an initial consonant, and how many share consonant and vowel. */
const PER_INITIAL = 588;
const PER_VOWEL = 28;

/** Lower case, without blanks. */
export function fold(text: string): string {
  // NFKC would turn the jamo that a keyboard types into conjoining ones.
  return text.normalize('NFC').toLowerCase().replace(/\s+/g, '');
}

/** The initial consonants (초성): `행정안전부` becomes `ㅎㅈㅇㅈㅂ`; other letters stay, blanks are removed. */
export function initialConsonants(text: string): string {
  let key = '';
  for (const letter of fold(text)) {
    const point = letter.charCodeAt(0);
    const isSyllable = point >= FIRST_SYLLABLE && point <= LAST_SYLLABLE;
    key += isSyllable ? INITIALS[Math.floor((point - FIRST_SYLLABLE) / PER_INITIAL)] : letter;
  }
  return key;
}

/** Whether the text has initial consonants only. */
export const isInitials = (text: string): boolean =>
  text !== '' && [...text].every((letter) => INITIALS.includes(letter));

/**
 * Makes a regular expression for a text that is still being typed and may end in half a syllable: `행정아`, `행정안ㅈ`. A
 * jamo matches every syllable that begins with it, and an open last syllable also those that it may become.
 * JavaScript and PostgreSQL read the expression alike. Null when the text ends in neither, because the pattern would
 * then find nothing new.
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
