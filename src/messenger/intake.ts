import { request } from 'undici';
import { safeFileName } from '../core/file-name.ts';
import { type FileRef, putBlob } from '../store/blobs.ts';
import type { Db } from '../store/store.ts';
import { checkAttachment, FILING_FILES, type FileRule } from './attachment-type.ts';
import type { ChosenFile } from './entered.ts';

/** From where the bot downloads files that a person chose. */
export interface FileSource {
  botToken: string;
  /** The origins (scheme, host and port) to which the bot may send its token. */
  origins: ReadonlySet<string>;
  /** Why a file must never be stored, such as a private key; null: it may be. Checked before anything else. */
  mustNotKeep(bytes: Buffer, name: string): string | null;
}

type Taken = { ok: true; ref: FileRef } | { ok: false; message: string };

/** What taking a file needs. */
export interface Intake {
  db: Db;
  now: () => Date;
  files: FileSource;
  /** Which files are accepted; those of a filing when left out. */
  rule?: FileRule;
}

/** Takes the first chosen file of each field. */
export async function takeFiles(intake: Intake, chosen: Record<string, ChosenFile[]>) {
  const refs: Record<string, FileRef[]> = {};
  const refused: Record<string, string> = {};
  for (const [name, [file]] of Object.entries(chosen)) {
    if (!file) continue;
    const taken = await takeFile(intake, file);
    if (taken.ok) refs[name] = [taken.ref];
    else refused[name] = taken.message;
  }
  return { refs, refused };
}

/** Downloads a chosen file, checks its content and stores it. A refused file is not stored. */
export async function takeFile(
  { db, now, files, rule = FILING_FILES }: Intake,
  chosen: ChosenFile,
): Promise<Taken> {
  const refuse = (why: string): Taken => ({ ok: false, message: `${safeFileName(chosen.name)}: ${why}` });
  if (chosen.size > rule.maxBytes) {
    return refuse(`${rule.maxBytes / 1024 / 1024}MB를 넘습니다. 크기를 줄여서 다시 올리십시오.`);
  }
  const bytes = await fetchChosen(files, chosen, rule.maxBytes).catch(() => null); // the connection broke or timed out
  if (!bytes) return refuse('파일을 읽지 못했습니다. 파일을 다시 올리십시오.');
  const forbidden = files.mustNotKeep(bytes, chosen.name);
  if (forbidden !== null) return { ok: false, message: forbidden };
  const checked = await checkAttachment({ name: chosen.name, bytes }, rule);
  if (!checked.ok) return { ok: false, message: checked.message };
  const sha256 = await putBlob(db, bytes, now());
  return { ok: true, ref: { sha256, name: checked.safeName, size: bytes.length, type: checked.type } };
}

/**
 * Downloads a chosen file. Null when that fails: without access Slack answers with a log-in page and status 200.
 */
export async function fetchChosen(
  source: FileSource,
  chosen: ChosenFile,
  maxBytes: number = FILING_FILES.maxBytes,
): Promise<Buffer | null> {
  const opened = await openChosen(source, chosen, 20_000);
  if (!opened) return null;
  const pieces: Uint8Array[] = [];
  let length = 0;
  for await (const piece of opened.bytes) {
    length += piece.length;
    pieces.push(piece);
    if (length > maxBytes) break; // larger than the payload said: the check of the size refuses what there is of it
  }
  if (opened.isPage && length !== chosen.size) return null;
  return Buffer.concat(pieces);
}

/**
 * Starts the download of a chosen file. Null when that fails. With `isPage` the content may be Slack's log-in page
 * instead of the file; the caller can tell by its length.
 */
export async function openChosen(
  { botToken, origins }: FileSource,
  { url }: Pick<ChosenFile, 'url'>,
  withinMs: number,
): Promise<{ bytes: AsyncIterable<Uint8Array>; isPage: boolean } | null> {
  if (!URL.canParse(url) || !origins.has(new URL(url).origin)) return null;
  const { statusCode, headers, body } = await request(url, {
    headers: { authorization: `Bearer ${botToken}` },
    signal: AbortSignal.timeout(withinMs),
  });
  if (statusCode !== 200) {
    body.on('error', () => undefined).destroy(); // ended early, it reports that as an error
    return null;
  }
  const isPage = String(headers['content-type'] ?? '').startsWith('text/html');
  return { bytes: body, isPage };
}
