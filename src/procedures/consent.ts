import { type Around, choice } from '../messenger/forms/form.ts';

/** 개인정보 수집·이용 동의 in the guide's words (신청서 서식, 개인정보 수집 및 이용에 관한 사항). The text is stored with each consent. */
export const privacyConsent = {
  kind: 'privacy',
  version: '2026-11',
  text: [
    '개인정보 수집 및 이용에 관한 사항',
    '• 목적: 인증서 신청자의 정보를 조회하여 행정전자서명인증서 등록·발급 등의 업무처리 시 이용',
    '• 수집·이용항목: (필수) 소속, 이름, 전화번호, 휴대전화번호, 이메일',
    '• 보유기간: 10년 (전자정부법 시행령 제33조)',
    '• 전자문서가 아닌 신청서(등기 등) 보존기간: 신청서 접수 후 즉시 파기',
    '• 동의거부 권리 및 불이익 내용: 위 개인정보의 수집·이용에 대한 동의를 거부할 권리가 있으나, 행정전자서명 인증서 등록·발급 등을 위해 동의하셔야만 관련 서비스를 이용하실 수 있습니다.',
    '※ 귀하로부터 취득한 개인정보는 개인정보보호법 제15조 및 24조에서 정하는 바에 따라 처리 목적 이외에는 사용되지 않으며 변경 시에는 사전 동의를 구할 것입니다.',
  ].join('\n'),
} as const;

/** The same for the registration, which also asks for 직위; nobody has to give that. */
export const registrationConsent = {
  ...privacyConsent,
  version: '2026-11-29',
  text: privacyConsent.text.replace('전화번호, 이메일', '전화번호, 이메일 (선택) 직위(직급)'),
} as const;

/** 표준API 이용 약관, from 행정전자서명 인증업무지침 제31조. */
export const termsOfUse = {
  kind: 'terms',
  version: '2026-01',
  text: [
    '표준API 이용 약관',
    '• 표준API는 신청한 용도로만 사용합니다. 다른 용도로 쓰려면 행정안전부와 사전에 협의합니다. (행정전자서명 인증업무지침 제31조제1항)',
    '• 표준API를 전담하여 관리할 담당자를 지정하고, 파손 등 보안사고가 나거나 시스템 변경 등으로 쓰지 않게 되면 알립니다. (같은 조 제2항)',
    '• 적용을 마치거나 적용 내용이 바뀌면 표준API 보급관리시스템에 등록합니다. (같은 조 제4항)',
    '• 임시라이선스는 유효기간이 있습니다. 시험을 마치면 적용결과표를 제출하여 정상라이선스로 바꿉니다.',
  ].join('\n'),
} as const;

/** For officers, above the consent that a paper states. */
export const CONSENT_ON_PAPER =
  '신청서 아래쪽에 표시된 동의 여부를 그대로 고르십시오. 동의하지 않았거나 표시가 없으면 접수하지 말고 보낸 기관에 보완을 요청하십시오.';

const agreeOrNot = [
  { value: 'AGREED', label: '동의함' },
  { value: 'REFUSED', label: '동의하지 않음' },
] as const;

/** What an officer does who enters a paper without it. */
const SEND_BACK =
  '동의하지 않은 신청은 접수하지 않습니다. 창을 닫고, 보낸 기관에 동의한 문서를 다시 보내 달라고 하십시오.';

/** A consent that is required to go on. `refused`: what the applicant reads who does not give it. */
export function consentField(label: string, { text }: { text: string }, refused = SEND_BACK) {
  return choice({
    label,
    above: text,
    options: agreeOrNot,
    check: (value: string, { channel }: Around) =>
      value === 'AGREED' ? null : channel === 'PAPER' ? SEND_BACK : refused,
  });
}
