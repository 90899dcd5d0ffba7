import {
  AlignmentType,
  BorderStyle,
  CheckBox,
  Document,
  Paragraph as DocxParagraph,
  Table as DocxTable,
  HeightRule,
  Packer,
  PageBreak,
  type ParagraphChild,
  ShadingType,
  TableCell,
  TableLayoutType,
  TableRow,
  TextRun,
  VerticalAlignTable,
  WidthType,
} from 'docx';
import { A4, GREY, LEADING, LINE, MARGIN, PADDING, styles } from './look.ts';
import type { Cell, Paragraph, Part, Printed, Run, Table } from './paper.ts';

/** Korean Windows and 한글 have this font; elsewhere the word processor uses its own Korean font. */
const FONT = '맑은 고딕';
const TICKED = { value: '2611', font: 'Segoe UI Symbol' } as const;
const UNTICKED = { value: '25A1', font: FONT } as const;
/** DOCX measures lengths in twentieths of a point and line widths in eighths. */
const twips = (points: number) => Math.round(points * 20);
const eighths = (points: number) => Math.round(points * 8);
const line = (points: number) => ({ style: BorderStyle.SINGLE, size: eighths(points), color: '000000' });
const WIDTH = A4.width - 2 * MARGIN.side;

/** The paper as a DOCX file. Its boxes can be ticked in the word processor. */
export function docxOf({ title, parts }: Printed): Promise<Buffer> {
  const document = new Document({
    title,
    creator: '보급봇',
    styles: { default: { document: { run: { font: FONT, language: { eastAsia: 'ko-KR' } } } } },
    sections: [
      {
        properties: {
          page: {
            size: { width: twips(A4.width), height: twips(A4.height) },
            margin: {
              top: twips(MARGIN.top),
              bottom: twips(MARGIN.bottom),
              left: twips(MARGIN.side),
              right: twips(MARGIN.side),
            },
          },
        },
        children: parts.map(blockOf),
      },
    ],
  });
  return Packer.toBuffer(document);
}

function blockOf(part: Part<Run>): DocxParagraph | DocxTable {
  if ('newPage' in part) return new DocxParagraph({ children: [new PageBreak()], spacing: { line: 20 } });
  if ('paragraph' in part) return paragraphOf(part.paragraph);
  return tableOf(part.table);
}

function paragraphOf({ look, pieces, indent }: Paragraph<Run>, align?: 'center'): DocxParagraph {
  const style = styles[look];
  const { size, bold, space } = style;
  const hang = indent === undefined ? {} : { left: twips((indent + 1) * size), hanging: twips(size) };
  return new DocxParagraph({
    alignment: { left: AlignmentType.LEFT, center: AlignmentType.CENTER, right: AlignmentType.RIGHT }[
      align ?? style.align
    ],
    spacing: {
      before: twips(space[0]),
      after: twips(space[1]),
      line: twips(size * LEADING),
      lineRule: 'atLeast',
    },
    indent: hang,
    children: pieces.flatMap((piece) => childrenOf(piece, size, bold)),
  });
}

function childrenOf(piece: Run, size: number, bold: boolean): ParagraphChild[] {
  if ('ticked' in piece) {
    return [new CheckBox({ checked: piece.ticked, checkedState: TICKED, uncheckedState: UNTICKED })];
  }
  return piece.text
    .split('\n')
    .map((text, index) => new TextRun({ text, size: size * 2, bold, ...(index > 0 ? { break: 1 } : {}) }));
}

function tableOf({ columns, rows }: Table<Run>): DocxTable {
  const sum = columns.reduce((total, share) => total + share, 0);
  const outside = line(LINE.thick);
  const inside = line(LINE.thin);
  return new DocxTable({
    width: { size: twips(WIDTH), type: WidthType.DXA },
    columnWidths: columns.map((share) => twips((share / sum) * WIDTH)),
    layout: TableLayoutType.FIXED,
    margins: {
      left: twips(PADDING.x),
      right: twips(PADDING.x),
      top: twips(PADDING.y / 2),
      bottom: twips(PADDING.y / 2),
    },
    borders: {
      top: outside,
      bottom: outside,
      left: outside,
      right: outside,
      insideHorizontal: inside,
      insideVertical: inside,
    },
    rows: rows.map(
      ({ cells, height }) =>
        new TableRow({
          height: { value: twips(height), rule: HeightRule.ATLEAST },
          children: cells.map(cellOf),
        }),
    ),
  });
}

function cellOf({ kind, paragraphs, across, down }: Cell<Run>): TableCell {
  const grey = { type: ShadingType.CLEAR, color: 'auto', fill: GREY };
  return new TableCell({
    columnSpan: across,
    rowSpan: down,
    verticalAlign: VerticalAlignTable.CENTER,
    ...(kind === 'plain' ? {} : { shading: grey }),
    children: paragraphs.map((one) => paragraphOf(one, kind === 'plain' ? undefined : 'center')),
  });
}
