import { expect, test } from 'vitest';
import { allProcedures } from '../../../src/app/procedures.ts';
import { answersSurvey } from '../../../src/features/surveys/progress.ts';
import type { Signer } from '../../../src/records/licences/signer.ts';

test('the survey counts the filings of every procedure that says that it answers, and of no other', () => {
  const all = [...allProcedures({ signer: {} as Signer, temporaryMonths: 2 }).values()];
  const declared = all.filter(({ answersSurveyAs }) => answersSurveyAs).map(({ name }) => name);
  expect(declared).toContain('retirement');
  expect(all.map(({ name }) => name).filter(answersSurvey)).toEqual(declared);
});
