import { type Cell, csvFile } from '../../core/csv-file.ts';

export interface Table {
  /** The name of the sheet and of the file. */
  name: string;
  head: readonly string[];
  rows: readonly (readonly Cell[])[];
}

/** A valid sheet name: Excel allows 31 characters, and none of those replaced here. */
const sheetName = (name: string) => name.replace(/[\\/?*[\]:]/g, ' ').slice(0, 31);
const HEAD = { fontWeight: 'bold', backgroundColor: '#E8EDF4', wrap: true } as const;
const WIDEST = 60;

/**
 * A table as an Excel workbook. Every cell is stored as text or number, so Excel never computes a text that was typed
 * into a form as a formula (in a CSV file an apostrophe prevents it, see csvText).
 */
export async function sheetFile({ name, head, rows }: Table): Promise<{ name: string; bytes: Buffer }> {
  const { default: write } = await import('write-excel-file/node');
  const data = [
    head.map((value) => ({ value, type: String, ...HEAD })),
    ...rows.map((row) =>
      row.map((value) => {
        if (value === null) return null;
        return typeof value === 'number' ? { value, type: Number } : { value, type: String };
      }),
    ),
  ];
  const columns = head.map((label, index) => ({
    width: Math.min(
      WIDEST,
      Math.max(widthOf(label), ...rows.slice(0, 200).map((row) => widthOf(row[index]))),
    ),
  }));
  const bytes = await write(data, { sheet: sheetName(name), columns, stickyRowsCount: 1 }).toBuffer();
  return { name: `${name}.xlsx`, bytes };
}

/** The table in both formats: Excel for people, CSV for programs. */
export async function tableFiles(table: Table): Promise<{ name: string; bytes: Buffer }[]> {
  return [await sheetFile(table), csvFile(`${table.name}.csv`, [table.head, ...table.rows])];
}

/** The width of a column for this value; a Korean letter takes the width of two digits. */
function widthOf(value: Cell | undefined): number {
  return [...String(value ?? '')].reduce((sum, letter) => sum + (/[ᄀ-힣]/.test(letter) ? 2 : 1), 2);
}
