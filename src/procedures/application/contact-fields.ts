import * as contact from '../../core/contact-rules.ts';
import { agency, email, type Fields, text } from '../../messenger/forms/form.ts';
import { agencyKind } from '../../records/people/agencies.ts';

/** 관리담당: the official in charge (guide 1.3.2, 2-1). */
export const contactFields = {
  agency: agency({
    label: '소속기관',
    check: (code, { channel }) =>
      channel === 'ONLINE' && agencyKind(code) === 'PUBLIC'
        ? '공공기관은 온라인으로 신청할 수 없습니다. 신청서를 첨부한 공문으로 신청해야 합니다.'
        : null,
  }),
  department: text({ label: '부서명', personal: 'text' }),
  name: text({ label: '이름(성명)', schema: contact.personName, personal: 'name' }),
  phone: text({ label: '전화번호', schema: contact.phone, personal: 'phone' }),
  mobile: text({ label: '휴대전화번호', schema: contact.mobile, personal: 'phone' }),
  email: email({ label: '이메일', schema: contact.email, personal: 'email' }),
} satisfies Fields;
