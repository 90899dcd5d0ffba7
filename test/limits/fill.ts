import { applies } from '../../src/messenger/forms/answers.ts';
import type { Answers, Field, Form, Value } from '../../src/messenger/forms/form.ts';

/** The messenger account of whoever is chosen in a form. */
export const PICKED = 'U0PICKED01';
const many = (max: number, separator: string, one: (index: number) => string): string => {
  const parts: string[] = [];
  for (let index = 0, size = 0; index < 64; index++) {
    size += one(index).length + separator.length;
    if (size > max) break;
    parts.push(one(index));
  }
  return parts.join(separator);
};
const two = (index: number) => index.toString(16).padStart(2, '0').toUpperCase();

/** Long texts of every kind that a field may ask for, written as tightly as people may: normal forms are longer. */
function longTexts(max: number): string[] {
  return [
    '가'.repeat(max),
    many(max, ',', (index) => `203.113.111.${100 + index}`), // public, so that checks have something to say
    many(max, ',', (index) => `2001:4860:4860:8888:9999:aaaa:bbbb:${(0xc000 + index).toString(16)}`),
    many(max, ',', (index) => `001A2B3C4D${two(index)}`),
    many(max, ',', (index) => `was-server-${'x'.repeat(30)}-${index}`),
    `${'x'.repeat(60)}.${'y'.repeat(Math.max(1, Math.min(60, max - 70)))}.go.kr`,
    `https://minwon.mois.go.kr/${'p'.repeat(Math.max(1, max - 30))}`,
    '가'.repeat(40),
    '02-2031-9000',
    '010-1234-5678',
    `${'k'.repeat(60)}@${'m'.repeat(60)}.korea.kr`,
    'SVR1741000001',
    many(max, ',', (index) => `2026-${String(index).padStart(6, '0')}`),
    `${'디지털안전정책과'.repeat(6)}-1234`,
    '999999999',
    '001A2B3C4D5E',
    '10.1.2.3',
    '14:30',
  ];
}

/** The normal form of the longest text that the field takes. */
function longestText(name: string, field: Field): string {
  const max = 'max' in field.input ? field.input.max : 254;
  const taken = longTexts(max)
    .map((typed) => field.schema.safeParse(typed))
    .flatMap((parsed) => (parsed.success ? [String(parsed.data)] : []))
    .sort((a, b) => b.length - a.length);
  if (taken[0] === undefined) throw new Error(`longTexts knows no text that the field ${name} takes`);
  return taken[0];
}

/** Longer than any name on disk, with what has to be masked from markup. */
const longFile = (name: string) => [
  { sha256: '0'.repeat(64), name: `${'긴'.repeat(120)}<!channel>${name}.pdf`, size: 3_145_728, type: 'pdf' },
];

function value(name: string, field: Field, how: 'stored' | 'typed'): Value {
  const { input } = field;
  switch (input.kind) {
    case 'text':
      return how === 'stored' ? longestText(name, field) : '가'.repeat(input.max);
    case 'date':
      return '2026-11-20';
    case 'search':
      return '1741000';
    case 'file':
      return longFile(name);
    case 'choice':
      return input.options.at(-1)?.value ?? '';
    case 'choices':
      return input.options.map((option) => option.value);
    case 'user':
      return PICKED;
  }
}

/**
 * Every field answered at its limit. `stored`: as a submitted form keeps it; `typed`: as a draft may, before anything
 * was refused. One answer set for each way to choose what other fields depend on.
 */
export function fullest(form: Form, how: 'stored' | 'typed'): Answers[] {
  const names = form.steps.flatMap((step) => step.fields);
  const all: Answers = {};
  for (const name of names) {
    const field = form.fields[name];
    if (field) all[name] = value(name, field, how);
  }
  const sets = Object.entries(form.fields).flatMap(([, { when }]) => {
    if (!when) return [];
    const chosen = [all[when.field] ?? []].flat().map(String);
    if ('not' in when) return [{ ...all, [when.field]: chosen.filter((one) => !when.not.includes(one)) }];
    return Array.isArray(all[when.field]) ? [] : [{ ...all, [when.field]: when.is[0] }];
  });
  return [all, ...sets].map((answers) =>
    Object.fromEntries(Object.entries(answers).filter(([name]) => applies(form, name, answers))),
  );
}

/** Only what must be answered, as briefly as may be. */
export function leanest(form: Form): Answers {
  const required = Object.entries(form.fields).filter(([, field]) => !field.optional && !field.when);
  return Object.fromEntries(
    required.map(([name, field]) => {
      const long = value(name, field, 'stored');
      return [name, field.input.kind === 'text' ? String(long).slice(0, 1) : long];
    }),
  );
}

/** Something said about every field, at its limit. */
export function onEveryField(form: Form, length: number): Record<string, string> {
  return Object.fromEntries(Object.keys(form.fields).map((name) => [name, '나'.repeat(length)]));
}
