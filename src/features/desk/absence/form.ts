import { addDays } from '../../../core/calendar.ts';
import { choice, date, form, type Option, text } from '../../../messenger/forms/form.ts';
import { AHEAD_DAYS } from '../../../records/absences/rule.ts';

export const MEMO_MAX = 200;
/** Slack allows a select a hundred options. */
const MOST = 100;

/**
 * The form of 부재 설정. `officers`: the possible substitutes. `begun`: the first day of a current absence, which is
 * accepted although it is in the past.
 */
export function absenceForm(officers: readonly Option[], begun: string | null) {
  return form(
    {
      fromOn: date({
        label: '부재 시작일',
        check: (day, { today }) => (day === begun ? null : outOfReach(day, today)),
      }),
      toOn: date({
        label: '부재 종료일',
        hint: '이날까지 부재입니다. 지나면 저절로 끝납니다.',
        check: (day, { today, answers }) =>
          day < String(answers.fromOn ?? '') ? '시작일보다 앞선 날입니다.' : outOfReach(day, today),
      }),
      substitute: choice({
        label: '대신할 관리자',
        hint: '부재 중에 내게 맡겨지는 문의를 대신 받고, 이미 맡은 문의도 봅니다.',
        options: officers.slice(0, MOST),
        shape: 'select',
      }),
      memo: text({
        label: '메모',
        hint: '관리자들이 홈에서 봅니다.',
        placeholder: '예: 국외출장. 급한 일은 대신할 관리자에게 연락하십시오.',
        lines: true,
        max: MEMO_MAX,
        words: true,
        optional: true,
      }),
    },
    [{ title: '부재 설정', fields: ['fromOn', 'toOn', 'substitute', 'memo'] }],
  );
}

function outOfReach(day: string, today: string): string | null {
  if (day < today) return '지난 날입니다. 오늘이나 앞으로의 날을 고르십시오.';
  return day > addDays(today, AHEAD_DAYS) ? '1년 안의 날을 고르십시오.' : null;
}
