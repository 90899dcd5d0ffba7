import { koreanDate, seoulDay } from '../core/calendar.ts';
import { dayNumber } from '../core/holidays.ts';
import { context, fallback, lines, section } from '../messenger/blocks.ts';
import type { Notice } from '../messenger/notice.ts';
import { MAIL_REPORT, validity } from '../records/licences/delivery.ts';
import { Prisma } from '../store/client/client.ts';
import { DESK } from '../store/outbox.ts';
import type { Db } from '../store/store.ts';
import { findOnTrial, inCharge, type OnTrial, returnedReport } from './on-trial.ts';
import type { Occasion, Reminder, Window } from './reminder.ts';
import { nextAct, toDo } from './temporary-expiring.ts';

/**
 * 적용결과표: due when the service begins (서비스 개시예정일), since a service in use must not depend on a licence that
 * ends. It is not counted from the delivery: the project decides how long it tests, and the end of the temporary
 * licence has its own reminders. The last step comes after the due day, when the desk is told too.
 */
export const reportDue: Reminder = {
  notice: 'report.due',
  daysBefore: [14, 7, 1, -1],
  count: 'days',

  async find(db, window) {
    return (await starting(db, window)).map((row) => ({
      key: row.systemId,
      dueOn: row.serviceOn,
      since: seoulDay(row.issuedAt),
      to: inCharge(row),
      facts: { systemId: row.systemId },
    }));
  },

  render: (db, facts, occasion, { now }) =>
    reportNotice(db, String(facts.systemId), occasion, seoulDay(now())),
};

/** Tells the desk, a day after the due day and twice more, that a service runs on a temporary licence. */
export const serviceOnTrial: Reminder = {
  notice: 'service.onTrial',
  daysBefore: [-1, -14, -30],
  count: 'days',

  async find(db, window) {
    return (await starting(db, window)).map((row) => ({
      key: row.systemId,
      dueOn: row.serviceOn,
      since: seoulDay(row.issuedAt),
      to: [DESK],
      facts: { systemId: row.systemId },
    }));
  },

  render: (db, facts, occasion, { now }) =>
    reportNotice(db, String(facts.systemId), occasion, seoulDay(now())),
};

/** One subject per system, however many temporary licences it has. */
async function starting(db: Db, { from, to }: Window): Promise<(OnTrial & { serviceOn: string })[]> {
  const rows = await findOnTrial(db, Prisma.sql`s."serviceOn" BETWEEN ${from} AND ${to}`);
  const bySystem = new Map(rows.map((row) => [row.systemId, row]));
  return [...bySystem.values()].flatMap((row) => {
    const { serviceOn } = row;
    return serviceOn ? [{ ...row, serviceOn }] : [];
  });
}

async function reportNotice(
  db: Db,
  systemId: string,
  { to, dueOn, by }: Occasion,
  today: string,
): Promise<Notice | null> {
  const [open] = await findOnTrial(db, Prisma.sql`s.id = ${systemId} AND s."serviceOn" = ${dueOn}`);
  if (!open || ![open.contactId, open.deputyId, DESK].includes(to)) return null;
  const [system, licence, report] = await Promise.all([
    db.system.findUniqueOrThrow({ where: { id: systemId }, include: { agency: true } }),
    db.licence.findUniqueOrThrow({ where: { id: open.licenceId } }),
    returnedReport(db, { id: systemId }),
  ]);
  const head = `${standing(dayNumber(dueOn) - dayNumber(today))}: ${system.name}`;
  const reached = inCharge(open)[0] !== DESK;
  return {
    text: fallback(head),
    blocks: [
      section(head),
      lines([
        ...(to === DESK ? [{ label: '기관', text: system.agency.name }] : []),
        { label: '서비스 개시예정일', text: koreanDate(dueOn) },
        { label: '임시라이선스', text: `${licence.number} · ${validity(licence)}` },
        { label: '할 일', text: by === 'mail' ? MAIL_REPORT : toDo(report?.number ?? null) },
      ]),
      ...(by === 'mail'
        ? []
        : [
            to === DESK && reached
              ? context(
                  '담당자에게도 알렸습니다. 개시일이 바뀌었는지, 적용결과표를 언제 내는지 확인해 주십시오.',
                )
              : nextAct(to, system, report),
          ]),
    ],
  };
}

function standing(days: number): string {
  if (days > 0) return `서비스 개시예정일 ${days}일 전, 적용결과표 미제출`;
  if (days === 0) return '서비스 개시예정일 오늘, 적용결과표 미제출';
  return `서비스 개시예정일 ${-days}일 지남, 임시라이선스로 운영 중`;
}
