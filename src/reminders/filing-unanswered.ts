import type { KnownBlock } from '@slack/types';
import { addDays, koreanDate, seoulDay, startOfDay } from '../core/calendar.ts';
import { CORRECT } from '../filing/card.ts';
import { MAIL_ANSWER } from '../filing/notices.ts';
import { getProcedure } from '../filing/procedure.ts';
import { stateLabel } from '../filing/standing.ts';
import { actions, button, context, fallback, lines, section } from '../messenger/blocks.ts';
import { RETURNED } from '../records/filings/states.ts';
import { reachable, reachableColumns } from '../records/people/reachable.ts';
import type { Filing } from '../store/client/client.ts';
import { DESK } from '../store/outbox.ts';
import type { Reminder } from './reminder.ts';

/** 보완요청 (or 승인취소) that the applicant has not answered, 3 and 10 business days after it was made. */
export const filingUnanswered: Reminder = {
  notice: 'filing.unanswered',
  daysBefore: [-3, -10],
  count: 'businessDays',

  async find(db, { from, to }) {
    const rows = await db.filing.findMany({
      where: { state: RETURNED, decidedAt: { gte: startOfDay(from), lt: startOfDay(addDays(to, 1)) } },
      select: {
        id: true,
        revision: true,
        decidedAt: true,
        channel: true,
        applicant: { select: reachableColumns },
      },
    });
    return rows.flatMap(({ id, revision, decidedAt, channel, applicant }) =>
      decidedAt
        ? [
            {
              key: `${id}.${revision}`,
              dueOn: seoulDay(decidedAt),
              // A filing from paper: the contact sends the answer, and officers enter it.
              to: [...new Set([...reachable(applicant), ...(channel === 'PAPER' ? [DESK] : [])])],
              facts: { filingId: id, revision },
            },
          ]
        : [],
    );
  },

  async render(db, facts, { to, dueOn, by }, ground) {
    const filing = await db.filing.findUnique({ where: { id: String(facts.filingId) } });
    if (filing?.state !== RETURNED || filing.revision !== facts.revision) return null;
    const procedure = getProcedure(ground, filing.procedure);
    const head = `${procedure.document} ${stateLabel(filing, procedure)} 미처리: ${filing.title} (접수번호 ${filing.number})`;
    return {
      text: fallback(head),
      blocks: [
        section(head),
        lines([
          { label: '요청일', text: koreanDate(dueOn) },
          ...(filing.reason ? [{ label: '사유', text: filing.reason }] : []),
          { label: '할 일', text: by === 'mail' ? MAIL_ANSWER : '내용을 수정하여 다시 제출' },
        ]),
        ...nextAct(filing, to),
      ],
    };
  },
};

/** The button to correct the filing, for a recipient who may use it; otherwise what to do instead. */
function nextAct({ id, channel }: Filing, to: string): KnownBlock[] {
  const correct = actions(button(CORRECT, '수정하여 다시 제출', { value: id, style: 'primary' }));
  if (to !== DESK) return [correct];
  if (channel === 'ONLINE')
    return [context('신청자에게 메신저로 알릴 수 없습니다. 전화나 이메일로 알려 주십시오.')];
  return [context('공문으로 접수한 신청입니다. 담당자가 보완한 내용을 보내면 고쳐 제출하십시오.'), correct];
}
