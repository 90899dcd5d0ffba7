import { type Dict, isDict } from '../core/json.ts';

/** Collects what is wrong, in Slack's words: `must be less than 76 characters [json-pointer:/view/…]`. */
export class Report {
  readonly problems: string[] = [];

  add(at: string, problem: string): void {
    this.problems.push(`${problem} [json-pointer:${at}]`);
  }
}

/** Checks one value, whose place is given by a JSON pointer. */
export type Check = (value: unknown, at: string, report: Report) => void;

const PAIRS = /[\uD800-\uDBFF][\uDC00-\uDFFF]/g;

/** Slack counts characters; a surrogate pair is one. */
export function length(text: string): number {
  return text.length - (text.match(PAIRS)?.length ?? 0);
}

/** A string of `min` (1 by default) to `max` characters. */
export function string(max: number, min = 1): Check {
  return (value, at, report) => {
    if (typeof value !== 'string') return report.add(at, 'must provide a string');
    const count = length(value);
    if (count < min) report.add(at, `must be more than ${min - 1} characters`);
    if (count > max) report.add(at, `must be less than ${max + 1} characters`);
  };
}

export const boolean: Check = (value, at, report) => {
  if (typeof value !== 'boolean') report.add(at, 'must provide a boolean');
};

export function integer(min: number, max = Number.MAX_SAFE_INTEGER): Check {
  return (value, at, report) => {
    if (typeof value !== 'number' || !Number.isInteger(value)) report.add(at, 'must provide an integer');
    else if (value < min) report.add(at, `must be greater than or equal to ${min}`);
    else if (value > max) report.add(at, `must be less than or equal to ${max}`);
  };
}

export function oneOf(...allowed: string[]): Check {
  return (value, at, report) => {
    if (typeof value !== 'string' || !allowed.includes(value)) {
      report.add(at, `must be one of the allowed values: ${allowed.join(', ')}`);
    }
  };
}

/** A string that `isValid` accepts; `what` says in the report what it should have been. */
export function format(what: string, isValid: (text: string) => boolean): Check {
  return (value, at, report) => {
    if (typeof value !== 'string' || !isValid(value)) report.add(at, `must be ${what}`);
  };
}

export function array(item: Check, { min = 0, max = Number.POSITIVE_INFINITY } = {}): Check {
  return (value, at, report) => {
    if (!Array.isArray(value)) return report.add(at, 'must provide an array');
    if (value.length < min) report.add(at, `no less than ${min} items allowed`);
    if (value.length > max) report.add(at, `no more than ${max} items allowed`);
    value.forEach((each, index) => {
      item(each, `${at}/${index}`, report);
    });
  };
}

export interface Shape {
  required?: Record<string, Check>;
  optional?: Record<string, Check>;
}

/** An object with exactly these keys. A key whose value is null counts as absent only when optional. */
export function object(
  { required = {}, optional = {} }: Shape,
  also?: (value: Dict, at: string, report: Report) => void,
): Check {
  const needed = Object.keys(required);
  const checks = new Map(Object.entries({ ...optional, ...required }));
  return (value, at, report) => {
    if (!isDict(value)) return report.add(at, 'must provide an object');
    for (const key of needed) {
      if (value[key] === undefined || value[key] === null) report.add(at, `missing required field: ${key}`);
    }
    for (const key of Object.keys(value)) {
      const inner = value[key];
      const check = checks.get(key);
      if (!check) report.add(at, `invalid additional property: ${key}`);
      else if (inner !== undefined && inner !== null) check(inner, `${at}/${key}`, report);
    }
    also?.(value, at, report);
  };
}

export const anything: Check = () => undefined;

/** An object whose `type` says which of the shapes it has; a type that is not among them is not supported here. */
export function typed(shapes: Record<string, Check>): Check {
  return (value, at, report) => {
    if (!isDict(value)) return report.add(at, 'must provide an object');
    if (typeof value.type !== 'string') return report.add(at, 'missing required field: type');
    const shape = Object.hasOwn(shapes, value.type) ? shapes[value.type] : undefined;
    if (shape) shape(value, at, report);
    else report.add(`${at}/type`, `unsupported type: ${value.type}`);
  };
}
