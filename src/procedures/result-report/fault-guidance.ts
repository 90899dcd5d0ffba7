import { SUPPORT_PHONE } from '../../core/support-phone.ts';
import { ASK, ERROR_HELP } from '../../filing/buttons.ts';
import type { Guidance } from '../../messenger/guidance.ts';
import { faultyFunctions } from './form.ts';

type Told = Parameters<typeof faultyFunctions>[0] & { remarks?: string | undefined };

/**
 * A report says that the API works (guide 1.5: 이상이 없는 경우). Where a test failed, guidance sends what was typed to
 * those who can help. Null when nothing failed.
 */
export function faultGuidance(answers: Told, byMail: boolean): Guidance | null {
  const faulty = faultyFunctions(answers);
  if (faulty.length === 0) return null;
  const remarks = answers.remarks?.trim() ?? '';
  const head = `이상: ${faulty.join(', ')}`;
  if (byMail)
    return {
      title: '이상이 있는 시험결과',
      keepsDraft: true,
      lines: [
        head,
        '이상이 있는 적용결과는 접수하지 않습니다. 입력한 내용은 저장되었습니다.',
        `▶ 담당자에게 이메일로 알리고, 기술지원 ${SUPPORT_PHONE}의 도움으로 해결한 결과를 다시 받으십시오.`,
      ],
    };
  return {
    title: '이상이 있는 시험결과',
    keepsDraft: true,
    lines: [
      head,
      '적용결과표는 이상이 없을 때 제출합니다. 입력한 내용은 저장되었으니, 해결한 뒤 홈에서 이어서 작성하십시오.',
      `▶ 오류 코드나 메시지가 있으면 ‘오류 도움’을, 없으면 ‘Q&A 문의’를 누르십시오. 적은 비고를 가져갑니다. 전화: ${SUPPORT_PHONE}`,
    ],
    buttons: [
      { action: ERROR_HELP, label: '오류 도움', ...(remarks ? { value: remarks } : {}) },
      {
        action: ASK,
        label: 'Q&A 문의',
        value: ['적용 시험에서 이상이 있습니다.', head, ...(remarks ? [remarks] : [])].join('\n'),
      },
    ],
  };
}
