import { type Fields, form, text } from '../../messenger/forms/form.ts';
import { contactFields } from '../application/contact-fields.ts';
import { environmentFields } from '../application/environment-fields.ts';
import { overviewFields } from '../application/overview-fields.ts';
import { serverFields } from '../application/server-fields.ts';
import { receivedField } from '../received-field.ts';

const { agency: _agency, ...person } = contactFields;
/** 표준API 관리담당: the contact's own details. */
const personFields = person;
export const personNames = Object.keys(personFields) as (keyof typeof personFields)[];

const { systemName, task, userAgency, userCount } = overviewFields;
const { certificate, serverCn } = serverFields;

/** 신청 정보 and 적용시스템 세부사항 that may change while the use stays the same (guide 1.8, 3). */
const describedFields = {
  systemName,
  task,
  userAgency,
  userCount,
  ...environmentFields,
  certificate,
  serverCn,
} satisfies Fields;
export const describedNames = Object.keys(describedFields) as (keyof typeof describedFields)[];

const noteFields = {
  note: text({ label: '변경 사유', words: true, lines: true, max: 500, optional: true }),
  received: receivedField,
} satisfies Fields;

/** ‘변경’ in an 이용현황조사: the form shows the registered values, and the person corrects those that differ. */
export const surveyAnswerForm = form({ ...personFields, ...describedFields, ...noteFields }, [
  {
    title: '표준API 관리담당',
    intro:
      '지금 등록된 담당자 정보입니다. 바뀐 것만 고치십시오. 담당자가 다른 사람으로 바뀌었으면 창을 닫고 ‘담당자 변경’을 하십시오.',
    paperIntro:
      '지금 등록된 담당자 정보입니다. 받은 문서와 다른 것만 고치십시오. 담당자가 다른 사람으로 바뀌었으면 창을 닫고 ‘담당자 변경신청서’를 접수하십시오.',
    fields: personNames,
  },
  {
    title: '신청 정보',
    intro:
      '지금 승인된 내용입니다. 바뀐 것만 고치십시오. 적용분야, 서비스유형, 망 구분은 시스템 상세의 ‘이용내용 변경’에서 신청합니다.',
    paperIntro:
      '지금 승인된 내용입니다. 받은 문서와 다른 것만 고치십시오. 적용분야, 서비스유형, 망 구분이 바뀌었으면 ‘이용내용 변경신청서’를 따로 접수하십시오.',
    fields: ['systemName', 'task', 'userAgency', 'userCount', 'certificate', 'serverCn'],
  },
  {
    title: '적용시스템 세부사항',
    intro:
      '서버 IP가 바뀌었으면 여기에서 고치고, 라이선스도 재발급을 받아야 합니다. 라이선스는 등록된 서버에서만 동작합니다.',
    paperIntro:
      '받은 문서와 다른 것만 고치십시오. 서버 IP가 바뀌었으면 라이선스도 재발급해야 합니다. 재발급은 적용결과표 카드의 ‘승인취소’로 시작합니다.',
    fields: [...Object.keys(environmentFields), ...Object.keys(noteFields)],
  },
]);
