import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import PDFDocument from 'pdfkit';
import { A4, GREY, LINE, MARGIN, PADDING } from './look.ts';
import type { Printed } from './paper.ts';
import { type Box, layTable } from './pdf-table.ts';
import { type Line, layLines, type Measure } from './pdf-text.ts';

const { resolve } = createRequire(import.meta.url);

/** In the file the blank is the last glyph and empty; fontkit reads its box from behind the end, so there is something. */
const BEHIND = Buffer.alloc(16);
const face = (weight: string) =>
  Buffer.concat([
    readFileSync(resolve(`@expo-google-fonts/nanum-gothic/${weight}/NanumGothic_${weight}.ttf`)),
    BEHIND,
  ]);
let faces: { regular: Buffer; bold: Buffer } | null = null;

type Pdf = PDFKit.PDFDocument;

/** An A4 document with the Korean font embedded (the signs in use only). `madeAt` is all of the clock that goes in. */
export async function pdfOf({ title, parts }: Printed, madeAt: Date): Promise<Buffer> {
  const pdf = new PDFDocument({
    size: 'A4',
    margin: 0, // or pdfkit breaks pages by itself
    bufferPages: true,
    lang: 'ko-KR',
    displayTitle: true,
    info: { Title: title, CreationDate: madeAt, ModDate: madeAt },
  });
  const chunks: Buffer[] = [];
  const ended = new Promise<void>((done, failed) => {
    pdf.on('data', (chunk: Buffer) => chunks.push(chunk));
    pdf.on('end', done);
    pdf.on('error', failed);
  });
  faces ??= { regular: face('400Regular'), bold: face('700Bold') };
  pdf.registerFont('regular', faces.regular);
  pdf.registerFont('bold', faces.bold);
  draw(pdf, parts);
  pdf.end();
  await ended;
  return Buffer.concat(chunks);
}

function draw(pdf: Pdf, parts: Printed['parts']): void {
  const measure: Measure = (text, size, bold) =>
    pdf.font(bold ? 'bold' : 'regular', size).widthOfString(printable(pdf, text));
  const space = { x: MARGIN.side, width: A4.width - 2 * MARGIN.side, bottom: A4.height - MARGIN.bottom };
  let page = 0;
  let y: number = MARGIN.top;
  const turnTo = (wanted: number) => {
    while (pdf.bufferedPageRange().count <= wanted) pdf.addPage({ size: 'A4', margin: 0 });
    pdf.switchToPage(wanted);
  };
  for (const part of parts) {
    if ('newPage' in part) {
      page++;
      y = MARGIN.top;
    } else if ('paragraph' in part) {
      for (const line of layLines([part.paragraph], space.width, measure)) {
        if (y + line.height > space.bottom) {
          page++;
          y = MARGIN.top;
        }
        turnTo(page);
        drawLine(pdf, line, space.x, y, space.width);
        y += line.height;
      }
    } else {
      const laid = layTable(part.table, { ...space, page, y }, measure);
      for (const box of laid.boxes) {
        turnTo(box.page);
        drawBox(pdf, box);
      }
      for (const frame of laid.frames) {
        turnTo(frame.page);
        pdf.lineWidth(LINE.thick).rect(frame.x, frame.y, frame.width, frame.height).stroke('black');
      }
      page = laid.page;
      y = laid.y + PADDING.y;
    }
  }
}

/** A cell: grey or white, a thin line round it, its text in the middle of its height. */
function drawBox(pdf: Pdf, { x, y, width, height, kind, lines }: Box): void {
  pdf.lineWidth(LINE.thin).rect(x, y, width, height);
  if (kind === 'plain') pdf.stroke('black');
  else pdf.fillAndStroke(`#${GREY}`, 'black');
  const used = lines.reduce((sum, line) => sum + line.height, 0);
  let at = y + Math.max(PADDING.y, (height - used) / 2);
  for (const line of lines) {
    drawLine(pdf, line, x + PADDING.x, at, width - 2 * PADDING.x);
    at += line.height;
  }
}

const SHARE = { left: 0, center: 0.5, right: 1 } as const;

function drawLine(pdf: Pdf, line: Line, x: number, y: number, width: number): void {
  pdf.font(line.bold ? 'bold' : 'regular', line.size).fillColor('black');
  const top = y + line.lead + line.size * 0.15;
  let at = x + line.indent + Math.max(0, width - line.indent - line.width) * SHARE[line.align];
  for (const piece of line.pieces) {
    if ('ticked' in piece) drawTick(pdf, piece.ticked, at, top, piece.width, line.size);
    else drawText(pdf, piece.text, at, top, line.size);
    at += piece.width;
  }
}

/** The font has no ☑: □ with a tick drawn over it, which programs that read the file aloud or copy from it call ☑. */
function drawTick(pdf: Pdf, ticked: boolean, x: number, y: number, width: number, size: number): void {
  if (!ticked) {
    pdf.text('□', x, y, { lineBreak: false });
    return;
  }
  pdf.markContent('Span', { actual: '☑' });
  pdf.text('□', x, y, { lineBreak: false });
  const middle = y + size * 0.58;
  pdf
    .lineWidth(size * 0.13)
    .moveTo(x + width * 0.2, middle - size * 0.08)
    .lineTo(x + width * 0.42, middle + size * 0.2)
    .lineTo(x + width * 0.86, middle - size * 0.42)
    .stroke('black');
  pdf.endMarkedContent();
}

const CIRCLED = /([①-⑨])/;
const FIRST_CIRCLED = '①'.charCodeAt(0) - 1;

/** The font has no ①…⑨ either: a number in a circle. */
function drawText(pdf: Pdf, text: string, x: number, y: number, size: number): void {
  let at = x;
  for (const piece of text.split(CIRCLED)) {
    if (piece === '') continue;
    const shown = printable(pdf, piece);
    const width = pdf.fontSize(size).widthOfString(shown);
    if (CIRCLED.test(piece)) {
      pdf.markContent('Span', { actual: piece });
      const digit = String(piece.charCodeAt(0) - FIRST_CIRCLED);
      pdf
        .lineWidth(0.5)
        .circle(at + width / 2, y + size * 0.6, size * 0.46)
        .stroke('black');
      pdf.fontSize(size * 0.7);
      pdf.text(digit, at + (width - pdf.widthOfString(digit)) / 2, y + size * 0.19, { lineBreak: false });
      pdf.fontSize(size).endMarkedContent();
    } else pdf.text(shown, at, y, { lineBreak: false });
    at += width;
  }
}

/** Signs that the font lacks (한자, emoji) show as 〓, the printers' mark for a sign that is wanting. */
function printable(pdf: Pdf, text: string): string {
  const { font } = (pdf as unknown as { _font: { font: FontkitFont } })._font;
  let shown = '';
  for (const sign of text.replaceAll('\u00A0', ' ')) {
    if (font.hasGlyphForCodePoint(sign.codePointAt(0) ?? 0)) shown += sign;
    else if (!/\p{M}/u.test(sign)) shown += '〓';
  }
  return shown;
}

interface FontkitFont {
  hasGlyphForCodePoint(codePoint: number): boolean;
}
