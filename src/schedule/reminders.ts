import type { Notices } from '../messenger/outbox-delivery.ts';
import { accessMonthly } from './access-monthly.ts';
import { filingUnanswered } from './filing-unanswered.ts';
import { filingsWaiting } from './filings-waiting.ts';
import { keyOf, type Reminder, type ReminderGround } from './reminder.ts';
import { surveyAgencies, surveyDeputies, surveyEnded, surveySilent } from './survey-silent.ts';
import { temporaryExpiring } from './temporary-expiring.ts';

/** The reminders table: everything that the bot says because a day has come. */
export const reminders: readonly Reminder[] = [
  temporaryExpiring,
  filingUnanswered,
  filingsWaiting,
  accessMonthly,
  surveySilent,
  surveyDeputies,
  surveyAgencies,
  surveyEnded,
];

/** Their renderers. A message that was held up until a later step was due is left to that step. */
export function reminderNotices(
  ground: Omit<ReminderGround, 'extraHolidays'>,
  extraHolidays: () => Promise<ReadonlySet<string>>,
  table: readonly Reminder[] = reminders,
): Notices {
  return Object.fromEntries(
    table.map(({ notice, daysBefore, render }) => [
      notice,
      async (db, facts, by) => {
        const said = { to: String(facts.to), dueOn: String(facts.dueOn), ...(by ? { by } : {}) };
        const later = daysBefore.filter((step) => step < Number(facts.step));
        const keys = later.map((step) => keyOf(notice, String(facts.subject), said, step));
        if (keys.length > 0 && (await db.outbox.count({ where: { key: { in: keys } } })) > 0) return null;
        return render(db, facts, said, { ...ground, extraHolidays: await extraHolidays() });
      },
    ]),
  );
}
