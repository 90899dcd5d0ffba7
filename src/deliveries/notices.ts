import { actions, button, fallback, section } from '../messenger/blocks.ts';
import type { Notices } from '../messenger/outbox-delivery.ts';
import { describe } from './deliveries.ts';
import { deliveryLines, FAILED, SEND_AGAIN } from './view.ts';

export const deliveryNotices: Notices = {
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
