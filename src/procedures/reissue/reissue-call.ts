import { koreanDate } from '../../core/calendar.ts';
import { Refusal } from '../../core/refusal.ts';
import { type AnyProcedure, defineProcedure } from '../../filing/procedure.ts';
import { officersOnly } from '../../records/people/office.ts';
import { lockSystems } from '../../records/systems/own-system.ts';
import { callForm } from './call-form.ts';
import { reasonLabels } from './change-fields.ts';
import {
  approvedReport,
  refuseSecondRequest,
  reissueFindings,
  reopenReport,
  reopensText,
} from './reopen-report.ts';

const { requireOfficer } = officersOnly('전화 재발급 접수는 표준API 관리자만 등록할 수 있습니다.');

/**
 * 전화 재발급 접수: an officer records who called, when and why; another officer's approval is the 승인취소. The filing belongs
 * to the officer who took the call, so that this officer cannot decide it alone.
 */
export const makeReissueCall = (resultReport: AnyProcedure) =>
  defineProcedure<typeof callForm.fields>({
    name: 'reissueCall',
    title: '전화 재발급 접수',
    document: '전화 재발급 접수',
    approvedLabel: '승인취소 처리',
    reopenable: false,
    stepUp: true,
    form: callForm,
    onHome: {
      label: '전화 재발급 접수',
      for: 'officer',
      about: '전화로 받은 재발급 요청을 적습니다. 다른 관리자가 승인합니다.',
    },
    approvedText: '적용결과표를 승인취소했고, 담당자에게 고쳐서 다시 제출하도록 알렸습니다.',

    async begin(_tx, applicant) {
      requireOfficer(applicant);
      return {};
    },

    async place(op, applicant, _subject, answers, filing) {
      requireOfficer(applicant);
      await lockSystems(op.tx, [answers.system]);
      const system = await op.tx.system.findUnique({ where: { id: answers.system } });
      if (!system)
        throw new Refusal('시스템을 찾을 수 없습니다.', '‘고치기’를 눌러 시스템을 다시 고르십시오.');
      await approvedReport(op.tx, system);
      await refuseSecondRequest(op.tx, system.id, filing);
      return { title: system.name, agencyCode: system.agencyCode, systemId: system.id };
    },

    async findings(tx, filing, answers) {
      const system = await tx.system.findUniqueOrThrow({
        where: { id: filing.systemId ?? '' },
        include: { contact: true },
      });
      return [
        { level: 'ok', text: `${callText(answers)}, 전화로 요청했습니다.` },
        ...(system.contact.deactivatedAt
          ? [
              {
                level: 'look' as const,
                text: '시스템의 담당자가 비활성화된 사용자입니다. 담당자 변경이 먼저입니다.',
              },
            ]
          : []),
        ...(await reissueFindings(tx, filing, answers)),
      ];
    },

    effect: () => reopensText('시스템의 담당자'),

    approve: (op, filing, answers) =>
      reopenReport(
        op,
        resultReport,
        filing,
        `전화로 받은 재발급 요청: ${reasonLabels(answers.reason)} (${callText(answers)})`,
        answers,
      ),
  });

function callText({
  caller,
  calledOn,
  calledAt,
}: Record<'caller' | 'calledOn' | 'calledAt', string>): string {
  return `${caller} 님, ${koreanDate(calledOn)} ${calledAt}`;
}
