import { storedAnswers } from '../../filing/answers.ts';
import { Refusal } from '../../filing/refusal.ts';
import type { Tx } from '../../store/store.ts';
import { applicationForm } from './form.ts';

/** The approved 이용신청 of a system, which what comes later looks back at. @throws Refusal */
export async function approvedApplication(tx: Tx, systemId: string) {
  const filing = await tx.filing.findFirst({
    where: { systemId, procedure: 'application', state: 'APPROVED' },
    orderBy: { submittedAt: 'desc' },
  });
  if (!filing) {
    throw new Refusal(
      '이용신청이 아직 승인되지 않았습니다.',
      '승인되어 임시라이선스를 받은 뒤 시험하고 적용결과표를 제출하십시오.',
    );
  }
  const revision = await tx.revision.findUniqueOrThrow({
    where: { filingId_number: { filingId: filing.id, number: filing.approvedRevision ?? filing.revision } },
  });
  return { filing, answers: storedAnswers(applicationForm, revision.answers) };
}
