import { choice, choices, type Fields, form, text } from '../../messenger/forms/form.ts';
import { attachmentBox, attachmentFields } from '../application/attachment-fields.ts';
import { contactFields } from '../application/contact-fields.ts';
import { PAPER_FILES } from '../application/form.ts';
import { headCount } from '../application/overview-fields.ts';
import { CONSENT_ON_PAPER, consentField, privacyConsent } from '../consent.ts';
import { domain, ipList, serverCn } from '../host-rules.ts';

/** 신청자, in the words of this form. */
const applicantFields = {
  name: { ...contactFields.name, label: '이름' },
  phone: contactFields.phone,
  agency: { ...contactFields.agency, label: '기관' },
  department: { ...contactFields.department, label: '부서' },
  mobile: contactFields.mobile,
  email: { ...contactFields.email, label: '전자우편주소' },
} satisfies Fields;

const overviewFields = {
  systemName: text({ label: '시스템명' }),
  task: text({ label: '업무내용', lines: true, max: 1000 }),
  audience: text({
    label: '대상자',
    hint: '이 서비스를 이용하는 사람',
    placeholder: '예: 민원을 신청하는 국민',
  }),
  perDay: text({ label: '이용인원 (명/일)', placeholder: '예: 300', unit: '명', schema: headCount }),
  perMonth: text({ label: '이용인원 (명/월)', placeholder: '예: 6000', unit: '명', schema: headCount }),
  perYear: text({ label: '이용인원 (명/년)', placeholder: '예: 70000', unit: '명', schema: headCount }),
} satisfies Fields;

const OTHER_MEANS =
  'ID/PW, 간편인증 등 다른 인증수단 없이 외부 인증기관 인증서(NPKI 등) 인증만 사용할 경우에 신청할 수 있습니다. 다른 인증수단이 있으면 CRL 또는 OCSP로 검증하십시오.';

const OTHER_MEANS_ON_PAPER =
  '다른 인증수단도 쓰는 시스템은 신청할 수 없습니다. 접수하지 말고, 보낸 기관에 CRL 또는 OCSP로 검증하라고 알리십시오.';

const reasonFields = {
  reason: choice({
    label: '신청사유',
    hint: 'ID/PW, 간편인증 등 다른 인증수단 없이 외부 인증기관 인증서(NPKI 등) 인증만 사용할 경우 신청 가능',
    options: [
      { value: 'EXTERNAL_ONLY', label: '외부 인증기관 인증서(NPKI 등) 인증만 사용' },
      { value: 'OTHER_MEANS', label: 'ID/PW, 간편인증 등 다른 인증수단도 사용' },
    ],
    check: (value, { channel }) =>
      value === 'OTHER_MEANS' ? (channel === 'PAPER' ? OTHER_MEANS_ON_PAPER : OTHER_MEANS) : null,
  }),
  certificates: text({
    label: '사용 인증서',
    hint: '로그인에 쓰는 외부 인증기관 인증서를 모두 적으십시오.',
    placeholder: '예: NPKI(공동인증서)',
    max: 300,
  }),
} satisfies Fields;

const environmentFields = {
  serverCn: text({
    label: '서버인증서 정보 (기 보유 CN)',
    hint: '예시: SVR1741000001 ※ 행정안전부 인증기관(CA) 외 별도 인증기관에서 발급한 인증서는 추가 등록이 불가',
    schema: serverCn,
  }),
  domain: text({ label: '도메인', placeholder: '예: minwon.mois.go.kr', schema: domain }),
  ip: text({
    label: 'IP 주소',
    hint: '※ VIP 또는 공인 IP 기입. 표준API 이용신청서의 IP 주소(WAS 서버의 내부 물리 IP)와 다른 뜻입니다. 여러 개이면 쉼표나 줄바꿈으로 나눕니다.',
    lines: true,
    max: 3000,
    schema: ipList,
    sensitive: true,
  }),
  environment: choice({
    label: '시스템 환경',
    options: [
      { value: 'CS', label: 'C/S' },
      { value: 'WEB', label: '웹' },
    ],
  }),
  webLanguage: choices({
    label: '웹 개발언어',
    options: [
      { value: 'JSP', label: 'JSP' },
      { value: 'ASP', label: 'ASP' },
      { value: 'PHP', label: 'PHP' },
    ],
    when: { field: 'environment', is: ['WEB'] },
  }),
} satisfies Fields;

const { serviceDate, ...papers } = attachmentFields;
const lastFields = {
  ...papers,
  serviceDate: { ...serviceDate, label: '서비스개시 예정일' },
} satisfies Fields;

const consentFields = {
  consent: consentField(
    '개인정보 수집 및 이용에 대한 동의',
    privacyConsent,
    '동의하셔야 신청할 수 있습니다. 동의하지 않으면 창을 닫으십시오.',
  ),
} satisfies Fields;

/** 「행정전자서명 통합검증(SCVP) 이용 신청서」, the guide's second form, complete. */
export const scvpForm = form(
  {
    ...consentFields,
    ...applicantFields,
    ...overviewFields,
    ...reasonFields,
    ...environmentFields,
    ...lastFields,
  },
  [
    { title: '개인정보 동의', paperIntro: CONSENT_ON_PAPER, fields: ['consent'] },
    {
      title: '신청자',
      intro: '등록 정보를 불러왔습니다. 바뀐 것이 있으면 고치십시오.',
      paperIntro: '시스템의 담당자 정보를 불러왔습니다. 신청서에 적힌 것과 대조하십시오.',
      fields: Object.keys(applicantFields),
      known: true,
    },
    { title: '업무 개요', fields: Object.keys(overviewFields) },
    { title: '신청사유', fields: Object.keys(reasonFields) },
    {
      title: '적용 시스템 세부사항',
      intro: '이 서식의 IP 주소는 VIP 또는 공인 IP입니다. 표준API 이용신청서와 다르니 확인하여 적으십시오.',
      fields: Object.keys(environmentFields),
    },
    {
      title: '첨부파일·서비스개시 예정일',
      intro:
        '첨부파일은 각 3MB 이하의 hwp, doc, gif, jpg, pdf만 받습니다. hwpx, docx, png는 PDF로 바꾸어 올리십시오. 공문 수신처: 한국지역정보개발원 디지털인증부',
      paperIntro: PAPER_FILES,
      fields: Object.keys(lastFields),
      box: attachmentBox,
    },
  ],
);
