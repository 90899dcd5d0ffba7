import { MARGIN, PADDING } from './look.ts';
import type { Cell, Run, Table } from './paper.ts';
import { type Line, layLines, type Measure } from './pdf-text.ts';

/** A rectangle on a page, with its lines of text. */
export interface Box {
  page: number;
  x: number;
  y: number;
  width: number;
  height: number;
  kind: Cell<Run>['kind'];
  lines: Line[];
}

interface LaidTable {
  boxes: Box[];
  /** The outline of the table on each of its pages, drawn as a thick line. */
  frames: Omit<Box, 'kind' | 'lines'>[];
  page: number;
  y: number;
}

interface Placed {
  cell: Cell<Run>;
  row: number;
  x: number;
  width: number;
  lines: Line[];
}

/** A row on its page, or the part on this page of a row that is cut; with its lines of text, by cell. */
interface Slice {
  row: number;
  page: number;
  y: number;
  height: number;
  lines: Map<Placed, Line[]>;
}

interface Space {
  x: number;
  width: number;
  page: number;
  y: number;
  /** Where a page ends. */
  bottom: number;
}

/** Lays a table out over as many pages as it takes. Rows stay whole unless they are taller than half a page. */
export function layTable(table: Table<Run>, space: Space, measure: Measure): LaidTable {
  const placed = placeCells(table, space, measure);
  const slices = sliceRows(table, placed, space);
  const last = slices.at(-1);
  const boxes = placed.flatMap((cell) => boxesOf(cell, slices));
  const pages = [...new Set(slices.map(({ page }) => page))];
  return {
    boxes,
    frames: pages.map((page) => {
      const pageSlices = slices.filter((slice) => slice.page === page);
      const y = Math.min(...pageSlices.map((slice) => slice.y));
      const end = Math.max(...pageSlices.map((slice) => slice.y + slice.height));
      return { page, x: space.x, width: space.width, y, height: end - y };
    }),
    page: last?.page ?? space.page,
    y: last ? last.y + last.height : space.y,
  };
}

/** Places the cells in columns, past the cells that reach down from rows above. */
function placeCells({ columns, rows }: Table<Run>, { x, width }: Space, measure: Measure): Placed[] {
  const sum = columns.reduce((total, share) => total + share, 0);
  const edges = [x];
  for (const share of columns) edges.push((edges.at(-1) ?? x) + (share / sum) * width);
  const takenUntil = columns.map(() => 0); // for each column, the first row that no cell from above covers
  return rows.flatMap(({ cells }, row) =>
    cells.map((cell) => {
      const column = takenUntil.findIndex((until) => until <= row);
      for (let covered = column; covered < column + cell.across; covered++) {
        takenUntil[covered] = row + cell.down;
      }
      const left = edges[column] ?? x;
      const wide = (edges[column + cell.across] ?? x + width) - left;
      const align = cell.kind === 'plain' ? undefined : 'center';
      const lines = layLines(cell.paragraphs, wide - 2 * PADDING.x, measure, align);
      return { cell, row, x: left, width: wide, lines };
    }),
  );
}

const heightOf = (lines: readonly Line[]) => lines.reduce((sum, line) => sum + line.height, 0);
const natural = (lines: readonly Line[]) => heightOf(lines) + 2 * PADDING.y;

function sliceRows({ rows }: Table<Run>, placed: readonly Placed[], space: Space): Slice[] {
  const heights = rows.map(({ height }, row) =>
    Math.max(
      height,
      ...placed.filter((one) => one.row === row && one.cell.down === 1).map((one) => natural(one.lines)),
    ),
  );
  for (const one of placed) {
    const { row, cell } = one;
    const end = row + cell.down;
    const missing = natural(one.lines) - heights.slice(row, end).reduce((sum, height) => sum + height, 0);
    if (missing > 0) heights[end - 1] = (heights[end - 1] ?? 0) + missing;
  }
  let { page, y } = space;
  const turn = () => {
    page++;
    y = MARGIN.top;
  };
  return heights.flatMap((height, row) => {
    const cells = placed.filter((one) => one.row === row && one.cell.down === 1);
    if (height > space.bottom - y && height <= (space.bottom - MARGIN.top) / 2) turn();
    const slices: Slice[] = [];
    let rest = new Map(cells.map((one) => [one, one.lines]));
    let left = height;
    while (left > space.bottom - y) {
      const [now, later] = cutLines(rest, space.bottom - y);
      if ([...now.values()].some((lines) => lines.length > 0)) {
        slices.push({ row, page, y, height: space.bottom - y, lines: now });
        rest = later;
      } else if (y <= MARGIN.top) break; // one line is taller than a page and cannot be cut
      turn();
      left = Math.max(...[...rest.values()].map(natural));
    }
    slices.push({ row, page, y, height: left, lines: rest });
    y += left;
    return slices;
  });
}

/** Divides the lines of each cell into those that fit into this height and the others. */
function cutLines(cells: Map<Placed, Line[]>, height: number): [Map<Placed, Line[]>, Map<Placed, Line[]>] {
  const now = new Map<Placed, Line[]>();
  const later = new Map<Placed, Line[]>();
  for (const [cell, lines] of cells) {
    let used = 2 * PADDING.y;
    const count = lines.findIndex((line) => {
      used += line.height;
      return used > height;
    });
    const fitting = count === -1 ? lines.length : count;
    now.set(cell, lines.slice(0, fitting));
    later.set(cell, lines.slice(fitting));
  }
  return [now, later];
}

/**
 * The rectangles of a cell, one for each page that its rows are on. A cell of several rows (a group's name) has its
 * text in the largest one.
 */
function boxesOf(placed: Placed, slices: readonly Slice[]): Box[] {
  const { cell, row, x, width } = placed;
  const rowSlices = slices.filter((slice) => slice.row >= row && slice.row < row + cell.down);
  const pages = [...new Set(rowSlices.map(({ page }) => page))];
  const boxes = pages.map((page) => {
    const here = rowSlices.filter((slice) => slice.page === page);
    const y = Math.min(...here.map((slice) => slice.y));
    const end = Math.max(...here.map((slice) => slice.y + slice.height));
    const lines = here.flatMap((slice) => slice.lines.get(placed) ?? []);
    return { page, x, y, width, height: end - y, kind: cell.kind, lines };
  });
  if (cell.down === 1) return boxes;
  const largest = boxes.reduce((best, one) => (one.height > best.height ? one : best));
  return boxes.map((one) => (one === largest ? { ...one, lines: placed.lines } : one));
}
