import { visibleText } from '../../core/typed-text.ts';
import { counted } from '../../messenger/forms/answers.ts';
import type { Answers, Form } from '../../messenger/forms/form.ts';

/**
 * A paper form is described once, as data: the printed text, the place of each answer, the choice that ticks each box.
 * The blank and the filled form, as PDF and as DOCX, are all made from this description. A piece is a part of a line.
 */
export type Piece =
  | string
  /** The answer of a field, followed by `after`; without an answer, `blank` leaves room to write. */
  | { answer: string; blank?: string; after?: string }
  /** Year, month or day of a date field. */
  | { part: 'year' | 'month' | 'day'; of: string }
  /** A box before a label: ticked when the answer is or contains `value`; without `value`, when there is any answer. */
  | { box: string; field: string; value?: string }
  | Tick;

/** A box, ticked or not. */
interface Tick {
  ticked: boolean;
}

/** A part of a line with its answers filled in. */
export type Run = { text: string } | Tick;

/** The kind of a paragraph; look.ts gives each kind its style. */
export type Look =
  | 'title'
  | 'remark'
  | 'body'
  | 'small'
  | 'strong'
  | 'sentence'
  | 'signature'
  | 'instruction';

export interface Paragraph<P> {
  look: Look;
  pieces: readonly P[];
  /** Indent of the first line, in letter widths; the following lines are indented by one more. */
  indent?: number;
}

export interface Cell<P> {
  /** `group` and `label` are grey and name a group of rows or a row; `plain` is white and holds an answer. */
  kind: 'group' | 'label' | 'plain';
  paragraphs: readonly Paragraph<P>[];
  /** How many columns and how many rows the cell spans. */
  across: number;
  down: number;
}

interface Row<P> {
  cells: readonly Cell<P>[];
  /** The least height, in points; the row grows with its text. */
  height: number;
}

export interface Table<P> {
  /** Widths of the columns, relative to one another. */
  columns: readonly number[];
  rows: readonly Row<P>[];
}

export type Part<P> = { paragraph: Paragraph<P> } | { table: Table<P> } | { newPage: true };

export interface Paper {
  /** The title, which is also the name of the file. */
  title: string;
  /** The procedure whose answers fill the paper in; null for a paper that people fill in by hand and mail. */
  procedure: string | null;
  /** Says what to do with the blank form; sent with it. */
  use: string;
  parts: readonly Part<Piece>[];
  /** Pages that explain how to fill the form in; a blank form has them, a filled one does not. */
  instructions: readonly Part<Piece>[];
}

/** A paper ready to print: blank, or with its answers. */
export interface Printed {
  title: string;
  parts: readonly Part<Run>[];
}

/** The printed answers by field; for a choice, the list of the chosen values. */
export type Entries = Readonly<Record<string, string | readonly string[]>>;

export function blankPaper(paper: Paper): Printed {
  return { title: paper.title, parts: print([...paper.parts, ...paper.instructions], {}) };
}

export function filledPaper(paper: Paper, entries: Entries): Printed {
  return { title: paper.title, parts: print(paper.parts, entries) };
}

/**
 * Answers of a form as they are printed. `nameOf` turns the code of an agency into its name; `signedOn` (YYYY-MM-DD)
 * is the date next to the signature.
 */
export function entriesOf(
  form: Form,
  answers: Answers,
  nameOf: (code: string) => string,
  signedOn: string,
): Entries {
  const entries = Object.entries(form.fields).flatMap(([name, { input, unit }]) => {
    const fieldAnswer = answers[name];
    if (fieldAnswer === undefined) return [];
    const values = (typeof fieldAnswer === 'string' ? [fieldAnswer] : fieldAnswer).map((one) =>
      typeof one === 'string' ? one : one.name,
    );
    if (input.kind === 'choice' || input.kind === 'choices') {
      const label = values.map((value) => input.options.find((one) => one.value === value)?.label ?? value);
      return [
        [name, values],
        [`${name}.label`, label.join(', ')],
      ];
    }
    const printed = (value: string) => {
      if (input.kind === 'search') return nameOf(value);
      return unit ? counted(value, '') : value; // the paper prints the unit
    };
    return [[name, values.map(printed).join(', ')]];
  });
  return { ...Object.fromEntries(entries), signedOn };
}

function print(parts: readonly Part<Piece>[], entries: Entries): Part<Run>[] {
  const paragraph = (described: Paragraph<Piece>): Paragraph<Run> => ({
    ...described,
    pieces: described.pieces.flatMap((piece) => runsOf(piece, entries)),
  });
  return parts.map((part) => {
    if ('paragraph' in part) return { paragraph: paragraph(part.paragraph) };
    if ('newPage' in part) return part;
    const rows = part.table.rows.map(({ cells, height }) => ({
      height,
      cells: cells.map((cell) => ({ ...cell, paragraphs: cell.paragraphs.map(paragraph) })),
    }));
    return { table: { columns: part.table.columns, rows } };
  });
}

const DATE_PARTS = { year: 0, month: 1, day: 2 } as const;

function runsOf(piece: Piece, entries: Entries): Run[] {
  if (typeof piece === 'string') return [{ text: piece }];
  if ('ticked' in piece) return [piece];
  if ('box' in piece) {
    const values = [entries[piece.field] ?? []].flat();
    const ticked = piece.value === undefined ? values.length > 0 : values.includes(piece.value);
    return [{ ticked }, { text: `${NBSP}${piece.box}` }];
  }
  if ('part' in piece) {
    const part = textOf(entries, piece.of).split('-')[DATE_PARTS[piece.part]];
    return [{ text: part ? ` ${Number(part)}` : NBSP.repeat(piece.part === 'year' ? 16 : 10) }];
  }
  const text = textOf(entries, piece.answer);
  return [{ text: text ? `${text}${piece.after ?? ''}` : (piece.blank ?? '') }];
}

/** A typed answer, without invisible characters and characters that a document cannot hold. */
function textOf(entries: Entries, name: string): string {
  return visibleText([entries[name] ?? ''].flat().join(', '))
    .replace(/[\uFFFE\uFFFF]/g, '')
    .replaceAll('\t', ' ')
    .normalize('NFC')
    .trim();
}

// ——— functions to describe a paper with

export const NBSP = '\u00A0';
/** Blank room to write by hand, in letter widths. */
export const room = (signs: number): string => NBSP.repeat(signs);

export const text = (...pieces: Piece[]): Paragraph<Piece> => ({ look: 'body', pieces });
export const small = (...pieces: Piece[]): Paragraph<Piece> => ({ look: 'small', pieces });
export const box = (label: string, field: string, value?: string): Piece => ({
  box: label,
  field,
  ...(value === undefined ? {} : { value }),
});
export const answer = (name: string, blank = '', after = ''): Piece => ({ answer: name, blank, after });
export const dateOf = (name: string): Piece[] => [
  { part: 'year', of: name },
  '년',
  { part: 'month', of: name },
  '월',
  { part: 'day', of: name },
  '일',
];

const cell =
  (kind: Cell<Piece>['kind']) =>
  (paragraphs: readonly Paragraph<Piece>[], across = 1, down = 1): Cell<Piece> => ({
    kind,
    paragraphs,
    across,
    down,
  });
export const plain = cell('plain');
export const group = (lines: readonly string[], down: number, across = 1): Cell<Piece> =>
  cell('group')(
    lines.map((line) => (line.startsWith('*') ? small(line) : { look: 'strong', pieces: [line] })),
    across,
    down,
  );
export const label = (...lines: string[]): Cell<Piece> =>
  cell('label')(lines.map((line) => (line.startsWith('(') && lines.length > 1 ? small(line) : text(line))));
export const row = (height: number, ...cells: Cell<Piece>[]): Row<Piece> => ({ height, cells });
