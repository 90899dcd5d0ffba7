import { agency, type Fields, form } from '../../messenger/forms/form.ts';
import { agencyKind } from '../../records/people/agencies.ts';
import { attachmentFields } from '../application/attachment-fields.ts';
import { contactFields } from '../application/contact-fields.ts';
import { environmentFields } from '../application/environment-fields.ts';
import { applicationPresets, readEnvironment } from '../application/form.ts';
import { overviewFields } from '../application/overview-fields.ts';
import { serverFields } from '../application/server-fields.ts';
import { usageFields } from '../application/usage-fields.ts';
import { consentField, privacyConsent } from '../consent.ts';

const certificateFields = {
  certificate: serverFields.certificate,
  serverCn: serverFields.serverCn,
  serviceDate: attachmentFields.serviceDate,
} satisfies Fields;

const applicantFields = {
  ...contactFields,
  agency: agency({
    label: '소속기관',
    check: (code) =>
      agencyKind(code) === 'PUBLIC'
        ? null
        : '행정기관은 공문이 아니라 온라인으로 신청합니다. 홈에서 ‘이용신청서 작성’을 누르십시오.',
  }),
} satisfies Fields;

/** The questions of the paper 「행정전자서명 표준API 이용 신청서」. 구성도 and 업무 프로세스 are added to its 별첨 by hand. */
export const paperForm = form(
  {
    consent: consentField(
      '개인정보 수집 및 이용에 대한 동의',
      privacyConsent,
      '신청서에 적는 동의입니다. 동의하셔야 신청할 수 있습니다.',
    ),
    ...applicantFields,
    ...overviewFields,
    ...environmentFields,
    ...usageFields,
    ...certificateFields,
  },
  [
    { title: '개인정보 동의', fields: ['consent'] },
    {
      title: '신청자 정보',
      intro: '모듈과 라이선스를 여기에 적은 이메일로 보내 드립니다.',
      fields: Object.keys(applicantFields),
    },
    { title: '업무개요', fields: Object.keys(overviewFields) },
    {
      title: '적용시스템 세부사항',
      intro: '정확한 정보를 확인하여 기입하십시오.',
      fields: Object.keys(environmentFields),
    },
    { title: '보안API 적용내역', fields: Object.keys(usageFields) },
    { title: '서버용 인증서·개시예정일', fields: Object.keys(certificateFields) },
  ],
  { presets: applicationPresets, reads: readEnvironment },
);
