import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import { allProcedures, documentForms } from '../../src/app/procedures.ts';
import { type AnyProcedure, cameBy, type Fillable } from '../../src/filing/procedure.ts';
import { makeLocalSigner } from '../../src/records/licences/local-signer.ts';

let procedures: AnyProcedure[];
beforeAll(async () => {
  const dir = mkdtempSync(join(tmpdir(), 'bogeup-keys-'));
  const signer = await makeLocalSigner(dir, new Date(0));
  procedures = [...allProcedures({ signer, temporaryMonths: 2 }).values()];
});

test('a title is followed by a state, so it names the paper or the procedure and not what a button does', () => {
  // 적용결과표 승인완료, and not 적용결과표 제출 승인완료
  expect(procedures.filter(({ title }) => / (제출|작성|등록하기|하기)$/.test(title))).toEqual([]);
});

test('a field that takes numbers only says what they count', () => {
  const forms: Fillable[] = [...procedures, ...documentForms.values()];
  const numbers = forms.flatMap(({ name, form }) =>
    Object.entries(form.fields).flatMap(([field, { input, schema, unit }]) =>
      input.kind === 'text' &&
      ['3', '1500', '70000'].every((typed) => schema.safeParse(typed).success) &&
      ['server', '가나다'].every((typed) => !schema.safeParse(typed).success)
        ? [{ field: `${name}.${field}`, unit }]
        : [],
    ),
  );
  expect(numbers.map(({ field }) => field)).toContain('application.userCount');
  expect(numbers.filter(({ unit }) => unit === undefined)).toEqual([]);
});

test('what officers entered says how it came: a report by mail, an application with a letter', () => {
  const entered = procedures.filter(({ paper }) => paper).map((one) => [one.name, cameBy(one)]);
  expect(Object.fromEntries(entered)).toMatchObject({
    resultReport: '이메일',
    application: '공문',
    scvpApplication: '공문',
    surveyAnswer: '공문·이메일',
    retirement: '공문·이메일',
  });
});
