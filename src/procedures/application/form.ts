import { LETTER_FIRST } from '../../core/letter-address.ts';
import { type Answers, type Fields, form } from '../../messenger/forms/form.ts';
import { readPlatform } from '../../records/systems/uname.ts';
import { CONSENT_ON_PAPER, consentField, privacyConsent, termsOfUse } from '../consent.ts';
import { attachmentBox, attachmentFields } from './attachment-fields.ts';
import { contactFields } from './contact-fields.ts';
import { environmentFields } from './environment-fields.ts';
import { overviewFields } from './overview-fields.ts';
import { serverFields } from './server-fields.ts';
import { usageFields } from './usage-fields.ts';

const termsFields = {
  terms: {
    ...consentField(
      '약관 동의',
      termsOfUse,
      '약관에 동의하셔야 신청할 수 있습니다. 동의하지 않으면 창을 닫으십시오.',
    ),
    onPaper: 'never' as const, // the paper form does not have it
  },
  consent: consentField(
    '개인정보 수집 및 이용에 대한 동의',
    privacyConsent,
    '동의하셔야 신청할 수 있습니다. 동의하지 않으면 창을 닫으십시오.',
  ),
} satisfies Fields;

const TO_PREPARE =
  '준비할 것: 부서장 직인이 찍힌 공문과 그 문서번호, 시스템 구성도, 업무 프로세스, 서버의 IP·HOST·Mac 주소, 서버용 인증서 CN';

/** The two papers that come with a letter. */
export const PAPER_FILES =
  '받은 공문과 서명한 신청서를 올리십시오. 구성도와 업무 프로세스가 신청서에 별첨되어 있으면 따로 올리지 않아도 됩니다. 각 3MB 이하의 hwp, doc, gif, jpg, pdf만 받습니다.';

/** Initial choices that are right for most systems. */
export const applicationPresets = {
  network: 'ADMIN',
  os: 'LINUX',
  osBits: '64',
  reason: 'NEW',
  environment: 'WEB',
  language: 'JAVA',
  jvmBits: '64',
  verification: ['CRL'],
  usage: ['LOGIN'],
  loginType: 'HTML5',
  dataUse: ['ENCRYPTION', 'SIGNATURE'],
  certificate: 'EXISTING',
};

/** Sets the operating system from a pasted `uname -a`. */
export function readEnvironment({ os, osBits, osDetail }: Answers): Answers {
  const detail = typeof osDetail === 'string' ? readPlatform(osDetail) : {};
  return {
    ...(detail.os && os === applicationPresets.os ? { os: detail.os } : {}),
    ...(detail.bits && osBits === applicationPresets.osBits ? { osBits: detail.bits } : {}),
  };
}

/** 이용신청서: guide 1.3.2 and the paper 「행정전자서명 표준API 이용 신청서」. */
export const applicationForm = form(
  {
    ...termsFields,
    ...contactFields,
    ...overviewFields,
    ...environmentFields,
    ...usageFields,
    ...serverFields,
    ...attachmentFields,
  },
  [
    {
      title: '약관·개인정보 동의',
      paperTitle: '개인정보 동의',
      intro: `${LETTER_FIRST}\n${TO_PREPARE}`,
      paperIntro: CONSENT_ON_PAPER,
      fields: Object.keys(termsFields),
      own: true,
    },
    {
      title: '관리담당',
      intro: '등록 정보를 불러왔습니다. 바뀐 것이 있으면 고치십시오.',
      caution:
        '※ 신청서 접수와 처리에 관한 모든 내용은 책임 담당자에게 통보·회신됩니다. 담당공무원의 정보가 오입력되거나 누락되지 않도록 주의하십시오.',
      paperIntro:
        '신청서에 적힌 담당자입니다. 모듈, 라이선스와 모든 안내가 이 이메일로 갑니다. 주소를 정확히 입력하십시오.',
      fields: Object.keys(contactFields),
      own: true,
      known: true,
    },
    { title: '업무개요', fields: Object.keys(overviewFields) },
    {
      title: '적용시스템 세부사항',
      intro: '정확한 정보를 확인하여 기입하십시오.',
      fields: Object.keys(environmentFields),
    },
    { title: '보안API 적용내역', fields: Object.keys(usageFields) },
    {
      title: '서버용 인증서·개발서버정보',
      paperTitle: '서버용 인증서',
      intro:
        '표준API를 적용하려면 서버용 인증서가 필요합니다. 없으면 신규 발급을 함께 신청하고, 보유한 것이 있으면 그것을 써도 됩니다.\n※ 실 운영서버에 적용할 경우엔 반드시 실제 정보를 입력하십시오. (적용결과 작성 시 수정 必)',
      paperIntro: '신청서의 ‘서버용 인증서’에 적힌 대로 고르십시오.',
      fields: Object.keys(serverFields),
    },
    {
      title: '첨부파일·서비스 개시예정일',
      intro:
        '첨부파일은 각 3MB 이하의 hwp, doc, gif, jpg, pdf만 받습니다. hwpx, docx, png는 PDF로 바꾸어 올리십시오.',
      paperIntro: PAPER_FILES,
      fields: Object.keys(attachmentFields),
      box: attachmentBox,
    },
  ],
  { presets: applicationPresets, reads: readEnvironment },
);
