import { koreanDateTime, seoulDay, startOfDay } from '../core/calendar.ts';
import { REVIEW } from '../filing/card.ts';
import { button, context, fallback, section } from '../messenger/blocks.ts';
import { PROCEDURE } from '../records/filings/procedure-name.ts';
import { SUBMITTED } from '../records/filings/states.ts';
import type { Filing } from '../store/client/client.ts';
import { DESK } from '../store/outbox.ts';
import type { Db } from '../store/store.ts';
import type { Reminder } from './reminder.ts';

const SHOWN = 5;

/**
 * Incident reports that no officer has acted on by the next business day: nobody ticked an item, wrote a note or
 * decided. Reading the report does not count.
 */
export const incidentsUntouched: Reminder = {
  notice: 'incidents.untouched',
  daysBefore: [0],
  count: 'days',

  async find(db, { today }) {
    const untouched = await untouchedBefore(db, today);
    return untouched.length > 0 ? [{ key: DESK, dueOn: today, to: [DESK], facts: {} }] : [];
  },

  async render(db, _facts, { dueOn }, { now }) {
    const today = seoulDay(now());
    if (dueOn !== today) return null; // delayed overnight: the next morning's message reports it
    const untouched = await untouchedBefore(db, today);
    if (untouched.length === 0) return null;
    const head = `아무도 조치하지 않은 보안사고 신고 ${untouched.length}건`;
    const oldest = untouched.slice(0, SHOWN);
    return {
      text: fallback(head),
      blocks: [
        section(head),
        ...oldest.map(({ id, number, title, submittedAt }) =>
          section(
            `긴급 · ${title}\n접수번호 ${number} · ${koreanDateTime(submittedAt)} 신고`,
            button(REVIEW, '검토', { value: id, style: 'danger' }),
          ),
        ),
        ...(untouched.length > SHOWN ? [context(`먼저 신고된 것부터 ${SHOWN}건을 보였습니다.`)] : []),
      ],
    };
  },
};

/** Reported on an earlier day; oldest first. */
async function untouchedBefore(db: Db, today: string): Promise<Filing[]> {
  const filings = await db.filing.findMany({
    where: { procedure: PROCEDURE.incident, state: SUBMITTED, submittedAt: { lt: startOfDay(today) } },
    include: { notes: { select: { personId: true } } },
    orderBy: [{ submittedAt: 'asc' }, { id: 'asc' }],
  });
  return filings.filter(({ applicantId, notes }) => notes.every(({ personId }) => personId === applicantId));
}
