import { koreanDate } from '../../core/calendar.ts';
import type { Finding } from '../../core/finding.ts';
import { Refusal } from '../../core/refusal.ts';
import { DESTROY } from '../../filing/buttons.ts';
import { type AnyProcedure, defineProcedure } from '../../filing/procedure.ts';
import { APPROVED } from '../../records/filings/states.ts';
import { officersOnly, requireApplicantsOffice } from '../../records/people/office.ts';
import type { Tx } from '../../store/store.ts';
import { type Candidate, findCandidates } from './candidates.ts';
import { destroyCases } from './destroy.ts';
import { destructionForm, listedCases, MOST_CASES } from './form.ts';

const { requireOfficer } = officersOnly('개인정보 파기는 표준API 관리자만 신청할 수 있습니다.');
const SHOWN = 10;

/**
 * 개인정보 파기: one officer files the list of cases whose retention has ended, another approves it, and the approval
 * destroys them. `others`: the procedures whose answers it must be able to read.
 */
export function makeDestruction(others: readonly AnyProcedure[]): AnyProcedure {
  const destruction = defineProcedure<typeof destructionForm.fields>({
    name: 'destruction',
    title: '개인정보 파기',
    document: '개인정보 파기 신청',
    approvedLabel: '파기완료',
    reopenable: false,
    begunBy: DESTROY,
    irreversible: true,
    stepUp: true,
    form: destructionForm,
    approvedText: '신청한 개인정보를 파기하고 파기대장에 적었습니다.',

    async begin(tx, applicant, _subject, now) {
      requireOfficer(applicant);
      const { cases } = await findCandidates(tx, now, { limit: MOST_CASES });
      if (cases.length === 0) {
        throw new Refusal('보존기간이 지난 신청이 없습니다.', '보존기간이 지나면 다시 확인하십시오.');
      }
      return { cases: cases.map(({ number }) => number).join('\n') };
    },

    async place(op, applicant, _subject, answers) {
      requireOfficer(applicant);
      const { numbers } = await dueCases(op.tx, op.now, answers.cases);
      return { title: `파기 대상 ${numbers.length}건`, agencyCode: null, systemId: null };
    },

    async findings(tx, filing, answers) {
      const numbers = listedCases(answers.cases);
      const { cases } = await findCandidates(tx, filing.submittedAt, { numbers });
      const due = new Set(cases.map(({ number }) => number));
      const notDue = numbers.filter((number) => !due.has(number));
      const found: Finding[] = [
        filing.state === APPROVED || notDue.length === 0
          ? { level: 'ok', text: `${numbers.length}건 모두 보존기간이 지난 신청입니다.` }
          : { level: 'stop', text: `파기 대상이 아닌 신청이 있습니다: ${shortened(notDue)}` },
        ...cases.slice(0, SHOWN).map((one): Finding => ({ level: 'ok', text: describe(one) })),
        ...(cases.length > SHOWN
          ? [{ level: 'ok' as const, text: `… 그 밖에 ${cases.length - SHOWN}건` }]
          : []),
        { level: 'look', text: '승인하면 바로 파기하며 되살릴 수 없습니다.' },
      ];
      return found;
    },

    effect: (_tx, _filing, answers) =>
      `신청 ${listedCases(answers.cases).length}건의 개인정보와 첨부파일을 바로 파기합니다. 되살릴 수 없습니다.`,

    async approve(op, filing, answers) {
      await requireApplicantsOffice(op.tx, { id: filing.applicantId });
      const { cases } = await dueCases(op.tx, op.now, answers.cases);
      await destroyCases(op, procedures, cases, filing.applicantId);
    },
  });
  const procedures = new Map([...others, destruction].map((procedure) => [procedure.name, procedure]));
  return destruction;
}

/**
 * The listed cases, locked so that a second approval cannot destroy them too. @throws Refusal when the time of one
 * has not come
 */
async function dueCases(
  tx: Tx,
  now: Date,
  listed: string,
): Promise<{ numbers: string[]; cases: Candidate[] }> {
  const numbers = listedCases(listed);
  for (const number of numbers.toSorted()) {
    await tx.$queryRaw`SELECT id FROM "Filing" WHERE number = ${number} FOR UPDATE`;
    await tx.$queryRaw`SELECT id FROM "Question" WHERE number = ${number} FOR UPDATE`;
  }
  const { cases } = await findCandidates(tx, now, { numbers });
  const due = new Set(cases.map(({ number }) => number));
  const notDue = numbers.filter((number) => !due.has(number));
  if (notDue.length > 0) {
    throw new Refusal(
      `파기 대상이 아닌 신청이 있습니다: ${shortened(notDue)}`,
      '홈 → 관리 업무 → 파기 대상 확인에서 지금 대상을 확인하십시오.',
    );
  }
  return { numbers, cases };
}

function shortened(numbers: readonly string[]): string {
  const more = numbers.length > SHOWN ? ` 등 ${numbers.length}건` : '';
  return `${numbers.slice(0, SHOWN).join(', ')}${more}`;
}

function describe({ number, title, destroyableFrom }: Candidate): string {
  return `${number} ${title}: 보존기간 만료 ${koreanDate(destroyableFrom)}`;
}
