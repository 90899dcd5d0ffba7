import { z } from 'zod';
import { csvText } from '../../core/csv-file.ts';
import { isMonth, monthOf } from '../../features/privacy/month.ts';
import { monthlyReport } from '../../features/privacy/monthly-report.ts';
import { everythingOn, heldRows } from '../../features/privacy/person-export.ts';
import type { Fillable } from '../../filing/procedure.ts';
import { destructionBook } from '../../procedures/destruction/destruction-book.ts';
import { readExtraHolidays } from '../../store/extra-holidays.ts';
import { operate } from '../../store/operation.ts';
import { authorOf, command, groundOf } from './command.ts';
import { findPerson } from './find-person.ts';
import { proceduresToRead } from './procedures-to-read.ts';

const month = z.string().refine(isMonth, 'Write the month like 2026-11.');

/** `privacy report 2026-11`: prints the monthly report of access records as CSV. */
export const privacyReport = command(z.object({ month }), async (operator, args) => {
  const now = operator.now();
  if (args.month > monthOf(now)) {
    operator.out(`${args.month} has not begun.`);
    return 1;
  }
  const rows = await monthlyReport(
    operator.store.db,
    args.month,
    now,
    await readExtraHolidays(operator.store.db),
  );
  await operate(groundOf(operator), authorOf(operator), async (op) =>
    op.audit({ action: 'access.report', subject: `month:${args.month}`, data: { month: args.month } }),
  );
  operator.out(csvText(rows).trimEnd());
  return 0;
});

/** `privacy destructions`: prints the 파기대장 (register of destroyed data) as CSV; it names no person. */
export const privacyDestructions = command(z.object({}), async ({ store, out }) => {
  out(csvText(await destructionBook(store.db)).trimEnd());
  return 0;
});

/** `privacy export --person …`: prints all data about one person, for a request of theirs. */
export const privacyExport = command(
  z.object({ person: z.string().trim().min(1), format: z.enum(['json', 'csv']).default('json') }),
  async (operator, { person: asked, format }) => {
    const person = await findPerson(operator, asked);
    if (!person) return 1;
    await operate(groundOf(operator), authorOf(operator), async (op) =>
      op.audit({
        action: 'person.export',
        subject: `person:${person.id}`,
        person: person.id,
        data: { format },
      }),
    );
    const [procedures, { documentForms }] = await Promise.all([
      proceduresToRead(),
      import('../procedures.ts'),
    ]);
    const forms = new Map<string, Fillable>([...procedures, ...documentForms]);
    const data = await everythingOn(operator.store.db, forms, person.id, operator.now());
    operator.out(format === 'csv' ? csvText(heldRows(data)).trimEnd() : JSON.stringify(data, null, 2));
    return 0;
  },
);
