import { form, text } from '../../messenger/forms/form.ts';
import { domain, ipList } from '../host-rules.ts';
import { newDomain, newIp, reason } from './change-fields.ts';

/** 재발급 요청 (guide 1.7): which of the two grounds, and old → new. */
export const reissueForm = form(
  {
    reason,
    oldIp: text({
      label: '변경 전 운영서버 IP 주소',
      hint: '승인된 적용결과표의 값입니다. 고치지 마십시오.',
      lines: true,
      max: 3000,
      schema: ipList,
      when: { field: 'reason', is: ['IP'] },
      sensitive: true,
    }),
    newIp: text(newIp),
    oldDomain: text({
      label: '변경 전 도메인',
      hint: '승인된 적용결과표의 값입니다. 고치지 마십시오. 적은 도메인이 없었으면 비어 있습니다.',
      schema: domain,
      when: { field: 'reason', is: ['DOMAIN'] },
      optional: true,
    }),
    newDomain: text(newDomain),
  },
  [
    {
      title: '재발급 사유',
      intro:
        '서버 IP나 도메인이 바뀐 경우에만 재발급합니다. 관리자가 승인취소하면 적용결과표를 고쳐 다시 제출하고, 승인되면 새 라이선스를 받습니다. 그때까지 지금 라이선스는 그대로 쓸 수 있습니다.',
      fields: ['reason', 'oldIp', 'newIp', 'oldDomain', 'newDomain'],
    },
  ],
);
