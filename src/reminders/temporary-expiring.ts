import type { KnownBlock } from '@slack/types';
import { seoulDay } from '../core/calendar.ts';
import { dayNumber } from '../core/holidays.ts';
import { REPORT } from '../filing/buttons.ts';
import { CORRECT } from '../filing/card.ts';
import { actions, button, context, fallback, lines, section } from '../messenger/blocks.ts';
import { MAIL_REPORT, validity } from '../records/licences/delivery.ts';
import type { Filing, System } from '../store/client/client.ts';
import { Prisma } from '../store/client/client.ts';
import { DESK } from '../store/outbox.ts';
import { findOnTrial, inCharge, returnedReport } from './on-trial.ts';
import type { Reminder } from './reminder.ts';

/**
 * 임시라이선스 만료: when the licence ends, the system stops verifying, so both contact and deputy are told. After the end
 * they are told once a week for four weeks: long enough to notice a forgotten system, and no longer, since nobody reads
 * a message that never stops coming.
 */
export const temporaryExpiring: Reminder = {
  notice: 'licence.expiring',
  daysBefore: [30, 14, 7, 1, 0, -7, -14, -21, -28],
  count: 'days',

  async find(db, { from, to }) {
    const rows = await findOnTrial(db, Prisma.sql`l."expiresOn" BETWEEN ${from} AND ${to}`);
    return rows.map((row) => ({
      key: row.licenceId,
      dueOn: row.expiresOn,
      since: seoulDay(row.issuedAt), // the message that delivered the licence gave its end
      to: inCharge(row),
      facts: { licenceId: row.licenceId },
    }));
  },

  async render(db, facts, { to, dueOn, by }, { now }) {
    const licence = await db.licence.findUnique({
      where: { id: String(facts.licenceId) },
      include: { system: { include: { agency: true } } },
    });
    if (!licence) return null;
    const [open] = await findOnTrial(db, Prisma.sql`l.id = ${licence.id} AND l."expiresOn" = ${dueOn}`);
    const { system } = licence;
    if (!open || ![system.contactId, system.deputyId, DESK].includes(to)) return null;
    const report = await returnedReport(db, system);
    const head = `${remaining(dayNumber(dueOn) - dayNumber(seoulDay(now())))}: ${system.name}`;
    return {
      text: fallback(head),
      blocks: [
        section(head),
        lines([
          ...(to === DESK ? [{ label: '기관', text: system.agency.name }] : []),
          { label: '시스템명', text: system.name },
          { label: '라이선스 번호', text: licence.number },
          { label: '유효기간', text: validity(licence) },
          {
            label: '할 일',
            text: by === 'mail' ? MAIL_REPORT : toDo(report?.number ?? null),
          },
        ]),
        ...(by === 'mail' ? [] : [nextAct(to, system, report)]),
        context(
          '유효기간이 지나면 표준API가 동작하지 않습니다. 적용결과표가 승인되면 정상라이선스를 보내 드립니다.',
        ),
      ],
    };
  },
};

function remaining(days: number): string {
  if (days > 0) return `임시라이선스 만료 ${days}일 전`;
  if (days === 0) return '임시라이선스 오늘 만료';
  return `임시라이선스 만료 후 ${-days}일 경과`;
}

export function toDo(returnedReport: string | null): string {
  return returnedReport
    ? `보완요청된 적용결과표(접수번호 ${returnedReport})를 수정하여 다시 제출`
    : '적용결과표 제출';
}

/**
 * The button for a recipient who may use it; for others, whom to ask. Only the contact submits a report, and only the
 * person who submitted it corrects it.
 */
export function nextAct(
  to: string,
  system: System,
  report: Pick<Filing, 'id' | 'applicantId'> | null,
): KnownBlock {
  if (to === DESK)
    return context('담당자와 부담당자에게 메신저나 메일로 알릴 수 없습니다. 전화나 이메일로 알려 주십시오.');
  if (to === report?.applicantId)
    return actions(button(CORRECT, '수정하여 다시 제출', { value: report.id, style: 'primary' }));
  if (report)
    return context('보완요청된 적용결과표는 제출한 사람이 수정합니다. 제출한 사람에게 확인해 주십시오.');
  if (to === system.contactId)
    return actions(button(REPORT, '적용결과표 제출', { value: system.id, style: 'primary' }));
  return context('적용결과표는 담당자가 제출합니다. 담당자에게 확인해 주십시오.');
}
