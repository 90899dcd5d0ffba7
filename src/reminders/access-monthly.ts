import { addMonths, koreanMonth, monthSpan } from '../features/privacy/month.ts';
import { ACCESS_REPORT } from '../features/privacy/privacy-view.ts';
import { actions, button, fallback, section } from '../messenger/blocks.ts';
import { DESK } from '../store/outbox.ts';
import type { Reminder } from './reminder.ts';

/** On the first business day of a month the desk is reminded to check the access records of the month before. */
export const accessMonthly: Reminder = {
  notice: 'access.monthly',
  daysBefore: [0],
  count: 'days',

  async find(db, { today }) {
    const dueOn = `${today.slice(0, 7)}-01`; // sweeps run on business days only, so the first of them sends it
    const month = addMonths(today.slice(0, 7), -1);
    const { from, to } = monthSpan(month);
    const recorded = await db.audit.findFirst({
      where: { at: { gte: from, lt: to } },
      select: { seq: true },
    });
    return recorded ? [{ key: month, dueOn, to: [DESK], facts: { month } }] : []; // no records: the bot did not run yet
  },

  async render(_db, facts) {
    const month = String(facts.month);
    const text = `${koreanMonth(month)} 접속기록 보고서가 준비되었습니다. 월 1회 이상 점검하십시오. (개인정보의 안전성 확보조치 기준 제8조)`;
    return {
      text: fallback(text),
      blocks: [section(text), actions(button(ACCESS_REPORT, '접속기록 보고서', { value: month }))],
    };
  },
};
