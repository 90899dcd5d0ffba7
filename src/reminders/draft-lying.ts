import { addDays, koreanDate, seoulDay, startOfDay } from '../core/calendar.ts';
import { actions, button, context, fallback, lines, section } from '../messenger/blocks.ts';
import type { Facts, Notice } from '../messenger/notice.ts';
import { reachable, reachableColumns } from '../records/people/reachable.ts';
import type { Draft } from '../store/client/client.ts';
import { DESK } from '../store/outbox.ts';
import type { Db } from '../store/store.ts';
import { keyOf, type Reminder, type ReminderGround, type Subject, type Window } from './reminder.ts';

export const DRAFT_RESUME = 'draft.resume';
/** How long a draft is kept after its last change. */
export const DRAFT_DAYS = 90;
/** How long before the deletion the notice is sent; a draft is deleted only after its notice was sent. */
const NOTICE_DAYS = 7;

/** Sent once, five business days after the last change of a draft. */
export const draftLying: Reminder = {
  notice: 'draft.lying',
  daysBefore: [-5],
  count: 'businessDays',
  done: '알리지 않음',
  find: (db, window) => untouched(db, window, 0),
  render: (db, facts, occasion, ground) =>
    draftNotice(db, facts, ground, {
      to: occasion.to,
      isStill: (draft) => seoulDay(draft.updatedAt) === occasion.dueOn,
      what: '작성하던',
    }),
};

/** Sent once, a week before a draft is deleted. */
export const draftEnding: Reminder = {
  notice: 'draft.ending',
  daysBefore: [NOTICE_DAYS],
  count: 'days',
  find: (db, window) => untouched(db, window, DRAFT_DAYS),
  render: (db, facts, occasion, ground) =>
    draftNotice(db, facts, ground, {
      to: occasion.to,
      isStill: (draft) => addDays(seoulDay(draft.updatedAt), DRAFT_DAYS) === occasion.dueOn,
      what: '곧 지워지는',
    }),
};

/** The key of the notice that is sent before a draft is deleted. */
export function endingKey(draft: Pick<Draft, 'id' | 'personId' | 'updatedAt'>): string {
  const occasion = { to: draft.personId, dueOn: addDays(seoulDay(draft.updatedAt), DRAFT_DAYS) };
  return keyOf(draftEnding.notice, draft.id, occasion, NOTICE_DAYS);
}

/** Drafts in which something was typed. Requested corrections have their own reminder. */
async function untouched(db: Db, { from, to }: Window, after: number): Promise<Subject[]> {
  const drafts = await db.draft.findMany({
    where: {
      step: { gt: 0 },
      updatedAt: { gte: startOfDay(addDays(from, -after)), lt: startOfDay(addDays(to, 1 - after)) },
    },
    select: { id: true, personId: true, updatedAt: true },
  });
  const people = await db.person.findMany({
    where: { slackId: { not: null }, id: { in: [...new Set(drafts.map(({ personId }) => personId))] } },
    select: reachableColumns,
  });
  const byId = new Map(people.map((person) => [person.id, person]));
  return drafts.map(({ id, personId, updatedAt }) => ({
    key: id,
    dueOn: addDays(seoulDay(updatedAt), after),
    to: reachable(byId.get(personId) ?? null).filter((one) => one !== DESK), // only its owner can continue a draft
    facts: { draftId: id },
  }));
}

interface DraftNotice {
  to: string;
  /** Whether the draft is unchanged since the reminder was planned. */
  isStill: (draft: Draft) => boolean;
  what: string;
}

async function draftNotice(
  db: Db,
  facts: Facts,
  ground: ReminderGround,
  { to, isStill, what }: DraftNotice,
): Promise<Notice | null> {
  const draft = await db.draft.findUnique({ where: { id: String(facts.draftId) } });
  if (draft?.personId !== to || !isStill(draft)) return null;
  const document = ground.procedures.get(draft.procedure)?.document ?? '신청서';
  const head = `${what} 신청서가 있습니다: ${document}`;
  return {
    text: fallback(head),
    blocks: [
      section(head),
      lines([
        { label: '마지막 작성일', text: koreanDate(seoulDay(draft.updatedAt)) },
        { label: '지워지는 날', text: koreanDate(addDays(seoulDay(draft.updatedAt), DRAFT_DAYS)) },
      ]),
      actions(button(DRAFT_RESUME, '이어서 작성', { value: draft.id, style: 'primary' })),
      context(
        '아직 제출되지 않았습니다. 제출하지 않을 것이면 그대로 두거나 홈에서 ‘작성분 삭제’를 누르십시오.',
      ),
    ],
  };
}
