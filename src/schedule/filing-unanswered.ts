import { stateLabel } from '../filing/decide.ts';
import { CORRECT } from '../filing/notices.ts';
import { getProcedure } from '../filing/procedure.ts';
import { actions, button, context, fallback, lines, section } from '../messenger/blocks.ts';
import { DESK } from '../store/outbox.ts';
import { koreanDate, seoulDay } from './calendar.ts';
import { reachable, reachableColumns } from './reachable.ts';
import { addDays, type Reminder, startOfDay } from './reminder.ts';

/** 보완요청 (or 승인취소) that the applicant has not answered, 3 and 10 business days after it was made. */
export const filingUnanswered: Reminder = {
  notice: 'filing.unanswered',
  daysBefore: [-3, -10],
  count: 'businessDays',

  async find(db, { from, to }) {
    const rows = await db.filing.findMany({
      where: { state: 'RETURNED', decidedAt: { gte: startOfDay(from), lt: startOfDay(addDays(to, 1)) } },
      select: { id: true, revision: true, decidedAt: true, applicant: { select: reachableColumns } },
    });
    return rows.flatMap(({ id, revision, decidedAt, applicant }) =>
      decidedAt
        ? [
            {
              key: `${id}.${revision}`,
              dueOn: seoulDay(decidedAt),
              to: reachable(applicant),
              facts: { filingId: id, revision },
            },
          ]
        : [],
    );
  },

  async render(db, facts, { to, dueOn }, ground) {
    const filing = await db.filing.findUnique({ where: { id: String(facts.filingId) } });
    if (filing?.state !== 'RETURNED' || filing.revision !== facts.revision) return null;
    const procedure = getProcedure(ground, filing.procedure);
    const head = `${procedure.document} ${stateLabel(filing, procedure)} 미처리: ${filing.title} (접수번호 ${filing.number})`;
    return {
      text: fallback(head),
      blocks: [
        section(head),
        lines([
          { label: '요청일', text: koreanDate(dueOn) },
          ...(filing.reason ? [{ label: '사유', text: filing.reason }] : []),
          { label: '할 일', text: '내용을 수정하여 다시 제출' },
        ]),
        to === DESK
          ? context('신청자에게 메신저로 알릴 수 없습니다. 전화나 전자우편으로 알려 주십시오.')
          : actions(button(CORRECT, '수정하여 다시 제출', { value: filing.id, style: 'primary' })),
      ],
    };
  },
};
