import type { KnownError } from './error-codes.ts';
import { knownErrors } from './known-errors.ts';
import { otherProduct } from './products.ts';

export interface Recognised {
  errors: readonly KnownError[];
  /** Whether the text mentions an error of the API that no table lists. */
  unknown: boolean;
  /** The product that the error comes from, where it is not the API. */
  other: string | null;
}

/** Finds an error of any product. */
const WENT_WRONG = /error|exception|fail|fatal|ERR!|refused|denied|timed? ?out|ORA-\d|오류|에러/i;

/** A four-digit number that is not part of a longer number, an address, a date, a source line or a count. */
const NUMBER =
  /(?<![\d_])(?<!\d[.,:/-])(?<!\.java:)(?<![A-Za-z](?<!\b(?:err|error|code|e)))(\d{4})(?!\d)(?![.,:/-]\d)(?![호건원명년개]|ms|MB|KB|[A-Za-z_])/gi;

/** Finds any error of the API, known or not. */
const API_ERROR = /Gpki\w*Exception|\bgpkiapi\b.*(?:error|exception|fail)|ERR_[A-Z_]{4,}/i;
const SPEAKS_OF_CODE =
  /(?:오류|에러|error|err|code|코드)\D{0,12}(\d{4})(?!\d)|(?<!\d)(\d{4})\D{0,6}(?:오류|에러|error)/i;

/** The known errors in a pasted text, each once, in the order in which they are first met. */
export function recogniseErrors(text: string): Recognised {
  const content = text.normalize('NFKC');
  const other = otherProduct(content);
  if (other) return { errors: [], unknown: false, other: WENT_WRONG.test(content) ? other : null };
  const met = new Map<KnownError, number>();
  const meet = (error: KnownError | undefined, at: number) => {
    if (error) met.set(error, Math.min(at, met.get(error) ?? at));
  };
  for (const match of content.matchAll(NUMBER))
    meet(
      knownErrors.find(({ codes }) => codes.includes(Number(match[1]))),
      match.index,
    );
  for (const error of knownErrors) {
    for (const name of error.names) {
      const at = content.search(new RegExp(`(?<![A-Za-z0-9_])(?:ERR_)?${name}(?![A-Za-z0-9_])`, 'i'));
      if (at >= 0) meet(error, at);
    }
    for (const sign of error.signs ?? []) {
      const at = content.search(sign);
      if (at >= 0) meet(error, at);
    }
  }
  const all = [...met].sort(([, a], [, b]) => a - b).map(([error]) => error);
  const errors = all.some(({ signs, general }) => signs && !general)
    ? all.filter(({ general }) => !general)
    : all;
  return {
    other: null,
    errors,
    unknown: errors.length === 0 && (API_ERROR.test(content) || SPEAKS_OF_CODE.test(content)),
  };
}
