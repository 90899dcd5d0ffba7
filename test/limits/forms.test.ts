import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { allProcedures, documentForms } from '../../src/app/procedures.ts';
import { rule } from '../../src/core/rule.ts';
import { confirmText } from '../../src/filing/approval.ts';
import { irreversibleView } from '../../src/filing/approval-view.ts';
import { decisionView, type WordedVerb } from '../../src/filing/decision-view.ts';
import type { Fillable } from '../../src/filing/procedure.ts';
import { type WizardOptions, wizardView } from '../../src/filing/wizard.ts';
import { type Answers, choice, form, text } from '../../src/messenger/forms/form.ts';
import { makeLocalSigner } from '../../src/records/licences/local-signer.ts';
import type { Draft, Filing } from '../../src/store/client/client.ts';
import { fullest, leanest, onEveryField } from './fill.ts';
import { viewFaults } from './hold.ts';

let procedures: Fillable[];
beforeAll(async () => {
  const keys = mkdtempSync(join(tmpdir(), 'bogeup-keys-'));
  const signer = await makeLocalSigner(keys, new Date(0));
  procedures = [true, false].flatMap((byCertificate): Fillable[] => [
    ...allProcedures({ signer, temporaryMonths: 2 }, byCertificate).values(),
  ]);
  procedures.push(...documentForms.values());
});

const draft: Draft = {
  id: crypto.randomUUID(),
  personId: crypto.randomUUID(),
  procedure: '',
  subject: '',
  answers: {},
  step: 0,
  updatedAt: new Date(0),
};
const longAgency = () => '가나다라마바사'.repeat(20);

/** Faults of all steps and of the summary. */
function faults(procedure: Fillable, answers: Answers, more: Partial<WizardOptions> = {}): string[] {
  const views = [...procedure.form.steps, 'summary'].map((_, step) =>
    wizardView(procedure, draft, step, { answers, nameOf: longAgency, ...more }),
  );
  return views.flatMap((view, step) => viewFaults(view).map((fault) => `step ${step}: ${fault}`));
}

/** By procedure, what is shown of each. */
const sweep = (look: (procedure: Fillable) => string[]) =>
  Object.fromEntries(procedures.map((procedure, index) => [`${index} ${procedure.name}`, look(procedure)]));
const none = () => sweep(() => []);

describe('every step and the summary of every procedure', () => {
  test('empty, and with the least', () => {
    expect(sweep((procedure) => faults(procedure, {}))).toEqual(none());
    expect(sweep((procedure) => faults(procedure, leanest(procedure.form)))).toEqual(none());
  });

  test.each(['typed', 'stored'] as const)('with the most that can be %s', (how) => {
    expect(
      sweep((procedure) => fullest(procedure.form, how).flatMap((answers) => faults(procedure, answers))),
    ).toEqual(none());
  });

  test('with the most, a remark and a refusal on every field, from the summary and resumed', () => {
    expect(
      sweep((procedure) =>
        fullest(procedure.form, 'stored').flatMap((answers) =>
          faults(procedure, answers, {
            remarks: onEveryField(procedure.form, 500),
            problems: onEveryField(procedure.form, 300),
            note: '지난번에 작성하던 곳부터 이어서 작성합니다.',
            fromSummary: true,
          }),
        ),
      ),
    ).toEqual(none());
  });

  test('a normal form that outgrows its field is refused where it is typed', () => {
    const wider = rule((typed) => ({ ok: true, value: typed.replaceAll(',', ', ') }));
    const field = text({ label: '목록', max: 5, schema: wider });
    expect(field.schema.safeParse('1,2')).toMatchObject({ success: true, data: '1, 2' });
    expect(field.schema.safeParse('1,2,3').error?.issues[0]?.message).toBe('5자 이내로 줄여 주십시오.');
  });

  test('a form with more choices than Slack shows is noticed', () => {
    const options = Array.from({ length: 11 }, (_, index) => ({ value: `${index}`, label: `${index}` }));
    const [procedure] = procedures;
    if (!procedure) throw new Error('no procedures');
    const planted = form({ many: choice({ label: '보기', options }) }, [{ title: '보기', fields: ['many'] }]);
    expect(faults({ ...procedure, form: planted }, {})).toEqual([
      expect.stringContaining('no more than 10 items allowed'),
    ]);
  });
});

describe('the words of a decision', () => {
  const filing = {
    id: crypto.randomUUID(),
    number: '2026-000001',
    title: '가'.repeat(100),
  } as Filing;
  const phrases = Array.from({ length: 100 }, (_, index) => ({
    id: crypto.randomUUID(),
    text: '가'.repeat(300),
    label: index % 2 ? '' : '공문',
  }));
  /** Everything filled to the brim, and put in anew a hundred times. */
  const written = (chosen: string[]) => {
    const targets = ['reason', ...chosen.map((name) => `remark:${name}`)];
    return {
      texts: Object.fromEntries(targets.map((target) => [target, '나'.repeat(500)])),
      versions: Object.fromEntries(targets.map((target) => [target, 100])),
    };
  };
  const about = ['시스템명', '기관', '신청자'].map((label) => ({ label, text: '가'.repeat(3000) }));
  const pointed = Array.from({ length: 50 }, () => '라'.repeat(500));
  const approval = { effect: '마'.repeat(3000), stops: pointed, looks: pointed };

  test('an approval that nothing brings back, with all that may be pointed out', () => {
    expect(viewFaults(irreversibleView(filing, about, approval, true))).toEqual([]);
    expect(confirmText('가'.repeat(300), approval).length).toBeLessThanOrEqual(300);
    const few = { ...approval, stops: [], looks: ['하나', '둘'] };
    expect(confirmText('가', { ...few, effect: '보냅니다.' })).toBe('가\n보냅니다.\n⚠ 하나\n⚠ 둘');
  });

  const verbs: WordedVerb[] = ['filing.return', 'filing.reject', 'filing.reopen'];

  test.each(verbs)('%s, with no field chosen and with all', (verb) => {
    const look = ({ form }: Fillable) =>
      fullest(form, 'stored').flatMap((answers) =>
        [[], Object.keys(form.fields)].flatMap((chosen) =>
          viewFaults(
            decisionView(verb, filing, form, answers, {
              chosen,
              typed: written(chosen),
              phrases,
              about,
              approval,
              present: () => '다'.repeat(3000),
              fromReview: true,
            }),
          ),
        ),
      );
    expect(sweep(look)).toEqual(none());
  });
});
