import { type Cell, csvFile } from '../../core/csv-file.ts';

export interface Table {
  /** The sheet's name; the file's too. */
  name: string;
  head: readonly string[];
  rows: readonly (readonly Cell[])[];
}

/** Excel takes 31 characters, and none of these. */
const sheetName = (name: string) => name.replace(/[\\/?*[\]:]/g, ' ').slice(0, 31);
const HEAD = { fontWeight: 'bold', backgroundColor: '#E8EDF4', wrap: true } as const;
const WIDEST = 60;

/**
 * A table as an Excel workbook. Every cell is stored as text or number, so nothing that was typed into a form is ever
 * computed (in a CSV file, see csvText, the same is done by an apostrophe).
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

/** Both forms: Excel for people, CSV for programs. */
export async function tableFiles(table: Table): Promise<{ name: string; bytes: Buffer }[]> {
  return [await sheetFile(table), csvFile(`${table.name}.csv`, [table.head, ...table.rows])];
}

/** A Korean letter takes two places. */
function widthOf(value: Cell | undefined): number {
  return [...String(value ?? '')].reduce((sum, letter) => sum + (/[ᄀ-힣]/.test(letter) ? 2 : 1), 2);
}
