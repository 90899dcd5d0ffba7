import { LEADING, styles } from './look.ts';
import type { Paragraph, Run } from './paper.ts';

/** A part of a line: a text or a box, with its width. */
type Piece = { text: string; width: number } | { ticked: boolean; width: number };

export interface Line {
  pieces: Piece[];
  width: number;
  height: number;
  size: number;
  bold: boolean;
  align: 'left' | 'center' | 'right';
  /** Space above the text; it is part of the line's height. */
  lead: number;
  /** Distance from the left edge. */
  indent: number;
}

/** Measures the width of a text on one line, in points. */
export type Measure = (text: string, size: number, bold: boolean) => number;

const graphemes = new Intl.Segmenter('ko', { granularity: 'grapheme' });

/** Breaks paragraphs into lines of this width, between words; only a word wider than a line is cut. */
export function layLines(
  paragraphs: readonly Paragraph<Run>[],
  width: number,
  measure: Measure,
  align?: Line['align'],
): Line[] {
  return paragraphs.flatMap(({ look, pieces, indent }) => {
    const style = styles[look];
    const { size, bold } = style;
    const [before, after] = style.space;
    const first = (indent ?? 0) * size;
    const hanging = indent === undefined ? 0 : first + size;
    const lines: Piece[][] = [[]];
    const room = () => width - (lines.length === 1 ? first : hanging);
    let used = 0;
    const put = (piece: Piece) => {
      lines.at(-1)?.push(piece);
      used += piece.width;
    };
    const turn = () => {
      lines.push([]);
      used = 0;
    };
    for (const word of words(pieces)) {
      if (word === '\n') {
        turn();
        continue;
      }
      const parts = word.map(
        (part): Piece =>
          'ticked' in part
            ? { ticked: part.ticked, width: measure('□', size, bold) }
            : { text: part.text, width: measure(part.text, size, bold) },
      );
      const total = parts.reduce((sum, part) => sum + part.width, 0);
      if (used > 0 && used + total > room()) turn();
      for (const part of parts) {
        if (used + part.width <= room() || 'ticked' in part) put(part);
        else
          for (const letter of letters(part.text, size, bold, measure)) {
            if (used > 0 && used + letter.width > room()) turn();
            put(letter);
          }
      }
    }
    return lines.map((line, index) => {
      const lead = index === 0 ? before : 0;
      return {
        pieces: merged(line),
        width: line.reduce((sum, piece) => sum + piece.width, 0),
        lead,
        indent: index === 0 ? first : hanging,
        height: size * LEADING + lead + (index === lines.length - 1 ? after : 0),
        size,
        bold,
        align: align ?? style.align,
      };
    });
  });
}

/** Splits runs into words, each with the blank after it. A box and a text without a blank between them are one word. */
function words(runs: readonly Run[]): (Run[] | '\n')[] {
  const found: (Run[] | '\n')[] = [];
  let word: Run[] = [];
  const end = () => {
    if (word.length > 0) found.push(word);
    word = [];
  };
  for (const run of runs) {
    if ('ticked' in run) {
      word.push(run);
      continue;
    }
    for (const part of run.text.split(/(\n| +)/)) {
      if (part === '\n') {
        end();
        found.push('\n');
      } else if (part.trim() === '' && !part.includes('\u00A0')) {
        if (part === '') continue;
        word.push({ text: part });
        end();
      } else word.push({ text: part });
    }
  }
  end();
  return found;
}

function letters(text: string, size: number, bold: boolean, measure: Measure): Piece[] {
  return Array.from(graphemes.segment(text), ({ segment }) => ({
    text: segment,
    width: measure(segment, size, bold),
  }));
}

/** Joins neighbouring texts, so that the text of the file can be searched and copied. */
function merged(line: readonly Piece[]): Piece[] {
  const out: Piece[] = [];
  for (const piece of line) {
    const last = out.at(-1);
    if (last && 'text' in last && 'text' in piece) {
      out[out.length - 1] = { text: last.text + piece.text, width: last.width + piece.width };
    } else out.push(piece);
  }
  return out;
}
