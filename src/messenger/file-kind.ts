import { fileTypeFromBuffer } from 'file-type';
import { isCompoundFile, openCompoundFile } from './cfb.ts';
import { isDrmWrapped } from './drm.ts';
import { needsPassword } from './pdf-lock.ts';

const HWP3_SIGNATURE = 'HWP Document File V3.0';
const HWP5_SIGNATURE = 'HWP Document File';

/** The beginning of an HWPML document; it may be in UTF-16, from which the zero bytes are removed first. */
const HWPML = /^(?:\xef\xbb\xbf|\xff\xfe|\xfe\xff)?\s*<(?:[?!][\s\S]*<)?HWPML\b/;
const SVG = /^\s*(?:<\?xml[^>]*>\s*)?(?:<!--[^>]*-->\s*)?(?:<!DOCTYPE svg[^>]*>\s*)?<svg\b/i;

function latin1(bytes: Uint8Array, length: number): string {
  return Buffer.from(bytes.subarray(0, length)).toString('latin1');
}

function kindOfCompoundFile(bytes: Uint8Array): string {
  const file = openCompoundFile(bytes);
  if (!file) return 'unknown';
  const header = file.head('FileHeader', 40);
  if (header && latin1(header, HWP5_SIGNATURE.length) === HWP5_SIGNATURE) return kindOfHwp5(header);
  if (file.names.includes('EncryptedPackage')) return 'locked office';
  if (file.names.includes('WordDocument')) return kindOfWord(file.head('WordDocument', 12));
  if (file.names.includes('Workbook') || file.names.includes('Book')) return 'xls';
  if (file.names.includes('PowerPoint Document')) return 'ppt';
  // An installer (msi) encodes the names of its tables in characters from U+3800 on.
  return file.names.some((name) => /^[\u3800-\u4840]/.test(name)) ? 'msi' : 'cfb';
}

/**
 * Reads the property bits at byte 36: 2 is a password, 16 is DRM, 256 and 1024 are the same by certificate. Bit 4 is
 * ignored: it only locks editing.
 */
function kindOfHwp5(header: Uint8Array): string {
  const properties = (header[36] ?? 0) + 256 * (header[37] ?? 0);
  if (properties & (16 | 1024)) return 'drm';
  return properties & (2 | 256) ? 'locked hwp' : 'hwp';
}

/** The older format: the two bytes at 96 after the signature of 30 bytes are not zero when there is a password. */
function kindOfHwp3(bytes: Uint8Array): string {
  return bytes[126] || bytes[127] ? 'locked hwp' : 'hwp';
}

/** Reads the bit fEncrypted ([MS-DOC], FibBase). A document that is locked against editing only is not encrypted. */
function kindOfWord(head: Uint8Array | null): string {
  const isFib = head?.[0] === 0xec && head[1] === 0xa5;
  return isFib && (head[11] ?? 0) & 1 ? 'locked doc' : 'doc';
}

/** What may precede a PDF without changing its kind: blanks, zeros, a byte order mark, printer commands. */
const BEFORE_PDF = /^(?:%-12345X)?(?:@PJL[\w =:;,.()"/-]*)?$/;

/** Whether something else precedes the PDF: a script, page or picture in front would open as that. */
function beginsOtherwise(head: string): boolean {
  const before = head.slice(0, head.indexOf('%PDF-')).replace(/^\xef\xbb\xbf/, '');
  return !before.split(/[\r\n]/).every((line) => BEFORE_PDF.test(line.replace(/[\p{Cc}\s]+/gu, ' ').trim()));
}

const END_OF_ZIP = Buffer.from('PK\x05\x06', 'latin1');
const END_BYTES = 22;

/** Whether a zip directory is at the end of the file: programs look for it there, however the file begins. */
function endsAsZip(bytes: Uint8Array): boolean {
  const file = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
  const from = Math.max(0, file.length - END_BYTES - 0xffff); // a comment may follow the directory
  for (let at = file.indexOf(END_OF_ZIP, from); at >= 0; at = file.indexOf(END_OF_ZIP, at + 1))
    if (at + END_BYTES <= file.length && at + END_BYTES + file.readUInt16LE(at + 20) === file.length)
      return true;
  return false;
}

/** Accepted kinds that are not zip files. */
const UNZIPPED = ['hwp', 'doc', 'xls', 'ppt', 'gif', 'jpg', 'png', 'pdf'];

/**
 * The kind of a file by its content: `hwp`, `doc`, … or a kind that is never accepted. `drm` and `locked …` mean that
 * others cannot open it, `two kinds` that it also opens as another kind, `unknown` anything else. Never throws.
 */
export async function kindOfContent(bytes: Uint8Array): Promise<string> {
  const kind = await firstKind(bytes);
  return UNZIPPED.includes(kind) && endsAsZip(bytes) ? 'two kinds' : kind;
}

/** The kind of a file by its first bytes. */
async function firstKind(bytes: Uint8Array): Promise<string> {
  if (isDrmWrapped(bytes)) return 'drm';
  if (isCompoundFile(bytes)) return kindOfCompoundFile(bytes);
  const head = latin1(bytes, 1024);
  if (head.startsWith(HWP3_SIGNATURE)) return kindOfHwp3(bytes);
  // In some formats the first entry of the zip file is uncompressed and names the format.
  if (head.startsWith('PK') && head.includes('mimetypeapplication/hwp+zip')) return 'hwpx';
  if (HWPML.test(head.replaceAll('\0', ''))) return 'hwpml';
  const sniffed = await fileTypeFromBuffer(bytes).catch(() => undefined);
  if (sniffed?.ext === 'gif') return /^GIF8[79]a/.test(head) ? 'gif' : 'unknown';
  if (sniffed?.ext === 'pdf') return kindOfPdf(bytes);
  if (sniffed && sniffed.ext !== 'xml') return sniffed.ext;
  if (SVG.test(head)) return 'svg';
  if (/^\s*<(?:!doctype|html|\?xml|script)/i.test(head)) return 'html';
  if (head.includes('%PDF-')) return beginsOtherwise(head) ? 'two kinds' : kindOfPdf(bytes);
  return /[^\t\n\r\x20-\x7e\x80-\xff]/.test(head) ? 'unknown' : 'text';
}

function kindOfPdf(bytes: Uint8Array): string {
  return needsPassword(bytes) ? 'locked pdf' : 'pdf';
}
