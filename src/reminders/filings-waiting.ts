import { addBusinessDays, businessDaysBetween, seoulDay, startOfDay } from '../core/calendar.ts';
import { REVIEW } from '../filing/card.ts';
import { getProcedure } from '../filing/procedure.ts';
import { button, context, fallback, section } from '../messenger/blocks.ts';
import { openAbsences } from '../records/absences/absence.ts';
import { awayToday } from '../records/absences/words.ts';
import { SUBMITTED } from '../records/filings/states.ts';
import { DESK } from '../store/outbox.ts';
import type { Reminder } from './reminder.ts';

/** A filing that waits longer than so many business days has waited too long. */
const PATIENCE = 3;
const SHOWN = 5;

/**
 * One digest per business day for the desk: which filings wait for an officer, and how long. It shows titles, agencies
 * and waiting times only; the applicant is shown behind 검토, where reading is recorded.
 */
export const filingsWaiting: Reminder = {
  notice: 'filings.waiting',
  daysBefore: [0],
  count: 'days',

  async find(db, { today }) {
    const waiting = await db.filing.count({ where: submittedBefore(today) });
    return waiting > 0 ? [{ key: DESK, dueOn: today, to: [DESK], facts: {} }] : [];
  },

  async render(db, _facts, { dueOn }, ground) {
    const today = seoulDay(ground.now());
    if (dueOn !== today) return null; // delayed overnight: the next digest reports it
    const where = submittedBefore(today);
    const patience = addBusinessDays(today, -PATIENCE, ground.extraHolidays);
    const [absences, count, tooLong, oldest] = await Promise.all([
      openAbsences(db, today),
      db.filing.count({ where }),
      db.filing.count({ where: submittedBefore(patience) }),
      db.filing.findMany({
        where,
        orderBy: [{ urgent: 'desc' }, { submittedAt: 'asc' }, { id: 'asc' }],
        take: SHOWN,
      }),
    ]);
    if (count === 0) return null;
    const codes = oldest.flatMap(({ agencyCode }) => agencyCode ?? []);
    const agencies = await db.agency.findMany({ where: { code: { in: codes } } });
    const names = new Map(agencies.map(({ code, name }) => [code, name]));
    const long = tooLong > 0 ? ` (${PATIENCE}영업일 넘은 신청 ${tooLong}건)` : '';
    const head = `검토를 기다리는 신청 ${count}건${long}`;
    return {
      text: fallback(head),
      blocks: [
        section(head),
        ...oldest.map((filing) => {
          const days = businessDaysBetween(seoulDay(filing.submittedAt), today, ground.extraHolidays);
          const { title } = getProcedure(ground, filing.procedure);
          const agency = names.get(filing.agencyCode ?? '') ?? '(기관 미상)';
          return section(
            `${filing.urgent ? '긴급 · ' : ''}${title} · ${filing.title}\n${agency} · 접수번호 ${filing.number} · ${days}영업일 경과`,
            button(REVIEW, '검토', { value: filing.id }),
          );
        }),
        ...(count > oldest.length
          ? [context(`긴급한 것, 오래 기다린 것부터 ${oldest.length}건을 보였습니다.`)]
          : []),
        ...awayToday(absences, today),
      ],
    };
  },
};

/** Matches filings that are not decided and were submitted before this day began. */
function submittedBefore(day: string) {
  return { state: SUBMITTED, submittedAt: { lt: startOfDay(day) } };
}
