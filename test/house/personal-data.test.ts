import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { allProcedures } from '../../src/app/procedures.ts';
import type { Signer } from '../../src/records/licences/signer.ts';
import { disagreements, textColumns } from './personal-data.ts';

const schema = readFileSync(new URL('../../prisma/schema.prisma', import.meta.url), 'utf8');

describe('every text column of the database has its place in export and destruction', () => {
  test('the schema and the list agree (add new columns to test/house/personal-data.ts)', () => {
    expect(textColumns(schema).size).toBe([...schema.matchAll(/^model /gm)].length);
    expect(disagreements(schema)).toEqual([]);
  });

  test.each([
    ['a new table', 'model Planted {\n  id String\n}\n', ['no entry: Planted', 'no entry: Planted.id']],
    ['a table of keys alone', 'model Planted {\n  id Int\n}\n', ['no entry: Planted']],
  ])('%s is noticed', (_what, more, expected) => {
    expect(disagreements(schema + more)).toEqual(expected);
  });

  test('a new column is noticed, and one that went', () => {
    expect(disagreements(schema.replace('  mobile        String?\n', '  pager String[]\n'))).toEqual([
      'no entry: Person.pager',
      'no such column: Person.mobile',
    ]);
  });
});

/** Texts of several lines that describe a system or list cases: they stay when the rest of a case is destroyed. */
const DESCRIPTIONS = ['application.task', 'surveyAnswer.task', 'scvpApplication.task', 'destruction.cases'];

test('free words of a form are destroyed with what is personal', () => {
  const signer = {} as Signer; // no procedure signs when it is made
  const left = [...allProcedures({ signer, temporaryMonths: 2 }).values()].flatMap(({ name, form }) =>
    Object.entries(form.fields).flatMap(([field, { input, personal, words, sensitive }]) =>
      input.kind === 'text' && input.lines && !personal && !words && !sensitive ? [`${name}.${field}`] : [],
    ),
  );
  expect(left.filter((one) => !DESCRIPTIONS.includes(one))).toEqual([]);
  expect(left).toEqual(expect.arrayContaining(DESCRIPTIONS));
});
