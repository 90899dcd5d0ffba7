import * as contact from '../../core/contact-rules.ts';
import { agency, choice, email, form, text } from '../../messenger/forms/form.ts';
import { consentField, registrationConsent } from '../consent.ts';

const agreed = {
  title: '개인정보 동의·소속기관',
  intro: '표준API 온라인 신청은 행정기관(중앙행정기관, 지방자치단체) 담당공무원만 할 수 있습니다.',
  fields: ['consent', 'agency'],
};
const TOLD = '신청 접수와 처리에 관한 모든 안내가 이 연락처로 갑니다. 정확히 입력하십시오.';
const personNames = ['department', 'position', 'name', 'phone', 'mobile', 'email'] as const;

/**
 * 사용자 등록 (guide 1.1: only registered officials of 행정기관 apply online). The consents come before any personal field.
 */
export const registrationForm = form(
  {
    agency: agency({
      label: '소속기관',
      hint: '기관명, 약칭(행안부), 초성(ㅎㅇㅂ) 또는 기관코드로 찾아 선택하십시오. 목록에 없으면 홈의 ‘Q&A 문의’로 기관명과 기관코드를 알려 주십시오.',
    }),
    department: text({ label: '부서', placeholder: '예: 디지털안전정책과', personal: 'text' }),
    position: text({ label: '직위(직급)', placeholder: '예: 주무관', personal: 'text', optional: true }),
    name: text({ label: '이름', schema: contact.personName, personal: 'name' }),
    phone: text({
      label: '전화번호',
      schema: contact.phone,
      placeholder: '예: 044-205-1234',
      personal: 'phone',
    }),
    mobile: text({
      label: '휴대전화번호',
      schema: contact.mobile,
      placeholder: '예: 010-1234-5678',
      personal: 'phone',
    }),
    email: email({ label: '이메일', schema: contact.email, personal: 'email' }),
    consent: consentField(
      '개인정보 수집 및 이용에 대한 동의',
      registrationConsent,
      '동의하셔야 등록할 수 있습니다. 동의하지 않으면 창을 닫으십시오. 입력한 내용은 제출되지 않습니다.',
    ),
  },
  [agreed, { title: '담당자 정보', intro: TOLD, fields: personNames }],
  { brief: true },
);

/** Where certificates can be verified, the person chooses how to prove their identity. */
export const registrationFormWithProof = form(
  {
    ...registrationForm.fields,
    proof: choice({
      label: '본인확인 방법',
      hint: '인증서를 고르면 제출한 뒤 서명할 파일을 보내 드립니다. 서명하지 못하더라도 관리자가 검토하여 승인할 수 있습니다.',
      options: [
        { value: 'OFFICER', label: '관리자 승인', description: '관리자가 신청 내용을 검토하여 승인합니다' },
        {
          value: 'CERTIFICATE',
          label: 'GPKI 인증서 전자서명',
          description: '제출한 뒤 개인용 인증서로 서명하면 바로 승인됩니다',
        },
      ],
    }),
  },
  [agreed, { title: '담당자 정보', intro: TOLD, fields: [...personNames, 'proof'] }],
  { brief: true, presets: { proof: 'OFFICER' } },
);
