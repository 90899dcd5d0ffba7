import { rule } from '../../core/rule.ts';
import { choice, type Fields, text } from '../../messenger/forms/form.ts';

export const headCount = rule((typed) => {
  const digits = typed.normalize('NFKC').replace(/[\s,명]/g, '');
  if (/^0+$/.test(digits)) return { ok: false, message: '1명 이상으로 입력하십시오. 예: 1500' };
  return /^[1-9]\d{0,8}$/.test(digits)
    ? { ok: true, value: digits }
    : { ok: false, message: '사용자 수를 숫자로 입력하십시오. 예: 1500' };
});

/** 업무개요 (guide 1.3.2, 2-2). */
export const overviewFields = {
  systemName: text({
    label: '시스템명',
    hint: '기관명과 프로젝트명을 이어 쓰십시오. 자치단체는 지역명까지 씁니다. 예: 서울특별시 종로구 민원관리시스템',
  }),
  task: text({ label: '업무내용', lines: true, max: 1000 }),
  userAgency: text({ label: '이용기관', hint: '실제 업무를 사용하는 기관' }),
  userCount: text({
    label: '이용인원',
    hint: '예상되는 서비스 사용자 수',
    placeholder: '예: 1500',
    unit: '명',
    schema: headCount,
  }),
  serviceType: choice({
    label: '서비스유형',
    options: [{ value: 'GPKI', label: '업무용(GPKI)', description: '행정전자서명 인증서 사용' }],
  }),
  network: choice({
    label: '망 구분',
    options: [
      { value: 'ADMIN', label: '행정망' },
      { value: 'INTERNET', label: '인터넷망' },
      { value: 'BOTH', label: '인터넷+행정망' },
      { value: 'CLOSED', label: '내부(폐쇄)망' },
    ],
  }),
  reason: choice({
    label: '신청사유',
    options: [
      { value: 'NEW', label: '신규' },
      { value: 'REDISTRIBUTION', label: '재배포' },
    ],
  }),
  redistributionReason: text({
    label: '재배포 사유',
    words: true,
    lines: true,
    max: 500,
    when: { field: 'reason', is: ['REDISTRIBUTION'] },
  }),
} satisfies Fields;
