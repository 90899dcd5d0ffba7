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
  return write(value, []);
}

/** @param path the keys that lead to the value; put into words only for an error */
function write(value: unknown, path: (string | number)[]): string {
  if (path.length > MAX_DEPTH) throw notPlain(path.slice(0, 20), 'is nested too deeply');
  if (value === null || typeof value === 'boolean') return String(value);
  if (typeof value === 'number' && Number.isFinite(value)) return JSON.stringify(value);
  if (typeof value === 'string') return writeString(value, path);
  if (Array.isArray(value)) {
    let items = '';
    // By number, so that the holes of a sparse array are met too.
    for (let index = 0; index < value.length; index++) {
      items += `${index > 0 ? ',' : ''}${writeUnder(index, value[index], path)}`;
    }
    return `[${items}]`;
  }
  if (isPlainObject(value)) {
    let members = '';
    for (const key of Object.keys(value).sort()) {
      members += `${members && ','}${writeString(key, path)}:${writeUnder(key, value[key], path)}`;
    }
    return `{${members}}`;
  }
  const kind = typeof value === 'object' ? value.constructor?.name : typeof value;
  throw notPlain(path, `is not plain JSON (${kind})`);
}

function writeUnder(key: string | number, value: unknown, path: (string | number)[]): string {
  path.push(key);
  const text = write(value, path);
  path.pop();
  return text;
}

/** Text that stands in JSON as it is: no quotation mark, backslash, control character or surrogate. */
const PLAIN = /^[ !#-[\]-\ud7ff\ue000-\uffff]*$/;

function writeString(text: string, path: (string | number)[]): string {
  if (PLAIN.test(text)) return `"${text}"`;
  // RFC 8785 §3.2.2.2: a lone surrogate has no UTF-8 form, so it cannot be hashed unambiguously.
  if (!text.isWellFormed()) throw notPlain(path, 'holds a lone surrogate');
  return JSON.stringify(text);
}

function notPlain(path: readonly (string | number)[], why: string): TypeError {
  const place = path.map((key) => (typeof key === 'number' ? `[${key}]` : `.${key}`)).join('');
  return new TypeError(`canonical JSON: $${place} ${why}`);
}

function isPlainObject(value: unknown): value is Record<string, unknown> {
  if (typeof value !== 'object' || value === null) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}
