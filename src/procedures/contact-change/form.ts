import * as contact from '../../core/contact-rules.ts';
import { form, search, searches, text } from '../../messenger/forms/form.ts';

/** 담당자 변경신청 (guide 1.8): the systems, the new contact by CN, and the new contact's mobile number. */
export const contactChangeForm = form(
  {
    systems: searches({
      label: '대상시스템',
      hint: '담당하는 시스템 가운데 넘길 것을 모두 고르십시오.',
      source: 'ownSystem',
      placeholder: '시스템명 일부를 입력하십시오',
    }),
    successor: search({
      label: '새 담당자',
      hint: '이름, 기관, 부서 또는 인증서 CN으로 찾습니다. 이름이 같은 사람은 CN으로 구분하십시오.',
      source: 'person',
      placeholder: '예: 김보람, 행정안전부 김보람, 001김보람002',
    }),
    mobile: text({
      label: '새 담당자 휴대폰번호',
      hint: '새 담당자에게 확인하여 입력하십시오. 사용자 등록에 적힌 번호와 같아야 합니다.',
      schema: contact.mobile,
      placeholder: '예: 010-1234-5678',
      personal: 'phone',
    }),
    reason: text({
      label: '변경 사유',
      words: true,
      lines: true,
      max: 500,
      placeholder: '예: 2027년 상반기 인사이동',
    }),
  },
  [
    {
      title: '대상시스템',
      intro:
        '새 담당자가 수락하고 표준API 관리자가 승인하면 담당자가 바뀝니다. 바뀐 뒤에는 본인이 이 시스템을 보거나 라이선스를 받을 수 없습니다.',
      fields: ['systems'],
    },
    { title: '새 담당자', fields: ['successor', 'mobile', 'reason'] },
  ],
);
