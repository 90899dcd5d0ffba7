import * as contact from '../../core/contact-rules.ts';
import { SUPPORT_PHONE } from '../../core/support-phone.ts';
import { timeOfDay } from '../../core/time-of-day.ts';
import { choice, date, form, searches, text } from '../../messenger/forms/form.ts';

export const incidentKinds = [
  { value: 'DAMAGE', label: '라이선스·모듈 파손' },
  { value: 'LEAK', label: '유출 의심' },
  { value: 'INTRUSION', label: '서버 침해' },
  { value: 'OTHER', label: '기타' },
] as const;

/** 보안사고 신고 (행정전자서명 인증업무지침 제31조제2항). It is short, because the reporter is in a hurry. */
export const incidentForm = form(
  {
    kind: choice({ label: '사고 유형', options: incidentKinds }),
    happened: text({
      label: '사고 내용',
      words: true,
      hint: '무슨 일이 있었는지 아는 만큼 적으십시오. 비밀번호나 개인키는 적지 마십시오.',
      lines: true,
      max: 2000,
      sensitive: true,
    }),
    noticedOn: date({
      label: '알게 된 날',
      check: (value, { today }) =>
        value > today ? '아직 오지 않은 날짜입니다. 사고를 알게 된 날을 선택하십시오.' : null,
    }),
    noticedAt: text({
      label: '알게 된 시각',
      placeholder: '예: 14:30',
      max: 20,
      optional: true,
      schema: timeOfDay,
    }),
    systems: searches({
      label: '관련 시스템',
      hint: '소속기관의 시스템에서 고릅니다. 담당자가 아니어도 신고할 수 있고, 모르면 비워 둡니다.',
      source: 'reportable',
      placeholder: '시스템명 일부를 입력하십시오',
      optional: true,
    }),
    taken: text({
      label: '지금까지 조치한 내용',
      words: true,
      hint: '예: 서버를 네트워크에서 분리함',
      lines: true,
      max: 1000,
      optional: true,
    }),
    phone: text({
      label: '연락받을 전화번호',
      hint: '관리자가 바로 전화드립니다.',
      schema: contact.phone,
      personal: 'phone',
    }),
  },
  [
    {
      title: '보안사고 신고',
      intro: `제출하면 관리자에게 바로 알립니다. 급하면 먼저 ${SUPPORT_PHONE}으로 전화하십시오. (행정전자서명 인증업무지침 제31조제2항)`,
      fields: ['kind', 'happened', 'noticedOn', 'noticedAt', 'systems', 'taken', 'phone'],
    },
  ],
);
