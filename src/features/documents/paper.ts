import { visibleText } from '../../core/typed-text.ts';
import type { Answers, Form } from '../../messenger/forms/form.ts';

/**
 * A paper form is described once, as data: what is printed, where an answer goes, which box is ticked by which choice.
 * The blank and the filled one, as PDF and as DOCX, all come from the description.
 */
export type Piece =
  | string
  /** What was answered in this field, or the room that the paper leaves for it. */
  | { answer: string; blank?: string; after?: string }
  /** Year, month or day of a date. */
  | { part: 'year' | 'month' | 'day'; of: string }
  /** □ or ☑ before a label: ticked when the field's answer is, or contains, this value; without one, any. */
  | { box: string; field: string; value?: string }
  | Tick;

/** A box, ticked or not. */
interface Tick {
  ticked: boolean;
}

/** What stands on a made document. */
export type Run = { text: string } | Tick;

/** How it looks: sizes and weights are the renderers'. */
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
  /** Of its first line, in signs; the lines that follow hang one deeper. */
  indent?: number;
}

export interface Cell<P> {
  /** Grey: the name of a row group or of a row. Plain: to be filled in. */
  kind: 'group' | 'label' | 'plain';
  paragraphs: readonly Paragraph<P>[];
  /** Columns and rows that it covers. */
  across: number;
  down: number;
}

interface Row<P> {
  cells: readonly Cell<P>[];
  /** Points; grows with what stands in it. */
  height: number;
}

export interface Table<P> {
  /** Shares of the width. */
  columns: readonly number[];
  rows: readonly Row<P>[];
}

export type Part<P> = { paragraph: Paragraph<P> } | { table: Table<P> } | { newPage: true };

export interface Paper {
  /** Also the name of the file. */
  title: string;
  /** The procedure whose answers fill it; one that comes back by mail is filled by hand. */
  procedure: string | null;
  /** Said with the blank one: what is done with it. */
  use: string;
  parts: readonly Part<Piece>[];
  /** Pages that help to fill it in: with a blank one only. */
  instructions: readonly Part<Piece>[];
}

/** A paper as it is to be printed. */
export interface Printed {
  title: string;
  parts: readonly Part<Run>[];
}

/** Answers by field as they are printed; the values of choices, in a list. */
export type Entries = Readonly<Record<string, string | readonly string[]>>;

export function blankPaper(paper: Paper): Printed {
  return { title: paper.title, parts: print([...paper.parts, ...paper.instructions], {}) };
}

export function filledPaper(paper: Paper, entries: Entries): Printed {
  return { title: paper.title, parts: print(paper.parts, entries) };
}

/**
 * Answers of a form as they are printed. `nameOf` turns the code of an agency into its name; `signedOn` (YYYY-MM-DD)
 * is the date beside the signature.
 */
export function entriesOf(
  form: Form,
  answers: Answers,
  nameOf: (code: string) => string,
  signedOn: string,
): Entries {
  const entries = Object.entries(form.fields).flatMap(([name, { input }]) => {
    const given = answers[name];
    if (given === undefined) return [];
    const values = (typeof given === 'string' ? [given] : given).map((one) =>
      typeof one === 'string' ? one : one.name,
    );
    if (input.kind === 'choice' || input.kind === 'choices') {
      const label = values.map((value) => input.options.find((one) => one.value === value)?.label ?? value);
      return [
        [name, values],
        [`${name}.label`, label.join(', ')],
      ];
    }
    return [[name, values.map((value) => (input.kind === 'search' ? nameOf(value) : value)).join(', ')]];
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
    const given = [entries[piece.field] ?? []].flat();
    const ticked = piece.value === undefined ? given.length > 0 : given.includes(piece.value);
    return [{ ticked }, { text: `${NBSP}${piece.box}` }];
  }
  if ('part' in piece) {
    const part = textOf(entries, piece.of).split('-')[DATE_PARTS[piece.part]];
    return [{ text: part ? ` ${Number(part)}` : NBSP.repeat(piece.part === 'year' ? 16 : 10) }];
  }
  const text = textOf(entries, piece.answer);
  return [{ text: text ? `${text}${piece.after ?? ''}` : (piece.blank ?? '') }];
}

/** What was typed, without signs that nobody sees and that no document can hold. */
function textOf(entries: Entries, name: string): string {
  return visibleText([entries[name] ?? ''].flat().join(', '))
    .replace(/[\uFFFE\uFFFF]/g, '')
    .replaceAll('\t', ' ')
    .normalize('NFC')
    .trim();
}

// ——— words for describing a paper

export const NBSP = '\u00A0';
/** Room to write by hand. */
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
