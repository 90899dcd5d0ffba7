import { filingIdOf } from '../records/filings/subject.ts';
import { type Draft, type DraftHelper, Prisma } from '../store/client/client.ts';
import { columnsOf } from '../store/columns.ts';
import type { Operation } from '../store/operation.ts';
import type { Tx } from '../store/store.ts';

const columns = columnsOf(Prisma.DraftHelperScalarFieldEnum);

/** Ends the helpers' access to these drafts and filings. */
export async function endHelpers(
  op: Operation,
  which: { draftIds?: readonly string[]; filingIds?: readonly string[] } | { id: string },
): Promise<void> {
  const where =
    'id' in which
      ? Prisma.sql`id = ${which.id}`
      : Prisma.sql`("draftId" = ANY(${which.draftIds ?? []}) OR "filingId" = ANY(${which.filingIds ?? []}))`;
  const rows = await op.tx.$queryRaw<DraftHelper[]>`
    UPDATE "DraftHelper" SET "endedAt" = ${op.now}, "endedBy" = ${op.author.actor}
    WHERE ${where} AND "endedAt" IS NULL RETURNING ${columns}`;
  for (const row of rows) {
    op.audit({ action: 'helper.end', subject: subjectOf(row), person: row.helperId });
    op.tell({
      key: endedKey(row.id, await resumedTimes(op.tx, row)),
      notice: 'helper.ended',
      to: row.helperId,
      facts: { helperRow: row.id },
    });
  }
}

/** Deletes drafts, and ends the help with them. @returns how many were deleted; a draft changed meanwhile may stay */
export async function dropDrafts(op: Operation, where: Prisma.DraftWhereInput): Promise<number> {
  const drafts = await op.tx.draft.findMany({ where, select: { id: true } });
  if (drafts.length === 0) return 0;
  const draftIds = drafts.map(({ id }) => id);
  const { count } = await op.tx.draft.deleteMany({ where: { AND: [where, { id: { in: draftIds } }] } });
  if (count > 0) await endHelpers(op, { draftIds });
  return count;
}

/** How often this help was restored. It may end several times, and each end is announced. */
function resumedTimes(tx: Tx, row: DraftHelper): Promise<number> {
  return tx.audit.count({
    where: { action: 'helper.resume', subject: subjectOf(row), person: row.helperId },
  });
}

const endedKey = (rowId: string, round: number) => `helper.ended:${rowId}${round > 0 ? `:${round}` : ''}`;

/** Restores the help that a decision at the instant `at` ended, after that decision was taken back. */
export async function resumeHelpers(op: Operation, filingId: string, at: Date): Promise<void> {
  const ended = await op.tx.draftHelper.findMany({ where: { filingId, endedAt: at } });
  const gone = await op.tx.person.findMany({
    where: { id: { in: ended.map(({ helperId }) => helperId) }, deactivatedAt: { not: null } },
    select: { id: true },
  });
  const rows = ended.filter(({ helperId }) => gone.every(({ id }) => id !== helperId));
  await op.tx.draftHelper.updateMany({
    where: { id: { in: rows.map(({ id }) => id) } },
    data: { endedAt: null, endedBy: null },
  });
  for (const row of rows) {
    const round = await resumedTimes(op.tx, row);
    op.audit({ action: 'helper.resume', subject: subjectOf(row), person: row.helperId });
    op.tell({
      key: `helper.resumed:${row.id}:${round}`,
      notice: 'helper.resumed',
      to: row.helperId,
      facts: { helperRow: row.id, ended: endedKey(row.id, round) },
    });
  }
}

/** SQL that moves the helpers of a draft to the filing that it became. */
export function followFiling(draftId: string, filingId: string): Prisma.Sql {
  return Prisma.sql`
    UPDATE "DraftHelper" SET "draftId" = NULL, "filingId" = ${filingId}
    WHERE "draftId" = ${draftId} AND "endedAt" IS NULL`;
}

/** The subject of an audit row. */
export function subjectOf({ draftId, filingId }: Pick<DraftHelper, 'draftId' | 'filingId'>): string {
  return filingId ? `filing:${filingId}` : `draft:${draftId}`;
}

/** Condition for the helpers who may open this draft. */
export function helping(draft: Pick<Draft, 'id' | 'subject'>) {
  const filingId = filingIdOf(draft.subject);
  return {
    endedAt: null,
    OR: [{ draftId: draft.id }, ...(filingId === null ? [] : [{ filingId }])],
  };
}
