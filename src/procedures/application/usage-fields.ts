import { choice, choices, type Fields, text } from '../../messenger/forms/form.ts';
import { usages } from '../../records/modules/choices.ts';
import { loginUrl } from '../host-rules.ts';

/** 보안API 적용내역: 적용분야 (guide 1.3.2, 2-3 ⑤ and the paper form). */
export const usageFields = {
  usage: choices({
    label: '적용분야',
    hint: '표준API를 적용시킬 업무를 모두 선택하십시오.',
    options: usages,
  }),
  loginType: choice({
    label: '로그인용 방식',
    options: [
      { value: 'EXE', label: 'EXE' },
      { value: 'HTML5', label: 'HTML5' },
    ],
    when: { field: 'usage', is: ['LOGIN'] },
  }),
  loginUrl: text({
    label: '로그인 URL',
    hint: '로그인용 신청 시 필수입니다.',
    placeholder: '예: https://minwon.mois.go.kr/login',
    max: 500,
    schema: loginUrl,
    when: { field: 'usage', is: ['LOGIN'] },
  }),
  /** 작성요령 ④ (시스템환경: url이 있으면 기입). For a login it is asked above. */
  url: text({
    label: 'URL',
    hint: '시스템에 URL이 있으면 적으십시오.',
    placeholder: '예: https://minwon.mois.go.kr',
    max: 500,
    schema: loginUrl,
    when: { field: 'usage', not: ['LOGIN'] },
    optional: true,
  }),
  dataUse: choices({
    label: '데이터 송·수신용 기능',
    options: [
      { value: 'ENCRYPTION', label: '암복호화' },
      { value: 'SIGNATURE', label: '전자서명' },
    ],
    when: { field: 'usage', is: ['DATA'] },
  }),
  otherUse: text({ label: '기타 적용분야', max: 300, when: { field: 'usage', is: ['OTHER'] } }),
} satisfies Fields;
