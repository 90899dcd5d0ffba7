import { addDays, isBusinessDay, nextBusinessDay } from '../core/calendar.ts';
import type { ReminderMark } from '../store/client/client.ts';
import type { Operation } from '../store/operation.ts';
import type { Tx } from '../store/store.ts';

/** A person's answer to a reminder: remind me later, or done. */

type Mark = Pick<ReminderMark, 'personId' | 'item' | 'kind' | 'until'>;

export const SNOOZES = [
  { days: 3, label: '3일 뒤' },
  { days: 7, label: '1주 뒤' },
  { days: 14, label: '2주 뒤' },
] as const;

/**
 * The business day on which a reminder that is put off for so many days comes back. Null when it is due in the future
 * and would come back on its due day or later: it must come back before.
 */
export function snoozedUntil(
  today: string,
  days: number,
  dueOn: string,
  extraHolidays: ReadonlySet<string>,
): string | null {
  const day = addDays(today, days);
  const until = isBusinessDay(day, extraHolidays) ? day : nextBusinessDay(day, extraHolidays);
  return dueOn > today && until >= dueOn ? null : until;
}

/** Reads the answers of these people. @returns a look-up by person and item */
export async function readMarks(
  tx: Tx,
  personIds: readonly string[],
): Promise<(to: string, item: string) => Mark | null> {
  const rows = await tx.$queryRaw<Mark[]>`
    SELECT "personId", item, kind, until FROM "ReminderMark" WHERE "personId" = ANY(${[...personIds]}::text[])`;
  const marks = new Map(rows.map((mark) => [`${mark.personId} ${mark.item}`, mark]));
  return (to, item) => marks.get(`${to} ${item}`) ?? null;
}

/** Puts an item off until a day or marks it as done; a later answer replaces an earlier one. Writes an audit row. */
export async function mark(
  { tx, now, audit }: Operation,
  personId: string,
  item: string,
  until: string | null,
): Promise<void> {
  const mark = { kind: until ? ('SNOOZED' as const) : ('DONE' as const), until, at: now };
  const { count } = await tx.reminderMark.createMany({
    data: [{ personId, item, ...mark }],
    skipDuplicates: true,
  });
  if (count === 0) await tx.reminderMark.updateMany({ where: { personId, item }, data: mark });
  audit({
    action: until ? 'reminder.snooze' : 'reminder.done',
    subject: `reminder:${item}`,
    data: until ? { until } : {},
  });
}
