import type { Finding } from '../core/finding.ts';
import type { Answers } from '../messenger/forms/form.ts';
import type { Filing } from '../store/client/client.ts';
import type { Tx } from '../store/store.ts';
import type { AnyProcedure } from './procedure.ts';

/** The automatic checks of a filing: what holds for every procedure first, then the procedure's own. */
export async function findingsOn(
  procedure: AnyProcedure,
  tx: Tx,
  filing: Filing,
  answers: Answers,
): Promise<Finding[]> {
  const applicant = await tx.person.findUniqueOrThrow({ where: { id: filing.applicantId } });
  const gone: Finding[] =
    applicant.deactivatedAt && !procedure.outlivesApplicant
      ? [{ level: 'stop', text: '신청자가 비활성화된 사용자입니다. 기관에 새 담당자를 확인하십시오.' }]
      : [];
  return [...gone, ...(await procedure.findings(tx, filing, answers))];
}
