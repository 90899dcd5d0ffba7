import { type BroadcastKind, type Reach, reachOf, tellMany } from '../../../store/broadcast.ts';
import { type BoardNotice, Prisma } from '../../../store/client/client.ts';
import type { NoticeTarget } from '../../../store/client/enums.ts';
import type { Tx } from '../../../store/store.ts';

export const NOTICE_MESSAGE = 'notice.message';
/** The kind of a notice's broadcast (store/broadcast.ts). */
export const NOTICE = 'notice';

/** A query for the ids of all people whom a notice addresses and the messenger reaches. */
function audience(target: NoticeTarget): Prisma.Sql {
  const ofKind =
    target === 'ALL'
      ? Prisma.empty
      : Prisma.sql`AND EXISTS (SELECT 1 FROM "Agency" a WHERE a.code = p."agencyCode" AND a.kind::text = ${target})`;
  return Prisma.sql`
    SELECT p.id FROM "Person" p WHERE p."slackId" IS NOT NULL AND p."deactivatedAt" IS NULL ${ofKind}`;
}

/** Whether a notice addresses this person, and the messenger reaches them. */
export async function isConcerned(
  tx: Tx,
  { target }: Pick<BoardNotice, 'target'>,
  personId: string,
): Promise<boolean> {
  const found = await tx.$queryRaw<unknown[]>`${audience(target)} AND p.id = ${personId}`;
  return found.length > 0;
}

/** Sends a notice to everybody whom it addresses. A notice that was withdrawn, or is for the home only, is not sent. */
export const noticeBroadcast: BroadcastKind = {
  notice: NOTICE_MESSAGE,
  fact: 'noticeId',
  atOnce: 500,

  async next({ tx }, noticeId, after, limit) {
    const [notice] = await tx.$queryRaw<Pick<BoardNotice, 'messageFrom' | 'withdrawnAt' | 'target'>[]>`
      SELECT "messageFrom", "withdrawnAt", target FROM "BoardNotice" WHERE id = ${noticeId}`;
    if (!notice?.messageFrom || notice.withdrawnAt) return { last: null };
    const { messageFrom, target } = notice;
    const people = await tx.$queryRaw<{ id: string }[]>`
      ${audience(target)} AND p.id > ${after} ORDER BY p.id LIMIT ${limit}`;
    return {
      last: people.at(-1)?.id ?? null,
      told: { people: people.map(({ id }) => id), facts: { noticeId }, notBefore: messageFrom },
    };
  },
};

/** Starts the broadcast anew after a change: people without the message get the current text, or none if withdrawn. */
export async function tellPeople(tx: Tx, now: Date, { id, messageFrom }: BoardNotice): Promise<void> {
  await tellMany(tx, NOTICE, id, messageFrom ?? now);
}

export function noticeReach(tx: Tx, noticeId: string): Promise<Reach | null> {
  return reachOf(tx, NOTICE, noticeBroadcast, noticeId);
}

/** How many people a notice addresses, and how many of them have opened it. */
export async function readersOf(
  tx: Tx,
  { id, target }: Pick<BoardNotice, 'id' | 'target'>,
): Promise<{ concerned: number; read: number }> {
  const [counts] = await tx.$queryRaw<{ concerned: number; read: number }[]>`
    SELECT COUNT(*)::int AS concerned, COUNT(r."personId")::int AS read
    FROM (${audience(target)}) c
    LEFT JOIN "BoardNoticeReading" r ON r."noticeId" = ${id} AND r."personId" = c.id`;
  return counts ?? { concerned: 0, read: 0 };
}
