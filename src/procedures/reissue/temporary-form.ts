import { date, form, text } from '../../messenger/forms/form.ts';

/** 임시라이선스 재발급: why the report is late, and when it will come. */
export const temporaryReissueForm = form(
  {
    why: text({
      label: '적용결과표를 제출하지 못한 사유',
      words: true,
      hint: '예: 개발 일정이 늦어져 시험을 마치지 못했습니다.',
      lines: true,
      max: 500,
    }),
    reportOn: date({
      label: '적용결과표 제출 예정일',
      check: (value, { today }) => (value < today ? '오늘이나 그 뒤의 날짜를 선택하십시오.' : null),
    }),
  },
  [
    {
      title: '임시라이선스 재발급 요청',
      intro:
        '임시라이선스의 유효기간 안에 적용결과표를 제출하지 못한 경우에 요청합니다. 시험을 마쳤으면 이것 대신 적용결과표를 제출하십시오.',
      fields: ['why', 'reportOn'],
    },
  ],
);
