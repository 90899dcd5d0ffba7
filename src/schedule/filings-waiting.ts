import { REVIEW } from '../filing/card.ts';
import { getProcedure } from '../filing/procedure.ts';
import { button, context, fallback, section } from '../messenger/blocks.ts';
import { DESK } from '../store/outbox.ts';
import { addBusinessDays, businessDaysBetween, seoulDay } from './calendar.ts';
import { type Reminder, startOfDay } from './reminder.ts';

/** More business days than this is too long. */
const PATIENCE = 3;
const SHOWN = 5;

/**
 * One digest per business day for the desk: filings that wait for an officer too long. Titles, agencies and waits
 * only; whose they are stands behind 검토, where looking is recorded.
 */
export const filingsWaiting: Reminder = {
  notice: 'filings.waiting',
  daysBefore: [0],
  count: 'days',

  async find(db, { today, extraHolidays }) {
    const waiting = await db.filing.count({ where: waitingTooLong(today, extraHolidays) });
    return waiting > 0 ? [{ key: DESK, dueOn: today, to: [DESK], facts: {} }] : [];
  },

  async render(db, _facts, { dueOn }, ground) {
    const today = seoulDay(ground.now());
    if (dueOn !== today) return null; // held up overnight: the next digest tells it
    const where = waitingTooLong(today, ground.extraHolidays);
    const [count, oldest] = await Promise.all([
      db.filing.count({ where }),
      db.filing.findMany({ where, orderBy: [{ submittedAt: 'asc' }, { id: 'asc' }], take: SHOWN }),
    ]);
    if (count === 0) return null;
    const codes = oldest.flatMap(({ agencyCode }) => agencyCode ?? []);
    const agencies = await db.agency.findMany({ where: { code: { in: codes } } });
    const names = new Map(agencies.map(({ code, name }) => [code, name]));
    const head = `${PATIENCE}영업일 넘게 검토를 기다리는 신청이 ${count}건 있습니다.`;
    return {
      text: fallback(head),
      blocks: [
        section(head),
        ...oldest.map((filing) => {
          const days = businessDaysBetween(seoulDay(filing.submittedAt), today, ground.extraHolidays);
          const { title } = getProcedure(ground, filing.procedure);
          const agency = names.get(filing.agencyCode ?? '') ?? '(기관 미상)';
          return section(
            `${title} · ${filing.title}\n${agency} · 접수번호 ${filing.number} · ${days}영업일 경과`,
            button(REVIEW, '검토', { value: filing.id }),
          );
        }),
        ...(count > oldest.length ? [context(`오래 기다린 순서로 ${oldest.length}건을 보였습니다.`)] : []),
      ],
    };
  },
};

/** Submitted before the day that lies three business days back, and not decided. `today` is a business day. */
function waitingTooLong(today: string, extraHolidays: ReadonlySet<string>) {
  const since = startOfDay(addBusinessDays(today, -PATIENCE, extraHolidays));
  return { state: 'SUBMITTED' as const, submittedAt: { lt: since } };
}
