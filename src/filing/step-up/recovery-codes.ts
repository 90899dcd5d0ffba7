import { randomInt } from 'node:crypto';

/** Without letters and digits that look alike. */
const ALPHABET = 'ABCDEFGHJKMNPQRSTVWXYZ23456789';
const COUNT = 10;
/** 58 bits each; five tries in fifteen minutes limit guessing anyway. */
const LENGTH = 12;

/** Ten codes for the case that the telephone is lost: `ABCD-EFGH-JKMN`. */
export function newRecoveryCodes(): string[] {
  return Array.from({ length: COUNT }, () => {
    const letters = Array.from({ length: LENGTH }, () => ALPHABET[randomInt(ALPHABET.length)]);
    return letters.join('').replace(/(.{4})(?=.)/g, '$1-');
  });
}

export type Typed = { kind: 'code' | 'recovery'; text: string };

/** Reads a typed code, with or without blanks and hyphens; null when it is neither kind of code. */
export function readTyped(typed: string): Typed | null {
  const text = typed.normalize('NFKC').replace(/[\s-]/g, '').toUpperCase();
  if (/^\d{6}$/.test(text)) return { kind: 'code', text };
  return text.length === LENGTH && /^[A-Z\d]+$/.test(text) ? { kind: 'recovery', text } : null;
}

/** The form of a recovery code that is hashed. */
export function bare(code: string): string {
  return code.replaceAll('-', '');
}
