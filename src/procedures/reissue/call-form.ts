import { maskName } from '../../core/mask.ts';
import { rule } from '../../core/rule.ts';
import { timeOfDay } from '../../core/time-of-day.ts';
import { date, form, search, text } from '../../messenger/forms/form.ts';
import { newDomain, newIp, reason } from './change-fields.ts';

/** 전화 재발급 접수: what an officer records about the call (guide 1.7: 전화 1661-9088 → 승인취소). */
export const callForm = form(
  {
    system: search({ label: '시스템명', source: 'system', placeholder: '시스템명 일부를 입력하십시오' }),
    caller: text({
      label: '요청한 사람',
      words: true,
      hint: '가운데를 가린 이름으로 저장합니다. 예: 김*람',
      max: 40,
      schema: rule((typed) => ({ ok: true, value: maskName(typed) })),
    }),
    calledOn: date({
      label: '통화한 날짜',
      check: (value, { today }) => (value > today ? '통화한 날짜가 오늘보다 뒤입니다.' : null),
    }),
    calledAt: text({
      label: '통화한 시각',
      placeholder: '예: 14:30',
      schema: timeOfDay,
    }),
    reason,
    newIp: text({ ...newIp, optional: true }),
    newDomain: text({ ...newDomain, optional: true }),
  },
  [
    {
      title: '전화 접수',
      intro:
        '전화로 재발급을 요청받은 시스템을 찾아 적으십시오. 다른 관리자가 승인하면 적용결과표가 승인취소되고 담당자가 고쳐서 다시 제출합니다.',
      fields: ['system', 'caller', 'calledOn', 'calledAt'],
    },
    {
      title: '재발급 사유',
      intro:
        '서버 IP나 도메인이 바뀐 경우에만 재발급합니다. 새 값을 들었으면 적으십시오. 담당자의 적용결과표에 미리 채워집니다.',
      fields: ['reason', 'newIp', 'newDomain'],
    },
  ],
);
