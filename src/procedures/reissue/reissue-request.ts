import { Refusal } from '../../core/refusal.ts';
import { type AnyProcedure, defineProcedure } from '../../filing/procedure.ts';
import { PROCEDURE } from '../../records/filings/procedure-name.ts';
import { APPROVED, isOpen } from '../../records/filings/states.ts';
import { systemIdOf } from '../../records/filings/subject.ts';
import { requireRegistered } from '../../records/people/who.ts';
import type { System } from '../../store/client/client.ts';
import type { Tx } from '../../store/store.ts';
import { reasonLabels } from './change-fields.ts';
import {
  approvedReport,
  REISSUES,
  refuseSecondRequest,
  reissueFindings,
  reopenReport,
  reopensText,
} from './reopen-report.ts';
import { reissueForm } from './request-form.ts';

/** 재발급 요청 (guide 1.7). Its approval reopens the report (승인취소), which then waits for its correction. */
export const makeReissueRequest = (resultReport: AnyProcedure) =>
  defineProcedure<typeof reissueForm.fields>({
    name: 'reissueRequest',
    title: '재발급 요청',
    document: '재발급 요청',
    approvedLabel: '승인취소 처리',
    reopenable: false,
    stepUp: true,
    form: reissueForm,
    onSystem: {
      label: '재발급 요청',
      about: '서버 IP나 도메인이 바뀌어 정상라이선스를 새로 받을 때',
      often: true,
      offered: ({ contactId, retiredAt, filings }, who) =>
        contactId === who.id &&
        !retiredAt &&
        filings.some(({ procedure, state }) => procedure === PROCEDURE.resultReport && state === APPROVED) &&
        !filings.some(({ procedure, state }) => REISSUES.includes(procedure) && isOpen({ state })),
    },

    async begin(tx, applicant, subject) {
      requireRegistered(applicant);
      const system = await ownSystem(tx, applicant.id, systemIdOf(subject));
      const { answers } = await approvedReport(tx, system);
      await refuseSecondRequest(tx, system.id, null);
      const { ip, domain } = answers;
      return { oldIp: ip, newIp: ip, oldDomain: domain ?? '', newDomain: domain ?? '' };
    },

    async place(op, applicant, subject, answers, filing) {
      requireRegistered(applicant);
      const id = filing?.systemId ?? systemIdOf(subject);
      const system = await ownSystem(op.tx, applicant.id, id);
      const { answers: reported } = await approvedReport(op.tx, system);
      await refuseSecondRequest(op.tx, system.id, filing);
      const differing = [
        ...(answers.reason.includes('IP') && answers.oldIp !== reported.ip ? ['IP 주소'] : []),
        ...(answers.reason.includes('DOMAIN') && (answers.oldDomain ?? '') !== (reported.domain ?? '')
          ? [`도메인(${reported.domain ?? '없음'})`]
          : []),
      ];
      if (differing.length > 0) {
        throw new Refusal(
          `변경 전 값이 승인된 적용결과표와 다릅니다: ${differing.join(', ')}`,
          '‘고치기’를 눌러 변경 전 값을 승인된 값으로 되돌리십시오.',
        );
      }
      return { title: system.name, agencyCode: system.agencyCode, systemId: system.id };
    },

    findings: (tx, filing, answers) => reissueFindings(tx, filing, answers),

    effect: (_tx, _filing, _answers, to) => reopensText(to),

    approve: (op, filing, answers) =>
      reopenReport(op, resultReport, filing, `재발급 요청: ${reasonLabels(answers.reason)}`, answers),
  });

/** @throws Refusal when the person is not the system's contact */
async function ownSystem(tx: Tx, personId: string, id: string): Promise<System> {
  const system = await tx.system.findUnique({ where: { id } });
  if (system?.contactId === personId) return system;
  throw new Refusal('담당하는 시스템의 재발급만 요청할 수 있습니다.', '홈의 목록에서 시스템을 확인하십시오.');
}
