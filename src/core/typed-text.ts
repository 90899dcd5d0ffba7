/**
 * Removes characters that nobody sees from typed text: controls, zero-width characters, marks that turn the reading
 * direction (`fdp.exe` read backwards ends in pdf), lone surrogates. They come with copied text or with ill intent,
 * break comparisons, and PostgreSQL cannot store some of them. Line breaks and tabs stay.
 */
export function visibleText(typed: string): string {
  return typed
    .replace(/\r\n?/g, '\n')
    .replace(/[\p{Cc}\p{Cf}\p{Cs}]/gu, (sign) => (sign === '\n' || sign === '\t' ? sign : ''));
}
