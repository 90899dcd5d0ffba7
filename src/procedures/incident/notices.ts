import { SUPPORT_PHONE } from '../../core/support-phone.ts';
import { FILING_DETAIL } from '../../filing/buttons.ts';
import { REVIEW } from '../../filing/card.ts';
import { actions, button, fallback, header, lines, section } from '../../messenger/blocks.ts';
import type { Notices } from '../../messenger/notice.ts';

/** How a licence is had again: a revoked one is not in force, so that no procedure takes its place. */
const TEMPORARY_AGAIN =
  '임시라이선스를 다시 받으려면 이용신청서를 새로 제출하십시오. 신청사유는 ‘재배포’를 선택하고 시스템명은 그대로 적습니다.';
const REGULAR_AGAIN =
  '정상라이선스를 다시 받으려면 표준API 관리자가 적용결과표를 승인취소할 때까지 기다리십시오. 승인취소하면 알려 드리니, 그때 적용결과표를 고쳐 다시 제출하십시오. 서버 IP나 도메인이 바뀌었으면 재발급을 요청하십시오.';

/** A channel shows only that there is a note. Its text appears after a press of the button. */
export const incidentNotices = {
  'incident.noted': async (db, facts) => {
    const filing = await db.filing.findUnique({ where: { id: String(facts.filingId) } });
    if (!filing) return null;
    const head = `보안사고 진행 기록이 추가되었습니다. (접수번호 ${filing.number})`;
    return {
      text: fallback(head),
      blocks: [
        section(`${head}\n${filing.title}`),
        actions(
          facts.desk === 1
            ? button(REVIEW, '검토', { value: filing.id })
            : button(FILING_DETAIL, '상세', { value: filing.id }),
        ),
      ],
    };
  },

  'licence.revoked': async (db, facts) => {
    const [filing, system] = await Promise.all([
      db.filing.findUnique({ where: { id: String(facts.filingId) } }),
      db.system.findUnique({ where: { id: String(facts.systemId) } }),
    ]);
    if (!filing || !system) return null;
    const why = `보안사고 신고 (접수번호 ${filing.number})`;
    const licences = await db.licence.findMany({ where: { systemId: system.id, endReason: why } });
    return {
      text: fallback(`라이선스가 폐지되었습니다: ${system.name}`),
      blocks: [
        header('라이선스가 폐지되었습니다.'),
        lines([
          { label: '시스템명', text: system.name },
          { label: '라이선스 번호', text: licences.map(({ number }) => number).join(', ') },
          { label: '사유', text: why },
        ]),
        section(
          [
            '폐지된 라이선스 파일(gpkiapi.lic)을 서버에서 지우십시오.',
            licences.some(({ kind }) => kind === 'REGULAR') ? REGULAR_AGAIN : TEMPORARY_AGAIN,
            `문의: ${SUPPORT_PHONE}`,
          ].join('\n'),
        ),
      ],
    };
  },
} satisfies Notices;
