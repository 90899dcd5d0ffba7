import { maskName } from '../../core/mask.ts';
import { actions, button, fallback, lines, section } from '../../messenger/blocks.ts';
import type { Notices } from '../../messenger/notice.ts';
import { FAILED_NOTICE, HELD_NOTICE } from '../../messenger/outbox-trouble.ts';
import { holdsRole } from '../../records/people/office.ts';
import { DESK, QUESTIONS } from '../../store/outbox.ts';
import { describe } from './deliveries.ts';
import { isOfMail, remedyText } from './reason.ts';
import { deliveryLines, FAILED, SEND_AGAIN } from './view.ts';

export const deliveryNotices: Notices = {
  /** Tells officers that one of them corrected an address and sent a failed delivery there. */
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

  /** Tells officers why messages wait and what to repair; null when none waits, or the recipient has no role. */
  [HELD_NOTICE]: async (db, facts, _by, to = DESK) => {
    if (to !== DESK && !(await holdsRole(db, to))) return null;
    const error = String(facts.error);
    const desk = [DESK, QUESTIONS];
    const waiting = await db.outbox.findFirst({
      where: {
        state: { in: ['PENDING', 'CLAIMED'] },
        error: { contains: error },
        recipient: facts.desk ? { in: desk } : { notIn: desk },
      },
      orderBy: { id: 'asc' },
    });
    if (!waiting) return null;
    const what = facts.desk
      ? '관리자 채널에 안내를 올리지 못하고 있습니다.'
      : isOfMail(error)
        ? '메일을 보내지 못하고 있습니다. 공공기관 담당자에게 갈 안내가 기다립니다.'
        : '메신저가 안내를 받지 않고 있습니다.';
    const remedy = remedyText(error, waiting.error);
    return {
      text: fallback(`${what} ${remedy}`),
      blocks: [section(what), section(remedy), section('고치면 밀린 안내가 5분 안에 저절로 나갑니다.')],
    };
  },

  /** Reports a delivery that was given up: to the desk, or to each officer if the desk was its recipient. */
  [FAILED_NOTICE]: async (db, facts, _by, to = DESK) => {
    if (to !== DESK && !(await holdsRole(db, to))) return null;
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
