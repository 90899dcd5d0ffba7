import type { AlertBlock, DataTableBlock, KnownBlock, TableBlock } from '@slack/types';
import { context, cut, LIMIT, plain, section } from './blocks.ts';

/**
 * Blocks that Slack has only lately. Rooms draw blocks that every Slack shows; where a newer block says the same better,
 * it travels beside the one that it replaces, and is sent in its place until Slack refuses it (slack/newest-client.ts).
 * As a symbol it is in no JSON, so an acknowledgement, which Slack refuses without an answer, never holds it.
 */
const NEWER = Symbol('the newer block in place of this one');

type Newer = AlertBlock | DataTableBlock | TableBlock;
type Drawn = KnownBlock & { [NEWER]?: Newer };

const beside = (today: KnownBlock, newer: Newer): KnownBlock => ({ ...today, [NEWER]: newer }) as Drawn;

/** Longer texts are no alerts. */
const ALERT_TEXT = 200;
const MARKS = { warning: '⚠', error: '✖' } as const;

/** A warning or an error; where Slack has no alert, a line with its mark. */
export function alert(level: keyof typeof MARKS, text: string, size: 'text' | 'small' = 'text'): KnownBlock {
  const marked = `${MARKS[level]} ${text}`;
  const today = size === 'small' ? context(marked) : section(marked);
  return text.length > ALERT_TEXT ? today : beside(today, { type: 'alert', level, text: plain(text) });
}

type Cell = string | number;
interface TableContent {
  /** What the table shows, for screen readers. */
  caption: string;
  head: readonly string[];
  /** The first cell names the row. */
  rows: readonly (readonly Cell[])[];
}

/** Slack takes 100 rows, and 20,000 characters in a table; a message holds fewer in all. */
const MOST_ROWS = 99;
const MOST_TEXT = 8000;
const PAGE = 20;

/** A table that can be sorted and turned; where Slack has none, `today`. */
export function dataTable(today: KnownBlock, { caption, head, rows }: TableContent): KnownBlock {
  const cells = cellsOf(head, rows);
  return cells ? beside(today, { type: 'data_table', caption, rows: cells, page_size: PAGE }) : today;
}

/** A table in a message; where Slack has none, `today`. */
export function table(today: KnownBlock, { head, rows }: Omit<TableContent, 'caption'>): KnownBlock {
  const cells = cellsOf(head, rows);
  const column_settings = head.map((_, index) => ({ align: index === 0 ? 'left' : 'right' }) as const);
  return cells ? beside(today, { type: 'table', rows: cells, column_settings }) : today;
}

/** null: there is nothing to show, or more than a table holds. */
function cellsOf(head: readonly string[], rows: readonly (readonly Cell[])[]) {
  const cells = [head, ...rows].map((row) =>
    row.map((cell) => ({ type: 'raw_text' as const, text: cut(String(cell), LIMIT.option) || ' ' })),
  );
  const characters = cells.flat().reduce((sum, { text }) => sum + text.length, 0);
  return rows.length > 0 && rows.length <= MOST_ROWS && characters <= MOST_TEXT ? cells : null;
}

/** The blocks with newer ones in place; null where there are none. `refused`: types that stay as they are. */
export function newest(
  blocks: readonly KnownBlock[],
  refused: (type: string) => boolean,
): { blocks: KnownBlock[]; types: string[] } | null {
  const types = new Set<string>();
  const drawn = blocks.map((block: Drawn): KnownBlock => {
    const newer = block[NEWER];
    if (!newer || refused(newer.type)) return block;
    types.add(newer.type);
    return block.block_id ? { ...newer, block_id: block.block_id } : newer;
  });
  return types.size > 0 ? { blocks: drawn, types: [...types] } : null;
}
