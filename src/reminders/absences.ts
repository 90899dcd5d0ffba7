import { seoulDay } from '../core/calendar.ts';
import { QUEUE } from '../features/board/questions/views.ts';
import { substituteBlocks } from '../features/desk/absence/notices.ts';
import { actions, button, context, fallback, section } from '../messenger/blocks.ts';
import { type Absence, getAbsence, heldBy, openAbsences } from '../records/absences/absence.ts';
import { awayOn } from '../records/absences/rule.ts';
import { maskedName, periodText } from '../records/absences/words.ts';
import { holdsRole } from '../records/people/office.ts';
import type { Db } from '../store/store.ts';
import type { Reminder } from './reminder.ts';

/**
 * On the morning of the first day the substitute is reminded for whom they act, except when they were named on that
 * very day.
 */
export const absenceBegins: Reminder = {
  notice: 'absence.begins',
  daysBefore: [0],
  count: 'days',

  async find(db, { today, to }) {
    const absences = await db.absence.findMany({
      where: { endedAt: null, toOn: { gte: today }, fromOn: { lte: to } },
    });
    return absences.map(({ id, fromOn, substituteId, changedAt }) => ({
      key: id,
      dueOn: fromOn,
      since: seoulDay(changedAt),
      to: [substituteId],
      facts: { absenceId: id },
    }));
  },

  async render(db, facts, { to, dueOn }, { now }) {
    const absence = await getAbsence(db, String(facts.absenceId));
    const today = seoulDay(now());
    if (absence.endedAt || absence.substituteId !== to || absence.fromOn !== dueOn || absence.toOn < today)
      return null;
    const text = `${maskedName(absence.officer)} 님의 부재 중에 대신하실 기간입니다: ${periodText(absence)}`;
    return { text: fallback(text), blocks: [section(text), ...(await substituteBlocks(db, absence, today))] };
  },
};

/** After the last day the officer gets a list of what waits for them: during the absence others got the messages. */
export const absenceOver: Reminder = {
  notice: 'absence.over',
  daysBefore: [-1],
  count: 'days',

  async find(db, { today, from }) {
    const absences = await db.absence.findMany({ where: { endedAt: null, toOn: { gte: from, lt: today } } });
    return absences.map(({ id, toOn, officerId }) => ({
      key: id,
      dueOn: toOn,
      to: [officerId],
      facts: { absenceId: id },
    }));
  },

  async render(db, facts, _said, { now }) {
    const absence = await getAbsence(db, String(facts.absenceId));
    const today = seoulDay(now());
    const isAway = awayOn(await openAbsences(db, today), absence.officerId, today) !== null;
    if (isAway || !(await holdsRole(db, absence.officerId))) return null;
    return overNotice(db, absence);
  },
};

async function overNotice(db: Db, absence: Absence) {
  const count = await heldBy(db, [absence.officerId]);
  const text = `부재 기간이 끝났습니다: ${periodText(absence)}`;
  const substitute = maskedName(absence.substitute);
  return {
    text: fallback(text),
    blocks: [
      section(text),
      ...(count > 0
        ? [
            section(`담당하시는 문의 ${count}건이 답변을 기다립니다.`),
            actions(button(QUEUE, '답변 대기 목록')),
          ]
        : []),
      context(`이제 ${substitute} 님이 대신하지 않습니다. 다시 자리를 비우면 ‘부재 설정’을 하십시오.`),
    ],
  };
}
