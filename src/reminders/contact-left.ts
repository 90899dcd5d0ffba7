import { addDays, koreanDate, seoulDay, startOfDay } from '../core/calendar.ts';
import { context, fallback, lines, section } from '../messenger/blocks.ts';
import { reachable, reachableColumns } from '../records/people/reachable.ts';
import { DESK } from '../store/outbox.ts';
import { changeButton } from './handover.ts';
import type { Reminder } from './reminder.ts';

/**
 * A system must have a person in charge (고시 제31조②). When the account of its contact is gone, its deputy is asked to
 * find a new contact; without a deputy, the desk. The desk was told at once that the person left; this message tells
 * it which systems still have no contact.
 */
export const contactLeft: Reminder = {
  notice: 'contact.left',
  daysBefore: [-1, -7, -30],
  count: 'days',

  async find(db, { from, to }) {
    const systems = await db.system.findMany({
      where: {
        retiredAt: null,
        contact: { deactivatedAt: { gte: startOfDay(from), lt: startOfDay(addDays(to, 1)) } },
      },
      select: { id: true, contact: { select: reachableColumns }, deputy: { select: reachableColumns } },
    });
    return systems.flatMap(({ id, contact, deputy }) =>
      contact.deactivatedAt
        ? [
            {
              key: id,
              dueOn: seoulDay(contact.deactivatedAt),
              to: reachable(deputy),
              facts: { systemId: id, contactId: contact.id },
            },
          ]
        : [],
    );
  },

  async render(db, facts, { to, dueOn, by }, ground) {
    const system = await db.system.findUnique({
      where: { id: String(facts.systemId) },
      include: { agency: true, contact: true },
    });
    if (!system || system.retiredAt || system.contactId !== facts.contactId) return null;
    if (!system.contact.deactivatedAt || ![system.deputyId, DESK].includes(to)) return null;
    const head = `담당자가 없는 시스템: ${system.name}`;
    return {
      text: fallback(head),
      blocks: [
        section(head),
        lines([
          ...(to === DESK ? [{ label: '기관', text: system.agency.name }] : []),
          { label: '담당자가 떠난 날', text: koreanDate(dueOn) },
          {
            label: '할 일',
            text: to === DESK ? '기관에 새 담당자 확인' : '새 담당자를 정하여 담당자 변경 신청',
          },
        ]),
        ...(to === DESK || by === 'mail' ? [] : changeButton(ground)),
        context(
          to === DESK
            ? '부담당자에게 메신저나 메일로 알릴 수 없습니다. 전화나 이메일로 알려 주십시오.'
            : '안내와 라이선스를 받을 담당자가 없으면 만료를 놓칠 수 있습니다.',
        ),
      ],
    };
  },
};
