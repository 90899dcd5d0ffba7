import type { ModalView } from '@slack/types';
import { koreanDay, SENDING_TIME, seoulDay } from '../core/calendar.ts';
import { Refusal } from '../core/refusal.ts';
import type { Filings } from '../filing/procedure.ts';
import type { Begin } from '../filing/wizard-slack.ts';
import { context, lines, modal } from '../messenger/blocks.ts';
import type { Messenger } from '../messenger/messenger.ts';
import { noteView } from '../messenger/refusal-view.ts';
import type { Subject } from '../records/filings/subject.ts';
import type { Reminded } from '../store/client/client.ts';
import type { Known } from '../store/known.ts';
import { operate } from '../store/operation.ts';
import { DESK } from '../store/outbox.ts';
import { DRAFT_RESUME } from './draft-lying.ts';
import { mark, SNOOZES, snoozedUntil } from './marks.ts';
import { ALL_ITEMS, DONE, EVERY, headsOf, type OpenItem, openItems, SNOOZE } from './morning.ts';
import { itemOf, type Reminder } from './reminder.ts';

interface ReminderParts {
  filings: Filings;
  extraHolidays: () => Promise<ReadonlySet<string>>;
  table: readonly Reminder[];
  begin: Begin;
}

/** Handles the controls of the morning message: later, done, show all, and the button that resumes a draft. */
export function registerReminders(
  { onAction }: Messenger,
  { filings, extraHolidays, table, begin }: ReminderParts,
): void {
  const { db, now } = filings;

  /** The person's own items of the message: the one with this number, or all of them (EVERY). */
  async function itemsOf(who: Known, message: string, number: string): Promise<Reminded[]> {
    const rows = await db.reminded.findMany({
      where: { message, recipient: who.id, ...(number === EVERY ? {} : { number: Number(number) || 0 }) },
    });
    if (rows.length === 0) throw new Refusal('본인이 받은 안내만 처리할 수 있습니다.');
    return rows;
  }

  onAction(SNOOZE, async ({ who, place, value, show }) => {
    const [days, message = '', number = ''] = value.split(':');
    const snooze = SNOOZES.find((one) => String(one.days) === days);
    if (!snooze) throw new Refusal('알 수 없는 기간입니다.', '안내에서 다시 고르십시오.');
    const [rows, extra] = [await itemsOf(who, message, number), await extraHolidays()];
    const today = seoulDay(now());
    const later = rows.map((row) => ({ row, until: snoozedUntil(today, snooze.days, row.dueOn, extra) }));
    const put = later.flatMap(({ row, until }) => (until ? [{ row, until }] : []));
    const kept = later.length - put.length;
    const [first] = put;
    if (!first)
      throw new Refusal(
        '그날은 이미 기한이 지나서 미룰 수 없습니다.',
        '더 짧은 기간을 고르거나 지금 처리하십시오.',
      );
    await operate(filings, { actor: who.id, place }, async (op) => {
      for (const { row, until } of put)
        await mark(op, who.id, itemOf(row.notice, row.subject, row.dueOn), until);
    });
    await show(
      noteView('나중에 다시 알립니다', [
        `${koreanDay(first.until)} ${SENDING_TIME}에 다시 알려 드립니다.`,
        ...(kept > 0 ? [`${kept}건은 그 전에 기한이 되어 미루지 않았습니다.`] : []),
      ]),
    );
  });

  onAction(DONE, async ({ who, place, value, show }) => {
    const [message = '', number = ''] = value.split(':');
    const rows = (await itemsOf(who, message, number)).filter(({ notice }) =>
      table.some((reminder) => reminder.notice === notice && reminder.done),
    );
    if (rows.length === 0) throw new Refusal('처리한 것으로 표시할 수 없는 안내입니다.');
    await operate(filings, { actor: who.id, place }, async (op) => {
      for (const row of rows) await mark(op, who.id, itemOf(row.notice, row.subject, row.dueOn), null);
    });
    await show(noteView('기록했습니다', ['처리한 것으로 기록했습니다. 이 일은 다시 알리지 않습니다.']));
  });

  onAction(ALL_ITEMS, async ({ who, value, show }) => {
    const own = { message: value, recipient: who.officer ? { in: [who.id, DESK] } : who.id };
    if ((await db.reminded.count({ where: own })) === 0)
      throw new Refusal('본인이 받은 안내만 볼 수 있습니다.');
    const ground = { ...filings, extraHolidays: await extraHolidays() };
    const { items, unseen } = await openItems(db, value, table, ground);
    await show(allItemsView(items, unseen));
  });

  onAction(DRAFT_RESUME, async (click) => {
    const draft = await db.draft.findFirst({ where: { id: click.value, personId: click.who.id } });
    if (!draft) throw new Refusal('이미 제출했거나 삭제한 작성분입니다.', '홈에서 새로 시작하십시오.');
    await begin(click, draft.procedure, draft.subject as Subject);
  });
}

/** The items of a message that are still open, one section each. @param unseen how many more were not looked at */
export function allItemsView(items: readonly OpenItem[], unseen: number): ModalView {
  const pages = Array.from({ length: Math.ceil(items.length / 20) }, (_, n) =>
    items.slice(n * 20, n * 20 + 20),
  );
  return modal({
    callbackId: 'reminder.list',
    title: '챙기실 일 모두',
    blocks: [
      ...pages.map((page, n) =>
        lines([{ label: `${n * 20 + 1}–${n * 20 + page.length}`, text: headsOf(page) }]),
      ),
      ...(items.length === 0 ? [context('남은 일이 없습니다.')] : []),
      ...(unseen > 0 ? [context(`이 밖에 ${unseen}건이 더 있습니다.`)] : []),
      context('홈의 목록에서 하나씩 처리할 수 있습니다.'),
    ],
  });
}
