import { seoulDay } from '../core/calendar.ts';
import { DESK, enqueue, type Message, type OutboxRow, QUESTIONS } from '../store/outbox.ts';
import type { Db } from '../store/store.ts';

/** The notices that tell officers about failed deliveries. */
export const FAILED_NOTICE = 'outbox.failed';
export const HELD_NOTICE = 'outbox.held';

/** Whether the recipient is an officers' channel and not a person. */
export function isDesk(recipient: string): boolean {
  return recipient === DESK || recipient === QUESTIONS;
}

/** Tells officers of a failed delivery: a line in the log is not enough. */
export async function reportFailure(db: Db, now: Date, row: OutboxRow): Promise<void> {
  if (row.notice === FAILED_NOTICE || row.notice === HELD_NOTICE) return;
  const key = `failed:${row.id}:${row.resends}:${row.attempts}`;
  await report(db, now, row, { key, notice: FAILED_NOTICE, facts: { outboxId: row.id } });
}

/** Reports a fault that an operator or administrator has to mend, once a day while messages wait for it. */
export async function reportHeld(db: Db, now: Date, row: OutboxRow, error: string): Promise<void> {
  if (row.notice === HELD_NOTICE) return;
  const desk = isDesk(row.recipient);
  const key = `held:${desk ? row.recipient : 'people'}:${error}:${seoulDay(now)}`;
  await report(db, now, row, { key, notice: HELD_NOTICE, facts: { error, desk: desk ? 1 : 0 } });
}

/** Sends the report to the desk; if the desk itself cannot be reached, to each officer directly. */
async function report(db: Db, now: Date, row: OutboxRow, what: Omit<Message, 'to'>): Promise<void> {
  if (!isDesk(row.recipient)) {
    await enqueue(db, now, [{ ...what, to: DESK }]);
    return;
  }
  const officers = await db.person.findMany({
    where: {
      slackId: { not: null },
      deactivatedAt: null,
      grants: { some: { role: 'OFFICER', endedAt: null } },
    },
    select: { id: true },
  });
  await enqueue(
    db,
    now,
    officers.map(({ id }) => ({ ...what, key: `${what.key}:${id}`, to: id })),
  );
}
