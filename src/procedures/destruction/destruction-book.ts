import { preciseTime } from '../../core/calendar.ts';
import type { Cell } from '../../core/csv-file.ts';
import type { Destruction } from '../../store/client/client.ts';
import type { Tx } from '../../store/store.ts';

/** 파기대장: what was destroyed, on what ground, who proposed it and who approved it. It names cases, not people. */
export const destructionHead: Cell[] = ['접수번호', '파기 내용', '근거', '기안자', '승인자', '파기일시'];

export function destructionRow(row: Destruction): Cell[] {
  const { subject, description, basis, proposedBy, approvedBy, destroyedAt } = row;
  return [subject, description, basis, proposedBy, approvedBy, preciseTime(destroyedAt)];
}

export async function destructionBook(tx: Tx): Promise<Cell[][]> {
  const rows = await tx.destruction.findMany({ orderBy: [{ destroyedAt: 'asc' }, { subject: 'asc' }] });
  return [destructionHead, ...rows.map(destructionRow)];
}
