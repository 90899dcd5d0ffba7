import { choice, choices, date, file, form, search, text } from '../../messenger/forms/form.ts';
import { groups, regions } from './round.ts';

/** What 고시 제31조 requires of agencies today. It requires no yearly survey, so this text names none. */
const BASIS =
  '행정전자서명 인증업무지침 제31조제2항(표준API 전담관리자 지정, 미사용 시 통보) 및 제4항(적용완료·적용변경 시 등록)';
const MESSAGE =
  '표준API 이용정보를 현행화하고자 합니다. 시스템마다 담당자와 신청 정보가 지금과 같은지 확인하여, 같으면 ‘변동 없음’, 다르면 ‘변경’이나 ‘담당자 변경’, 더 쓰지 않으면 ‘미사용’으로 답해 주십시오.';

export const COUNTRY = 'ALL';

/** The form of 이용현황조사 시작: period, scope, legal basis and message. */
export const roundForm = form(
  {
    name: text({ label: '조사명', placeholder: '예: 2026년 하반기 이용현황조사', max: 60 }),
    opensOn: date({
      label: '시작일',
      hint: '비워 두면 바로 시작합니다. 날짜를 고르면 그날부터 알리고, 그 전에는 예약을 취소할 수 있습니다.',
      check: (value, { today }) => (value < today ? '오늘이나 그 뒤의 날짜를 고르십시오.' : null),
      optional: true,
    }),
    closesOn: date({
      label: '응답 기한',
      check: (value, { today, answers }) => {
        if (value <= today) return '내일이나 그 뒤의 날짜를 고르십시오. 마감일까지 응답을 받습니다.';
        const { opensOn } = answers;
        return typeof opensOn === 'string' && value <= opensOn ? '시작일보다 뒤의 날짜를 고르십시오.' : null;
      },
    }),
    groups: choices({ label: '기관 구분', options: groups }),
    region: choice({
      label: '지역',
      hint: '기관명이 이 지역으로 시작하는 기관만 조사합니다.',
      shape: 'select',
      options: [
        { value: COUNTRY, label: '전국' },
        ...regions.map((region) => ({ value: region, label: region })),
      ],
    }),
    licences: choice({
      label: '라이선스 구분',
      options: [
        { value: 'ALL', label: '전체' },
        { value: 'REGULAR', label: '정상라이선스' },
        { value: 'TEMPORARY', label: '임시라이선스' },
      ],
    }),
    basis: text({ label: '근거', lines: true, max: 300 }),
    message: text({ label: '안내문', lines: true, max: 600 }),
  },
  [
    {
      title: '이용현황조사 시작',
      intro: '다음 화면에서 몇 명에게 알리게 되는지 확인한 뒤 시작합니다.',
      fields: ['name', 'opensOn', 'closesOn', 'groups', 'region', 'licences', 'basis', 'message'],
    },
  ],
);

export const roundDefaults = {
  groups: groups.map(({ value }) => value),
  region: COUNTRY,
  licences: 'ALL',
  basis: BASIS,
  message: MESSAGE,
};

export const extendForm = form(
  {
    closesOn: date({
      label: '새 응답 기한',
      check: (value, { today }) => (value <= today ? '내일이나 그 뒤의 날짜를 고르십시오.' : null),
    }),
  },
  [{ title: '기한 변경', fields: ['closesOn'] }],
);

export const reassignForm = form(
  {
    from: search({
      label: '지금 응답자',
      hint: '떠난 사람과 메신저를 쓰지 않는 사람도 찾을 수 있습니다.',
      source: 'respondent',
      placeholder: '이름, 기관, 부서 일부를 입력하십시오',
    }),
    to: search({ label: '새 응답자', source: 'person', placeholder: '이름, 기관, 부서 일부를 입력하십시오' }),
  },
  [
    {
      title: '응답자 변경',
      intro:
        '지금 응답자가 답하지 않은 시스템을 모두 새 응답자에게 묻습니다. 담당자가 바뀌는 것은 아닙니다. 담당자를 바꾸려면 담당자 변경을 하십시오.',
      fields: ['from', 'to'],
    },
  ],
);

/** How an officer received the answer 변동 없음. */
export const receiptForm = form(
  {
    by: choice({
      label: '답을 받은 방법',
      options: [
        { value: 'MAIL', label: '이메일' },
        { value: 'LETTER', label: '공문' },
        { value: 'PHONE', label: '전화', description: '받은 문서가 없다고 결과에 표시됩니다.' },
      ],
    }),
    received: file({
      label: '받은 메일·공문',
      hint: '이메일이나 공문으로 받았으면 꼭 올리십시오(이메일은 PDF로 저장). 전화로 받았으면 비워 둡니다.',
      kinds: ['hwp', 'doc', 'gif', 'jpg', 'pdf'],
      optional: true,
    }),
  },
  [
    {
      title: '변동 없음 등록',
      intro: '등록하면 바로 응답으로 셉니다. 다른 관리자의 승인은 없습니다.',
      fields: ['by', 'received'],
    },
  ],
);
