import type { Button, KnownBlock, StaticSelect } from '@slack/types';
import { koreanDate, seoulDay } from '../core/calendar.ts';
import { actions, button, context, divider, fallback, header, lines, plain } from '../messenger/blocks.ts';
import type { Medium, Notice, Notices } from '../messenger/notice.ts';
import type { Reminded } from '../store/client/client.ts';
import { DESK } from '../store/outbox.ts';
import type { Db } from '../store/store.ts';
import { SNOOZES, snoozedUntil } from './marks.ts';
import { itemOf, keyOf, type Reminder, type ReminderGround } from './reminder.ts';

/** The notice of the morning message, and the beginning of its key. */
export const MORNING = 'reminders';
export const SNOOZE = 'reminder.snooze';
export const DONE = 'reminder.done';
export const ALL_ITEMS = 'reminder.all';
/** Stands in a button's value instead of an item's number and means all items of the message. */
export const EVERY = 'all';

/**
 * A message may have 50 blocks and some 13,200 characters (docs/sources). These limits leave room for one line about
 * each of the remaining items.
 */
const BLOCKS = 40;
const CHARACTERS = 9000;
const LISTED = 25;
/** Of how many items it is checked whether they are still open; further ones are only counted. */
const LOOKED_AT = 60;

/** An item that is still open, with its text as of now. */
export interface OpenItem {
  row: Reminded;
  reminder: Reminder;
  notice: Notice;
}

/**
 * The items of a message that are still open, in the order of their due days. A step that was delayed until a later
 * step was sent is left out.
 */
export async function openItems(
  db: Db,
  message: string,
  table: readonly Reminder[],
  ground: ReminderGround,
  by: Medium = 'messenger',
): Promise<{ items: OpenItem[]; unseen: number }> {
  const rows = await db.reminded.findMany({
    where: { message },
    orderBy: [{ dueOn: 'asc' }, { number: 'asc' }],
  });
  const byItem = new Map(rows.map((row) => [itemOf(row.notice, row.subject, row.dueOn), row]));
  const distinct = [...byItem.values()];
  const items: OpenItem[] = [];
  for (const row of distinct.slice(0, LOOKED_AT)) {
    const reminder = table.find(({ notice }) => notice === row.notice);
    if (!reminder || (await isOvertaken(db, reminder, row))) continue;
    const occasion = { to: row.recipient, dueOn: row.dueOn, by };
    const notice = await reminder.render(
      db,
      row.facts as Parameters<Reminder['render']>[1],
      occasion,
      ground,
    );
    if (notice) items.push({ row, reminder, notice });
  }
  return { items, unseen: Math.max(0, distinct.length - LOOKED_AT) };
}

async function isOvertaken(db: Db, { daysBefore }: Reminder, row: Reminded): Promise<boolean> {
  const later = daysBefore.filter((step) => step < row.step);
  const occasion = { to: row.recipient, dueOn: row.dueOn };
  const keys = later.map((step) => keyOf(row.notice, row.subject, occasion, step));
  return keys.length > 0 && (await db.reminded.count({ where: { key: { in: keys } } })) > 0;
}

/** Renders the morning message: each item as its own reminder renders it, all in one message. */
export function morningNotices(
  ground: Omit<ReminderGround, 'extraHolidays'>,
  extraHolidays: () => Promise<ReadonlySet<string>>,
  table: readonly Reminder[],
): Notices {
  return {
    [MORNING]: async (db, facts, by) => {
      const message = String(facts.message);
      const all = { ...ground, extraHolidays: await extraHolidays() };
      const { items, unseen } = await openItems(db, message, table, all, by);
      const [only] = items;
      if (!only) return null;
      const today = seoulDay(ground.now());
      // A mail has no buttons.
      const pressed = by !== 'mail';
      const blocksOf = (item: OpenItem) =>
        pressed ? withControls(item, today, all.extraHolidays) : item.notice.blocks;
      if (items.length + unseen === 1) return { text: only.notice.text, blocks: blocksOf(only) };
      const whose = !pressed ? 'mail' : only.row.recipient === DESK ? 'desk' : 'person';
      return together(items, unseen, message, blocksOf, whose);
    },
  };
}

function together(
  items: readonly OpenItem[],
  unseen: number,
  message: string,
  blocksOf: (item: OpenItem) => KnownBlock[],
  whose: 'desk' | 'person' | 'mail',
): Notice {
  const total = items.length + unseen;
  const head = whose === 'desk' ? `오늘 확인할 일 ${total}건` : `챙기실 일이 ${total}건 있습니다.`;
  const blocks: KnownBlock[] = [header(head)];
  let count = 0;
  for (const item of items) {
    const own = [divider, ...blocksOf(item)];
    if (count > 0 && (blocks.length + own.length > BLOCKS || characters([...blocks, ...own]) > CHARACTERS))
      break;
    blocks.push(...own);
    count += 1;
  }
  const rest = items.slice(count);
  const listed = rest.slice(0, LISTED);
  const controls = [
    ...(whose !== 'mail' && count < total ? [button(ALL_ITEMS, '모두 보기', { value: message })] : []),
    ...(whose === 'person' ? [snoozeSelect(SNOOZES, `${message}:${EVERY}`, '모두 나중에 다시 알림')] : []),
  ];
  const uncounted = rest.length - listed.length + unseen;
  return {
    text: fallback(`${head} ${items[0]?.notice.text ?? ''}`),
    blocks: [
      ...blocks,
      ...(listed.length > 0
        ? [divider, lines([{ label: `그 밖에 ${rest.length + unseen}건`, text: headsOf(listed) }])]
        : []),
      ...(uncounted > 0
        ? [
            context(
              `이 밖에 ${uncounted}건이 더 있습니다.${whose === 'mail' ? '' : ' 홈의 목록에서 확인하십시오.'}`,
            ),
          ]
        : []),
      ...(controls.length > 0 ? [actions(...controls)] : []),
    ],
  };
}

/** The length of all texts together, as Slack seems to count it. */
function characters(blocks: readonly KnownBlock[]): number {
  let count = 0;
  JSON.stringify(blocks, (key, value) => {
    if (key === 'text' && typeof value === 'string') count += value.length;
    return value;
  });
  return count;
}

/** One line for each, cut so that all of them fit. */
export function headsOf(items: readonly OpenItem[]): string {
  return items
    .map(({ notice, row }) => `• ${notice.text.slice(0, 100)} (${koreanDate(row.dueOn)})`)
    .join('\n');
}

/** An item with a row of controls below it: later, or done. The desk gets none. */
function withControls(item: OpenItem, today: string, extraHolidays: ReadonlySet<string>): KnownBlock[] {
  const { row, reminder, notice } = item;
  if (row.recipient === DESK) return notice.blocks;
  const value = `${row.message}:${row.number}`;
  const offered = SNOOZES.filter(({ days }) => snoozedUntil(today, days, row.dueOn, extraHolidays));
  const controls: (Button | StaticSelect)[] = [
    ...(reminder.done ? [button(DONE, reminder.done, { value })] : []),
    ...(offered.length > 0 ? [snoozeSelect(offered, value, '나중에 다시 알림')] : []),
  ];
  if (controls.length === 0) return notice.blocks;
  const at = notice.blocks.findIndex(({ type }) => type === 'actions');
  const buttons = notice.blocks[at];
  if (buttons?.type !== 'actions') return [...notice.blocks, actions(...controls)];
  return notice.blocks.with(at, actions(...buttons.elements, ...controls));
}

function snoozeSelect(
  offered: readonly (typeof SNOOZES)[number][],
  item: string,
  label: string,
): StaticSelect {
  return {
    type: 'static_select',
    action_id: SNOOZE,
    placeholder: plain(label),
    options: offered.map(({ days, label: text }) => ({ text: plain(text), value: `${days}:${item}` })),
  };
}
