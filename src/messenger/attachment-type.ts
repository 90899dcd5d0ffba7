import { fileTypeFromBuffer } from 'file-type';
import { extensionOf, safeFileName } from '../core/file-name.ts';
import { isCompoundFile, openCompoundFile } from './cfb.ts';

/**
 * Which files may be attached. The guide (2-5): each at most 3 MB, hwp, doc, gif, jpg, pdf, and
 * nothing else for reasons of security; so what is inside decides, and the name must agree.
 */

export const ATTACHMENT_EXTENSIONS = ['hwp', 'doc', 'gif', 'jpg', 'pdf'] as const;
const MEGABYTE = 1024 * 1024;
export const MAX_ATTACHMENT_BYTES = 3 * MEGABYTE;
export const ATTACHMENT_HINT = 'hwp, doc, gif, jpg, pdf 파일만, 파일마다 3MB까지 첨부할 수 있습니다.';

/** Which files are taken somewhere. */
export interface FileRule {
  extensions: readonly string[];
  maxBytes: number;
  /** What may be attached, in a sentence. */
  hint: string;
}

/** The guide's rule for what is attached to a filing. */
export const FILING_FILES: FileRule = {
  extensions: ATTACHMENT_EXTENSIONS,
  maxBytes: MAX_ATTACHMENT_BYTES,
  hint: ATTACHMENT_HINT,
};

const DOCUMENTS = ['hwp', 'hwpx', 'doc', 'docx', 'xls', 'xlsx', 'pdf', 'gif', 'jpg', 'png'];

/** What a question may bring along: documents, pictures of a screen, logs. Nothing that packs other files. */
export const QUESTION_FILES: FileRule = {
  extensions: [...DOCUMENTS, 'txt', 'log'],
  maxBytes: 10 * MEGABYTE,
  hint: '문서(hwp, hwpx, doc, docx, xls, xlsx, pdf), 그림(gif, jpg, png), 로그(txt, log) 파일을 10MB까지 첨부할 수 있습니다.',
};

/** What officers hand out: notices, the library, answers. */
export const OFFICE_FILES: FileRule = {
  extensions: [...DOCUMENTS, 'ppt', 'pptx', 'txt', 'zip'],
  maxBytes: 10 * MEGABYTE,
  hint: 'hwp, hwpx, doc, docx, xls, xlsx, ppt, pptx, pdf, gif, jpg, png, txt, zip 파일을 10MB까지 첨부할 수 있습니다.',
};

export type AttachmentCheck = { ok: true; type: string; safeName: string } | { ok: false; message: string };

/** What people call the files that are refused most, by what is found inside. */
const OTHER_NAMES: Readonly<Record<string, string>> = {
  hwpx: 'HWPX 문서',
  docx: 'Word(docx) 문서',
  xlsx: 'Excel(xlsx) 문서',
  pptx: 'PowerPoint(pptx) 문서',
  odt: 'ODT 문서',
  xls: 'Excel(xls) 문서',
  ppt: 'PowerPoint(ppt) 문서',
  rtf: 'RTF 문서',
  msi: '설치 파일(msi)',
  encrypted: '암호가 걸린 Office 문서',
  cfb: '종류를 알 수 없는 복합 문서',
  zip: '압축 파일(zip)',
  png: 'PNG 그림',
  exe: '실행 파일(exe)',
  html: '웹 문서(html)',
  text: '일반 텍스트',
  unknown: '종류를 알 수 없는 파일',
};
/** Files that a PDF printer can turn into something that is taken. */
const CONVERTIBLE = new Set('hwpx docx xlsx pptx odt xls ppt rtf png html text'.split(' '));

/** The kind of content that an extension claims, where it is called otherwise. */
const CLAIMS: Readonly<Record<string, string>> = { jpeg: 'jpg', jpe: 'jpg', txt: 'text', log: 'text' };
const claimOf = (extension: string): string => CLAIMS[extension] ?? extension;
/** Written as a zip, and looking like any other when it was made in an unusual way. */
const ZIPPED = new Set(['docx', 'xlsx', 'pptx', 'hwpx']);
const HWP3_SIGNATURE = 'HWP Document File V3.0';
const HWP5_SIGNATURE = 'HWP Document File';

function latin1(bytes: Uint8Array, length: number): string {
  return Buffer.from(bytes.subarray(0, length)).toString('latin1');
}

function kindOfCompoundFile(bytes: Uint8Array): string {
  const file = openCompoundFile(bytes);
  if (!file) return 'unknown';
  const header = file.head('FileHeader', HWP5_SIGNATURE.length);
  if (header && latin1(header, header.length) === HWP5_SIGNATURE) return 'hwp';
  if (file.names.includes('EncryptedPackage')) return 'encrypted';
  if (file.names.includes('WordDocument')) return 'doc';
  if (file.names.includes('Workbook') || file.names.includes('Book')) return 'xls';
  if (file.names.includes('PowerPoint Document')) return 'ppt';
  // The names of an installer's tables are squeezed into characters from U+3800 on.
  return file.names.some((name) => /^[\u3800-\u4840]/.test(name)) ? 'msi' : 'cfb';
}

/** `hwp`, `doc`, …, or the kind of what may not be attached, `unknown` at worst. Never throws. */
async function kindOfContent(bytes: Uint8Array): Promise<string> {
  if (isCompoundFile(bytes)) return kindOfCompoundFile(bytes);
  const head = latin1(bytes, 1024);
  if (head.startsWith(HWP3_SIGNATURE)) return 'hwp';
  // A zip whose first entry, uncompressed, says what it is.
  if (head.startsWith('PK') && head.includes('mimetypeapplication/hwp+zip')) return 'hwpx';
  const sniffed = await fileTypeFromBuffer(bytes).catch(() => undefined);
  if (sniffed?.ext === 'gif') return /^GIF8[79]a/.test(head) ? 'gif' : 'unknown';
  if (sniffed) return sniffed.ext;
  if (/^\s*<(?:!doctype|html|\?xml|script)/i.test(head)) return 'html';
  if (head.includes('%PDF-')) return 'pdf';
  return /[^\t\n\r\x20-\x7e\x80-\xff]/.test(head) ? 'unknown' : 'text';
}

function describe(kind: string): string {
  return OTHER_NAMES[kind] ?? `${kind.toUpperCase()} 파일`;
}

function whatToDo(kind: string, { hint }: FileRule): string {
  return CONVERTIBLE.has(kind) ? `PDF로 변환하여 다시 첨부해 주십시오. ${hint}` : hint;
}

function megabytes(bytes: number): string {
  // Rounded up, so that a byte too many does not read as exactly 3 MB.
  return `${(Math.ceil((bytes / 1024 / 1024) * 100) / 100).toFixed(2)}MB`;
}

/**
 * Checks one file by size, content and name, in that order. The refusal names the file, what is
 * wrong with it and what to do; the name handed back is safe, with the extension of the type.
 */
export async function checkAttachment(
  file: { name: string; bytes: Uint8Array },
  rule: FileRule = FILING_FILES,
): Promise<AttachmentCheck> {
  const safe = safeFileName(file.name);
  const refuse = (message: string): AttachmentCheck => ({
    ok: false,
    message: `‘${safe}’ 파일은 ${message}`,
  });
  const takes = (kind: string) => rule.extensions.some((extension) => claimOf(extension) === kind);

  if (file.bytes.length === 0) return refuse('비어 있습니다. 파일을 확인하고 다시 첨부해 주십시오.');
  if (file.bytes.length > rule.maxBytes) {
    return refuse(
      `${megabytes(file.bytes.length)}로 ${rule.maxBytes / MEGABYTE}MB를 넘습니다. 용량을 줄여 다시 첨부해 주십시오.`,
    );
  }
  const found = await kindOfContent(file.bytes);
  const extension = extensionOf(safe);
  const named = claimOf(extension);
  // Where zips are taken, one that is called a docx is taken for what it says.
  const kind = found === 'zip' && takes('zip') && ZIPPED.has(named) ? named : found;
  if (takes(kind) && kind === named) {
    const proper = rule.extensions.includes(extension) ? extension : kind === 'text' ? 'txt' : kind;
    return { ok: true, type: proper, safeName: `${safe.slice(0, -extension.length)}${proper}` };
  }
  // A docx or hwpx that was made in an unusual way looks like any zip; the name knows better.
  const isVague = kind === 'zip' || kind === 'unknown' || kind === 'cfb';
  const spoken = isVague && CONVERTIBLE.has(named) ? named : kind;
  const content = takes(kind) && kind !== 'text' ? kind : describe(spoken);
  if (extension === '') {
    return refuse(`확장자가 없고 내용은 ${content}입니다. ${whatToDo(kind, rule)}`);
  }
  if (takes(named)) {
    const again = takes(kind) ? `확장자를 ${kind}로 바로잡아 다시 첨부해 주십시오.` : whatToDo(kind, rule);
    return refuse(`이름은 ${extension}인데 내용은 ${content}입니다. ${again}`);
  }
  if (takes(kind)) {
    return refuse(
      `이름은 ${extension}인데 내용은 ${kind}입니다. 확장자를 ${kind}로 바로잡아 다시 첨부해 주십시오.`,
    );
  }
  return refuse(`${content}입니다. ${whatToDo(spoken, rule)}`);
}
