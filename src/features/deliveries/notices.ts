import { maskName } from '../../core/mask.ts';
import { actions, button, fallback, lines, section } from '../../messenger/blocks.ts';
import type { Notices } from '../../messenger/outbox-delivery.ts';
import { describe } from './deliveries.ts';
import { deliveryLines, FAILED, SEND_AGAIN } from './view.ts';

export const deliveryNotices: Notices = {
  /** To the desk: an address was put right by one officer, and what had failed was sent there. */
  'outbox.corrected': async (db, facts) => {
    const [row, officer] = await Promise.all([
      db.outbox.findUnique({ where: { id: String(facts.outboxId) } }),
      db.person.findUnique({ where: { id: String(facts.by) } }),
    ]);
    if (!row) return null;
    const [delivery] = await describe(db, [row]);
    if (!delivery) return null;
    const text = '이메일 주소를 고쳐 다시 보냈습니다.';
    return {
      text: fallback(`${text} ${delivery.what}`),
      blocks: [
        section(text),
        lines([
          { label: '안내', text: delivery.what },
          { label: '받는 사람', text: delivery.who },
          { label: '고친 관리자', text: officer?.name ? maskName(officer.name) : '관리자' },
        ]),
        section('아는 담당자의 주소가 아니면 바로 확인하십시오.'),
      ],
    };
  },

  /** To the desk, once a delivery is given up; null once somebody has taken care of it. */
  'outbox.failed': async (db, facts) => {
    const row = await db.outbox.findUnique({ where: { id: String(facts.outboxId) } });
    if (row?.state !== 'FAILED' || row.closedAt) return null;
    const [delivery] = await describe(db, [row]);
    if (!delivery) return null;
    const text = `전달하지 못한 안내가 있습니다. ${delivery.what}`;
    return {
      text: fallback(text),
      blocks: [
        section('전달하지 못한 안내가 있습니다.'),
        deliveryLines(delivery, true),
        actions(
          button(SEND_AGAIN, '다시 보내기', { value: row.id, style: 'primary' }),
          button(FAILED, '전달 실패 보기'),
        ),
      ],
    };
  },
};
