import { rule } from '../../core/rule.ts';
import { choices, form, text } from '../../messenger/forms/form.ts';

/** One field of the messenger (3,000 characters) has room for this many numbers. */
export const MOST_CASES = 200;
/** The number of a filing or of a question. */
const NUMBER = /^Q?\d{4}-\d{6}$/;

/** One number per line, in the given order, without duplicates. */
const caseNumbers = rule((typed) => {
  const numbers = [...new Set(typed.split(/[\s,]+/).filter((part) => part !== ''))];
  const wrong = numbers.find((number) => !NUMBER.test(number));
  if (wrong !== undefined) {
    return {
      ok: false,
      message: `‘${wrong.slice(0, 20)}’: 접수번호가 아닙니다. 한 줄에 하나씩 적으십시오. 예: 2026-000001`,
    };
  }
  if (numbers.length > MOST_CASES) {
    return {
      ok: false,
      message: `한 번에 ${MOST_CASES}건까지 신청할 수 있습니다. 나머지는 따로 신청하십시오.`,
    };
  }
  return { ok: true, value: numbers.join('\n') };
});

/** 개인정보 파기: the list is already filled in. An officer may remove lines but not add any. */
export const destructionForm = form(
  {
    cases: text({
      label: '파기할 신청의 접수번호',
      hint: '보존기간이 지난 신청입니다. 더 보관할 것이 있으면 그 줄을 지우십시오.',
      lines: true,
      max: 3000,
      schema: caseNumbers,
    }),
    decision: text({
      label: '파기 결정 문서',
      hint: '기록물평가심의회 심의 등 파기를 결정한 문서의 번호와 날짜를 적으십시오. (공공기록물 관리에 관한 법률 시행령 제43조)',
      max: 200,
      placeholder: '예: 디지털인증부-1234 (2038. 1. 5.)',
    }),
    confirmed: choices({
      label: '확인',
      options: [{ value: 'YES', label: '파기하면 되살릴 수 없음을 확인했습니다.' }],
    }),
  },
  [
    {
      title: '개인정보 파기',
      intro:
        '다른 관리자가 승인하면 이 신청들의 개인정보와 첨부파일이 바로 지워집니다. 파기한 사실은 파기대장에 남습니다.',
      fields: ['cases', 'decision', 'confirmed'],
    },
  ],
);

export function listedCases(cases: string): string[] {
  return cases.split('\n').filter((number) => number !== '');
}
