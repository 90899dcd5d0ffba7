import type { Draft, DraftHelper } from '../store/client/client.ts';
import type { Operation } from '../store/operation.ts';
import type { Tx } from '../store/store.ts';

/** Ends what helpers may do, on these drafts and filings. */
export async function endHelpers(
  op: Operation,
  which: { draftIds?: readonly string[]; filingIds?: readonly string[] } | { id: string },
): Promise<void> {
  const where =
    'id' in which
      ? { id: which.id }
      : {
          OR: [
            { draftId: { in: [...(which.draftIds ?? [])] } },
            { filingId: { in: [...(which.filingIds ?? [])] } },
          ],
        };
  const rows = await op.tx.draftHelper.findMany({ where: { ...where, endedAt: null } });
  if (rows.length === 0) return;
  await op.tx.draftHelper.updateMany({
    where: { id: { in: rows.map(({ id }) => id) }, endedAt: null },
    data: { endedAt: op.now, endedBy: op.author.actor },
  });
  for (const row of rows) {
    op.audit({ action: 'helper.end', subject: subjectOf(row), person: row.helperId });
    op.tell({
      key: `helper.ended:${row.id}`,
      notice: 'helper.ended',
      to: row.helperId,
      facts: { helperRow: row.id },
    });
  }
}

/** What was drafted is filed: those who helped go on with the filing. */
export async function followFiling(tx: Tx, draftId: string, filingId: string): Promise<void> {
  await tx.draftHelper.updateMany({
    where: { draftId, endedAt: null },
    data: { draftId: null, filingId },
  });
}

/** For the audit trail. */
export function subjectOf({ draftId, filingId }: Pick<DraftHelper, 'draftId' | 'filingId'>): string {
  return filingId ? `filing:${filingId}` : `draft:${draftId}`;
}

/** Rows that open this draft. */
export function helping(draft: Pick<Draft, 'id' | 'subject'>) {
  const filingId = draft.subject.startsWith('filing:') ? draft.subject.slice('filing:'.length) : null;
  return {
    endedAt: null,
    OR: [{ draftId: draft.id }, ...(filingId === null ? [] : [{ filingId }])],
  };
}
