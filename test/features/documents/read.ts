import { spawnSync } from 'node:child_process';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inflateRawSync } from 'node:zlib';

/** Reads made documents with other programs than those that made them. */
export const hasPoppler = spawnSync('pdftotext', ['-v']).status === 0;

/** The text of a PDF, blanks and line ends taken out: where lines break is layout. */
export function pdfText(bytes: Uint8Array): string {
  return poppler('pdftotext', bytes, ['-'], ['-raw']).replace(/\s+/g, '');
}

/** Names of the fonts of a PDF that are embedded as a subset. */
export function embeddedFonts(bytes: Uint8Array): string[] {
  return poppler('pdffonts', bytes, [])
    .split('\n')
    .slice(2)
    .filter((line) => /\byes +yes +yes\b/.test(line))
    .map((line) => line.split(/\s+/)[0] ?? '');
}

export function pageCount(bytes: Uint8Array): number {
  return Number(/^Pages:\s+(\d+)/m.exec(poppler('pdfinfo', bytes, []))?.[1]);
}

function poppler(program: string, bytes: Uint8Array, after: string[], before: string[] = []): string {
  const file = join(mkdtempSync(join(tmpdir(), 'bogeup-pdf-')), 'document.pdf');
  writeFileSync(file, bytes);
  const { status, stdout, stderr } = spawnSync(program, [...before, file, ...after], { encoding: 'utf8' });
  if (status !== 0 || stderr !== '') throw new Error(`${program}: ${stderr}`);
  return stdout;
}

/** One file out of a zip, by its central directory. */
export function unzip(zip: Buffer, name: string): Buffer {
  const end = zip.lastIndexOf(Buffer.from('PK\x05\x06', 'latin1'));
  let at = zip.readUInt32LE(end + 16);
  for (let left = zip.readUInt16LE(end + 10); left > 0; left--) {
    const nameLength = zip.readUInt16LE(at + 28);
    if (zip.toString('utf8', at + 46, at + 46 + nameLength) === name) {
      const local = zip.readUInt32LE(at + 42);
      const start = local + 30 + zip.readUInt16LE(local + 26) + zip.readUInt16LE(local + 28);
      const body = zip.subarray(start, start + zip.readUInt32LE(at + 20));
      return zip.readUInt16LE(at + 10) === 0 ? body : inflateRawSync(body);
    }
    at += 46 + nameLength + zip.readUInt16LE(at + 30) + zip.readUInt16LE(at + 32);
  }
  throw new Error(`no ${name} in the zip`);
}

/** The text of a DOCX, blanks taken out, boxes included. */
export function docxText(bytes: Uint8Array): string {
  const xml = unzip(Buffer.from(bytes), 'word/document.xml').toString('utf8');
  // Controls that XML cannot hold would make Word refuse the file.
  if (/[^\P{Cc}\t\n\r]|[\uFFFE\uFFFF]/u.test(xml)) throw new Error('not XML');
  return xml
    .replace(/<w:sym [^>]*w:char="([0-9A-Fa-f]+)"[^>]*>/g, (_, code) =>
      String.fromCharCode(Number.parseInt(code, 16)),
    )
    .replace(/<[^>]+>/g, '')
    .replace(/&(lt|gt|amp|quot|apos);/g, (_, name: string) => ENTITIES[name] ?? '')
    .replace(/\s+/g, '');
}
const ENTITIES: Record<string, string> = { lt: '<', gt: '>', amp: '&', quot: '"', apos: "'" };
