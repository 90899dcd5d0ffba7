import { addBusinessDays, businessDaysBetween, seoulDay, startOfDay } from '../core/calendar.ts';
import { QUEUE, READ } from '../features/board/questions/views.ts';
import { actions, button, context, fallback, section } from '../messenger/blocks.ts';
import { openAbsences } from '../records/absences/absence.ts';
import { awayWords, maskedName } from '../records/absences/words.ts';
import { DESK } from '../store/outbox.ts';
import type { Reminder } from './reminder.ts';

/** After so many business days the desk is told of a question without an answer. */
const PATIENCE = 2;
const SHOWN = 5;

/** Shows numbers and waiting times only. A title is in the asker's own words: 보기 shows it and records the reading. */
export const questionsWaiting: Reminder = {
  notice: 'questions.waiting',
  daysBefore: [0],
  count: 'days',

  async find(db, { today, extraHolidays }) {
    const waiting = await db.question.count({ where: unanswered(today, extraHolidays) });
    return waiting > 0 ? [{ key: DESK, dueOn: today, to: [DESK], facts: {} }] : [];
  },

  async render(db, _facts, { dueOn }, { now, extraHolidays }) {
    const today = seoulDay(now());
    if (dueOn !== today) return null; // delayed overnight: the next morning's message reports it
    const where = unanswered(today, extraHolidays);
    const [absences, count, oldest] = await Promise.all([
      openAbsences(db, today),
      db.question.count({ where }),
      db.question.findMany({ where, orderBy: [{ waitingSince: 'asc' }, { id: 'asc' }], take: SHOWN }),
    ]);
    if (count === 0) return null;
    const assignees = await db.person.findMany({
      where: { id: { in: oldest.flatMap(({ assigneeId }) => assigneeId ?? []) } },
    });
    const inCharge = (id: string | null) => {
      const person = assignees.find((one) => one.id === id);
      return person ? ` · 담당 ${maskedName(person)}${awayWords(absences, id, today)}` : '';
    };
    const head = `${PATIENCE}영업일 이상 답변을 기다리는 문의 ${count}건`;
    return {
      text: fallback(head),
      blocks: [
        section(head),
        ...oldest.map(({ id, number, waitingSince, assigneeId }) => {
          const days = businessDaysBetween(seoulDay(waitingSince), today, extraHolidays);
          return section(
            `문의번호 ${number} · ${days}영업일 경과${inCharge(assigneeId)}`,
            button(READ, '보기', { value: id }),
          );
        }),
        ...(count > oldest.length ? [context(`오래 기다린 것부터 ${oldest.length}건을 보였습니다.`)] : []),
        actions(button(QUEUE, '답변 대기 목록')),
      ],
    };
  },
};

/** Asked two business days ago or earlier. `today` is a business day. */
function unanswered(today: string, extraHolidays: ReadonlySet<string>) {
  const since = addBusinessDays(today, 1 - PATIENCE, extraHolidays);
  return { state: 'OPEN' as const, waitingSince: { lt: startOfDay(since) } };
}
