import * as contact from '../../core/contact-rules.ts';
import { choice, email, file, form, searches, text } from '../../messenger/forms/form.ts';

/** 담당자 부재 변경 (guide 1.8: 인사이동으로 전임자가 부재의 경우): the systems, why, and who takes them over. */
export const successorClaimForm = form(
  {
    systems: searches({
      label: '대상시스템',
      hint: '넘겨받을 시스템을 모두 고르십시오. 소속기관의 시스템만 찾을 수 있고, 시스템명과 라이선스 상태만 보입니다.',
      source: 'agencySystem',
      placeholder: '시스템명 일부를 입력하십시오',
    }),
    evidenceKind: choice({
      label: '증빙 종류',
      options: [
        { value: 'LETTER', label: '공문' },
        { value: 'POSTING', label: '인사발령' },
      ],
    }),
    evidence: file({
      label: '증빙자료',
      hint: '담당자가 바뀐 것을 확인할 수 있는 공문 또는 인사발령',
      kinds: ['hwp', 'doc', 'gif', 'jpg', 'pdf'],
    }),
    reason: text({
      label: '변경 사유',
      words: true,
      lines: true,
      max: 500,
      placeholder: '예: 전임자 인사이동(2027. 1. 1.)으로 인계받지 못함',
    }),
    department: text({ label: '부서명', personal: 'text' }),
    phone: text({ label: '전화번호', schema: contact.phone, personal: 'phone' }),
    mobile: text({ label: '휴대전화번호', schema: contact.mobile, personal: 'phone' }),
    email: email({ label: '이메일', schema: contact.email, personal: 'email' }),
  },
  [
    {
      title: '대상시스템',
      intro: '인사이동 등으로 전임자가 없을 때 씁니다. 전임자가 있으면 전임자가 ‘담당자 변경’을 신청합니다.',
      fields: ['systems'],
    },
    {
      title: '증빙자료',
      intro:
        '증빙자료는 3MB 이하의 hwp, doc, gif, jpg, pdf만 받습니다. hwpx, docx, png는 PDF로 바꾸어 올리십시오.',
      fields: ['evidenceKind', 'evidence', 'reason'],
    },
    {
      title: '표준API 관리담당자(변경 후)',
      intro: '등록 정보를 불러왔습니다. 바뀐 것이 있으면 고치십시오. 승인되면 등록 정보에도 반영됩니다.',
      fields: ['department', 'phone', 'mobile', 'email'],
    },
  ],
);
