import type { KnownBlock } from '@slack/types';
import { addDays } from '../core/calendar.ts';
import { BEGIN_PROCEDURE } from '../filing/begin-buttons.ts';
import { actions, button, context, fallback, lines, section } from '../messenger/blocks.ts';
import { PROCEDURE } from '../records/filings/procedure-name.ts';
import { reachable, reachableColumns } from '../records/people/reachable.ts';
import { DESK } from '../store/outbox.ts';
import type { Reminder, ReminderGround } from './reminder.ts';

/** How many systems a message names; of the rest it gives the number. */
const NAMED = 10;
/** How long after the day the question may still be sent, for instance after an outage. */
const ASKED_FOR_DAYS = 14;

/**
 * 인사이동: people change posts around 1 January and 1 July, and a person who has left often cannot hand a system over
 * any more. On the first business day after these dates every contact is asked whether they are still in charge.
 */
export const handover: Reminder = {
  notice: 'handover',
  daysBefore: [-1],
  count: 'days',
  done: '변동 없음',

  async find(db, { today }) {
    const month = today.slice(5, 7) < '07' ? '01' : '07';
    const dueOn = `${today.slice(0, 4)}-${month}-01`;
    if (today > addDays(dueOn, ASKED_FOR_DAYS)) return [];
    const people = await db.person.findMany({
      where: { deactivatedAt: null, slackId: { not: null }, contactOf: { some: { retiredAt: null } } },
      select: reachableColumns,
    });
    return people.map((person) => ({
      key: person.id,
      dueOn,
      to: reachable(person).filter((one) => one !== DESK),
      facts: {},
    }));
  },

  async render(db, _facts, { to }, ground) {
    const where = { contactId: to, retiredAt: null };
    const [count, systems] = await Promise.all([
      db.system.count({ where }),
      db.system.findMany({ where, orderBy: { name: 'asc' }, take: NAMED }),
    ]);
    if (count === 0) return null;
    const head = `인사이동 시기입니다. 담당하시는 시스템 ${count}건의 담당자가 그대로인지 확인해 주십시오.`;
    return {
      text: fallback(head),
      blocks: [
        section(head),
        lines([
          {
            label: '담당 시스템',
            text: [
              ...systems.map(({ name }) => name),
              ...(count > systems.length ? [`그 밖에 ${count - systems.length}건`] : []),
            ].join('\n'),
          },
          { label: '할 일', text: '바뀌었거나 바뀔 예정이면 떠나기 전에 담당자 변경을 신청' },
        ]),
        ...changeButton(ground),
        context('떠난 뒤에는 본인 계정으로 인계할 수 없어 공문이 필요합니다.'),
      ],
    };
  },
};

/** The button 담당자 변경, if that procedure is offered on the home. */
export function changeButton({ procedures }: Pick<ReminderGround, 'procedures'>): KnownBlock[] {
  const change = procedures.get(PROCEDURE.contactChange);
  return change?.onHome?.for === 'official'
    ? [actions(button(`${BEGIN_PROCEDURE}.${PROCEDURE.contactChange}`, change.onHome.label))]
    : [];
}
