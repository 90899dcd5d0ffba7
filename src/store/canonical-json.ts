/**
 * One JSON value, one text: the JSON Canonicalization Scheme of RFC 8785. Keys are sorted by UTF-16 code unit,
 * there is no white space, numbers are written as ECMAScript writes them. Text is not normalised (no NFC): what
 * was signed or hashed is what was stored. Only plain JSON is taken: where JSON.stringify would quietly drop or
 * rewrite a value (undefined, NaN, a Date), two different records could get one hash, so these are refused.
 */

/** Deeper than any record of ours; also stops a value that contains itself. */
const MAX_DEPTH = 100;

/** @throws TypeError naming the path of the first value that is not plain JSON. */
export function canonicalJson(value: unknown): string {
  return write(value, '$', 0);
}

function write(value: unknown, path: string, depth: number): string {
  if (depth > MAX_DEPTH) throw new TypeError(`canonical JSON: ${path.slice(0, 80)}… is nested too deeply`);
  if (value === null || typeof value === 'boolean') return String(value);
  if (typeof value === 'number' && Number.isFinite(value)) return JSON.stringify(value);
  if (typeof value === 'string') return writeString(value, path);
  if (Array.isArray(value)) {
    // Array.from, not map: map would skip the holes of a sparse array.
    return `[${Array.from(value, (item, index) => write(item, `${path}[${index}]`, depth + 1)).join(',')}]`;
  }
  if (isPlainObject(value)) {
    const members = Object.keys(value)
      .sort()
      .map((key) => `${writeString(key, path)}:${write(value[key], `${path}.${key}`, depth + 1)}`);
    return `{${members.join(',')}}`;
  }
  const kind = typeof value === 'object' ? value.constructor?.name : typeof value;
  throw new TypeError(`canonical JSON: ${path} is not plain JSON (${kind})`);
}

function writeString(text: string, path: string): string {
  // RFC 8785 §3.2.2.2: a lone surrogate has no UTF-8 form, so it cannot be hashed unambiguously.
  if (/\p{Surrogate}/u.test(text)) throw new TypeError(`canonical JSON: ${path} holds a lone surrogate`);
  return JSON.stringify(text);
}

function isPlainObject(value: unknown): value is Record<string, unknown> {
  if (typeof value !== 'object' || value === null) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}
