import PDFDocument from 'pdfkit';
import { A4, GREY, LINE, MARGIN, PADDING } from './look.ts';
import type { Printed } from './paper.ts';
import { type Box, layTable } from './pdf-table.ts';
import { type Line, layLines, type Measure } from './pdf-text.ts';
import { type Face, faceBytes, type SignRun, signRuns, type Weight } from './signs.ts';

type Pdf = PDFKit.PDFDocument;

/**
 * Makes an A4 document with the used characters of the Korean font embedded. Its only date is `madeAt`, so the same
 * input makes the same file.
 */
export async function pdfOf({ title, parts }: Printed, madeAt: Date): Promise<Buffer> {
  const pdf = new PDFDocument({
    size: 'A4',
    margin: 0, // with a margin pdfkit would break pages by itself
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
  draw(pdf, parts);
  pdf.end();
  await ended;
  return Buffer.concat(chunks);
}

function draw(pdf: Pdf, parts: Printed['parts']): void {
  const measure: Measure = (text, size, bold) =>
    runsOf(pdf, text, bold ? 'bold' : 'regular').reduce((sum, run) => sum + widthOf(pdf, run, size), 0);
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

/** Draws a cell, grey or white, with a thin line around it and its text in the middle of its height. */
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
  const weight = line.bold ? 'bold' : 'regular';
  pdf.fillColor('black');
  const top = y + line.lead + line.size * 0.15;
  let at = x + line.indent + Math.max(0, width - line.indent - line.width) * SHARE[line.align];
  for (const piece of line.pieces) {
    if ('ticked' in piece) {
      useFace(pdf, weight, line.size);
      drawTick(pdf, piece.ticked, { x: at, y: top, width: piece.width, size: line.size });
    } else drawText(pdf, runsOf(pdf, piece.text, weight), at, top, line.size);
    at += piece.width;
  }
}

/** The place of a drawn sign, and the size of the letters next to it. */
interface SignBox {
  x: number;
  y: number;
  width: number;
  size: number;
}

/** Draws a tick over □, because the font has no ☑. Screen readers and copied text get ☑. */
function drawTick(pdf: Pdf, ticked: boolean, { x, y, width, size }: SignBox): void {
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

/** How much lower the second face puts its base line, as a share of the size. */
const MORE_RISE = 0.316;

function drawText(pdf: Pdf, runs: readonly SignRun[], x: number, y: number, size: number): void {
  let at = x;
  for (const run of runs) {
    const width = widthOf(pdf, run, size);
    // The second face is raised, so that both faces share one base line.
    const rise = run.face.endsWith('.more') ? size * MORE_RISE : 0;
    if (run.actual !== undefined) pdf.markContent('Span', { actual: run.actual });
    if (run.circled) drawCircled(pdf, run.circled, { x: at, y, width, size });
    else pdf.text(run.shown, at, y - rise, { lineBreak: false });
    if (run.actual !== undefined) pdf.endMarkedContent();
    at += width;
  }
}

function drawCircled(pdf: Pdf, digit: string, { x, y, width, size }: SignBox): void {
  pdf
    .lineWidth(0.5)
    .circle(x + width / 2, y + size * 0.6, size * 0.46)
    .stroke('black');
  pdf.fontSize(size * 0.7);
  pdf.text(digit, x + (width - pdf.widthOfString(digit)) / 2, y + size * 0.19, { lineBreak: false });
}

function widthOf(pdf: Pdf, { face, shown }: SignRun, size: number): number {
  return useFace(pdf, face, size).widthOfString(shown);
}

const registered = new WeakMap<Pdf, Set<Face>>();

/** Selects a face. A face is added to the document when it is first used. */
function useFace(pdf: Pdf, face: Face, size: number): Pdf {
  const known = registered.get(pdf) ?? new Set();
  registered.set(pdf, known);
  if (!known.has(face)) pdf.registerFont(face, faceBytes(face));
  known.add(face);
  return pdf.font(face, size);
}

function runsOf(pdf: Pdf, text: string, weight: Weight): SignRun[] {
  return signRuns(text, weight, (face, sign) => {
    const { font } = (useFace(pdf, face, 10) as unknown as { _font: { font: FontkitFont } })._font;
    return font.hasGlyphForCodePoint(sign.codePointAt(0) ?? 0);
  });
}

interface FontkitFont {
  hasGlyphForCodePoint(codePoint: number): boolean;
}
