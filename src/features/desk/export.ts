import { type Cell, csvText } from '../../core/csv-file.ts';
import type { Tx } from '../../store/store.ts';
import type { Batch, List } from './export-list.ts';

/** The most rows of an Excel file: a workbook takes many times the memory of a CSV file. */
const WORKBOOK_ROWS = 20_000;

/** The whole list as CSV, read in batches; also its rows, if they are few enough for a workbook. */
export async function exportOf(
  tx: Tx,
  { head, after }: List,
): Promise<{ csv: Buffer; count: number; rows: Cell[][] | null }> {
  const pieces: Buffer[] = [Buffer.from(csvText([head]))];
  let rows: Cell[][] | null = [];
  let count = 0;
  for (let last: string | null = null; ; ) {
    const batch: Batch = await after(tx, last);
    if (batch.last === null) return { csv: Buffer.concat(pieces), count, rows };
    last = batch.last;
    count += batch.rows.length;
    pieces.push(Buffer.from(csvText(batch.rows, { bom: false })));
    rows = rows && count <= WORKBOOK_ROWS ? [...rows, ...batch.rows] : null;
  }
}
