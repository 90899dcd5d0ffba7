/**
 * Typed text without the signs that nobody sees: controls, zero-width signs, marks that turn the reading direction
 * (`fdp.exe` read backwards ends in pdf), halves of characters. They come with copied text or with ill intent, break
 * comparisons, and some of them PostgreSQL cannot store. Line breaks and tabs stay.
 */
export function visibleText(typed: string): string {
  return typed
    .replace(/\r\n?/g, '\n')
    .replace(/[\p{Cc}\p{Cf}\p{Cs}]/gu, (sign) => (sign === '\n' || sign === '\t' ? sign : ''));
}
