import { extensionOf, safeFileName } from '../core/file-name.ts';
import { kindOfContent } from './file-kind.ts';

/**
 * Which files may be attached. The guide (2-5): each at most 3 MB, hwp, doc, gif, jpg, pdf, and
 * nothing else for reasons of security; so what is inside decides, and the name must agree.
 */

export const ATTACHMENT_EXTENSIONS = ['hwp', 'doc', 'gif', 'jpg', 'pdf'] as const;
const MEGABYTE = 1024 * 1024;
export const MAX_ATTACHMENT_BYTES = 3 * MEGABYTE;
export const ATTACHMENT_HINT = 'hwp, doc, gif, jpg, pdf 파일만, 파일마다 3MB까지 첨부할 수 있습니다.';

/** Which files a place in the bot accepts. */
export interface FileRule {
  extensions: readonly string[];
  maxBytes: number;
  /** A sentence that tells people what they may attach. */
  hint: string;
}

/** The guide's rule for the attachments of a filing. */
export const FILING_FILES: FileRule = {
  extensions: ATTACHMENT_EXTENSIONS,
  maxBytes: MAX_ATTACHMENT_BYTES,
  hint: ATTACHMENT_HINT,
};

const DOCUMENTS = ['hwp', 'hwpx', 'doc', 'docx', 'xls', 'xlsx', 'pdf', 'gif', 'jpg', 'png'];

/** What people may attach to a question: documents, screenshots, logs; no archives. */
export const QUESTION_FILES: FileRule = {
  extensions: [...DOCUMENTS, 'txt', 'log'],
  maxBytes: 10 * MEGABYTE,
  hint: '문서(hwp, hwpx, doc, docx, xls, xlsx, pdf), 그림(gif, jpg, png), 로그(txt, log) 파일을 10MB까지 첨부할 수 있습니다.',
};

/** What officers may attach to notices, answers and the library (자료실). */
export const OFFICE_FILES: FileRule = {
  extensions: [...DOCUMENTS, 'ppt', 'pptx', 'txt', 'zip'],
  maxBytes: 10 * MEGABYTE,
  hint: 'hwp, hwpx, doc, docx, xls, xlsx, ppt, pptx, pdf, gif, jpg, png, txt, zip 파일을 10MB까지 첨부할 수 있습니다.',
};

type AttachmentCheck = { ok: true; type: string; safeName: string } | { ok: false; message: string };

/** Everyday names of the files that are refused most, by the kind that their content shows. */
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
  hwpml: 'HWPML 문서(글자로 저장한 한글 문서)',
  cfb: '종류를 알 수 없는 복합 문서',
  zip: '압축 파일(zip)',
  png: 'PNG 그림',
  bmp: 'BMP 그림',
  tif: 'TIFF 그림',
  webp: 'WebP 그림',
  heic: 'HEIC 사진',
  avif: 'AVIF 그림',
  svg: 'SVG 그림',
  psd: 'Photoshop 그림',
  ods: 'ODS 문서',
  odp: 'ODP 문서',
  docm: 'Word(docm) 문서',
  xlsm: 'Excel(xlsm) 문서',
  pptm: 'PowerPoint(pptm) 문서',
  exe: '실행 파일(exe)',
  html: '웹 문서(html)',
  text: '일반 텍스트',
  unknown: '종류를 알 수 없는 파일',
};
/** Kinds of files that a person can print to PDF, which is accepted. */
const CONVERTIBLE = new Set(
  'hwpx docx docm xlsx xlsm pptx pptm odt ods odp xls ppt rtf png bmp tif webp heic avif svg psd html text'.split(
    ' ',
  ),
);

/** Kinds that are refused everywhere, since others cannot open them or they open as two kinds; with what to do. */
const SEALED: Readonly<Record<string, string>> = {
  'two kinds':
    '앞이나 뒤에 다른 파일이 붙어 있어 다른 것으로도 열립니다. 원본 문서를 열어 다시 저장하거나 PDF로 인쇄하여 다시 첨부해 주십시오.',
  drm: '문서보안(DRM)이 걸려 있습니다. 문서보안(DRM)을 해제한 뒤 다시 첨부해 주십시오.',
  'locked hwp':
    '문서 암호가 걸려 있습니다. 한글에서 파일을 열고 [보안] → [문서 암호]에서 암호를 지운 뒤 저장하여 다시 첨부해 주십시오.',
  'locked doc':
    '열기 암호가 걸려 있습니다. Word에서 파일을 열고 [파일] → [정보] → [문서 보호] → [암호 설정]에서 암호를 지운 뒤 저장하여 다시 첨부해 주십시오.',
  'locked office':
    '열기 암호가 걸린 Office 문서입니다. [파일] → [정보]의 암호 설정에서 암호를 지운 뒤 저장하여 다시 첨부해 주십시오.',
  'locked pdf':
    '열기 암호가 걸린 PDF입니다. 문서를 열어 암호 없이 PDF로 다시 저장하거나 인쇄(PDF)하여 다시 첨부해 주십시오.',
};

/** The kind of content that an extension stands for, where the two names differ. */
const CLAIMS: Readonly<Record<string, string>> = { jpeg: 'jpg', jpe: 'jpg', txt: 'text', log: 'text' };
const claimOf = (extension: string): string => CLAIMS[extension] ?? extension;
/** Formats that are zip files inside; made by an unusual program, they cannot be told from other zip files. */
const ZIPPED = new Set(['docx', 'xlsx', 'pptx', 'hwpx']);
/** Why others cannot open a file of this kind, and what to do; null when they can. */
export function sealedText(kind: string): string | null {
  return SEALED[kind] ?? null;
}

/** The everyday name of a kind of file. */
export function describe(kind: string): string {
  return OTHER_NAMES[kind] ?? `${kind.toUpperCase()} 파일`;
}

function whatToDo(kind: string, { hint }: FileRule): string {
  if (kind === 'hwpml')
    return `한글에서 열고 [다른 이름으로 저장하기]로 파일 형식을 ‘한글 문서(*.hwp)’나 PDF로 골라 저장한 뒤 다시 첨부해 주십시오. ${hint}`;
  return CONVERTIBLE.has(kind) ? `PDF로 변환하여 다시 첨부해 주십시오. ${hint}` : hint;
}

function megabytes(bytes: number): string {
  // Rounded up, so that a file of one byte too many is not shown as exactly 3 MB.
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
  const sealed = sealedText(found);
  if (sealed) return refuse(sealed);
  const extension = extensionOf(safe);
  const claimed = claimOf(extension);
  // Where zip files are accepted, one with the extension docx counts as a docx.
  const kind = found === 'zip' && takes('zip') && ZIPPED.has(claimed) ? claimed : found;
  if (takes(kind) && kind === claimed) {
    const proper = rule.extensions.includes(extension) ? extension : kind === 'text' ? 'txt' : kind;
    return { ok: true, type: proper, safeName: `${safe.slice(0, -extension.length)}${proper}` };
  }
  // A docx or hwpx made by an unusual program looks like any zip file: then the name decides what to call it.
  const isVague = kind === 'zip' || kind === 'unknown' || kind === 'cfb';
  const spoken = isVague && CONVERTIBLE.has(claimed) ? claimed : kind;
  const content = takes(kind) && kind !== 'text' ? kind : describe(spoken);
  if (extension === '') {
    return refuse(`확장자가 없고 내용은 ${content}입니다. ${whatToDo(kind, rule)}`);
  }
  if (takes(claimed)) {
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
