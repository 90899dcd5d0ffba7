import { choice, choices, date, form, text } from '../../messenger/forms/form.ts';
import { receivedField } from '../received-field.ts';

/** 미사용 신고 (행정전자서명 인증업무지침 제31조제2항). */
export const retirementForm = form(
  {
    cause: choice({
      label: '미사용 사유',
      options: [
        { value: 'CLOSED', label: '시스템 폐기' },
        { value: 'MERGED', label: '다른 시스템으로 통합' },
        { value: 'REPLACED', label: '시스템 변경으로 표준API를 쓰지 않음' },
        { value: 'CANCELLED', label: '사업 취소 또는 중단' },
        { value: 'OTHER', label: '기타' },
      ],
    }),
    detail: text({ label: '상세 내용', words: true, lines: true, max: 500, optional: true }),
    endedOn: date({
      label: '사용을 마친 날',
      check: (value, { today }) =>
        value > today
          ? '아직 오지 않은 날짜입니다. 승인되면 라이선스가 바로 폐지되므로 사용을 마친 뒤에 신고하십시오.'
          : null,
    }),
    received: receivedField,
    confirmed: choices({
      label: '확인',
      onPaper: 'never', // nobody promises it for the contact; the approval confirms the first
      options: [
        { value: 'REVOKE', label: '승인되면 라이선스가 모두 폐지되고 되살릴 수 없음을 확인했습니다.' },
        { value: 'REMOVE', label: '서버에서 표준API 모듈과 라이선스 파일을 삭제하겠습니다.' },
      ],
      check: (value) => (value.length < 2 ? '두 가지를 모두 확인해야 신고할 수 있습니다.' : null),
    }),
  },
  [
    {
      title: '미사용 신고',
      intro:
        '시스템 변경 등으로 표준API를 쓰지 않게 되면 알려야 합니다. (행정전자서명 인증업무지침 제31조제2항) 담당자만 바뀌는 것이면 미사용 신고가 아니라 담당자 변경을 하십시오.',
      paperIntro:
        '담당자가 알린 그대로 입력하십시오. 담당자만 바뀌는 것이면 ‘담당자 변경신청서’를 접수하십시오.',
      fields: ['cause', 'detail', 'endedOn', 'received', 'confirmed'],
    },
  ],
);
