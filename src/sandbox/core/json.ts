/** Any JSON object that came from outside: nothing about it is known yet. */
export type Dict = Record<string, unknown>;

export function isDict(value: unknown): value is Dict {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The object itself, or an empty one when it is anything else. */
export function dict(value: unknown): Dict {
  return isDict(value) ? value : {};
}

export function list(value: unknown): unknown[] {
  return Array.isArray(value) ? value : [];
}

/** The objects of an array; everything else in it is left out. */
export function dicts(value: unknown): Dict[] {
  return list(value).filter(isDict);
}

/** The string itself, or an empty one when it is anything else. */
export function str(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

export function isPresent<T>(value: T | null | undefined): value is T {
  return value !== null && value !== undefined;
}

/** A copy without the keys whose value is undefined, as JSON would carry it. */
export function compact(value: Dict): Dict {
  return Object.fromEntries(Object.entries(value).filter(([, v]) => v !== undefined));
}
