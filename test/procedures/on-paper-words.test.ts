import { expect, test } from 'vitest';
import { parseAnswers } from '../../src/messenger/forms/answers.ts';
import type { Answers, Form } from '../../src/messenger/forms/form.ts';
import { applicationForm } from '../../src/procedures/application/form.ts';
import { scvpForm } from '../../src/procedures/scvp-application/form.ts';
import { usageChangeForm } from '../../src/procedures/usage-change/form.ts';

/** What is refused for good is told to the applicant, and from paper to the officer, who did not choose it. */
const refusals: { form: Form; field: string; given: Answers }[] = [
  { form: applicationForm as Form, field: 'consent', given: { consent: 'REFUSED' } },
  { form: scvpForm as Form, field: 'consent', given: { consent: 'REFUSED' } },
  { form: applicationForm as Form, field: 'language', given: { language: 'PHP' } },
  { form: scvpForm as Form, field: 'reason', given: { reason: 'OTHER_MEANS' } },
  { form: usageChangeForm as Form, field: 'consulted', given: { consulted: 'NOT_YET' } },
];

test.each(refusals)(
  'an officer is told to turn to the agency that sent it: $field',
  ({ form, field, given }) => {
    const said = (channel: 'ONLINE' | 'PAPER') =>
      parseAnswers(form, given, { today: '2026-11-23', channel }).errors[field];
    expect(said('PAPER')).toMatch(/접수하지 (않|말)/);
    expect(said('PAPER')).toContain('보낸 기관에');
    expect(said('ONLINE')).not.toContain('보낸 기관');
  },
);
