import { visibleText } from '../core/typed-text.ts';
import type { ChosenFile } from './entered.ts';
import { type FileSource, fetchChosen } from './intake.ts';

/** Of each text file; what follows is left unread. */
const READ_BYTES = 64 * 1024;
const MOST_FILES = 3;

/** What the text files of a message say: long texts that are pasted become one by themselves. */
export async function textOfFiles(source: FileSource, files: readonly ChosenFile[]): Promise<string> {
  const texts: string[] = [];
  for (const file of files.filter(({ isText }) => isText).slice(0, MOST_FILES)) {
    const bytes = await fetchChosen(source, file, READ_BYTES).catch(() => null); // said by whoever looks at files
    if (bytes && source.mustNotKeep(bytes, file.name) === null) texts.push(readableText(bytes));
  }
  return texts.filter(Boolean).join('\n');
}

/** The beginning of a text file: Unicode, or else as Korean Windows writes it. Empty when it is no text. */
export function readableText(bytes: Buffer): string {
  const head = bytes.subarray(0, READ_BYTES);
  const text = decoded(head);
  // Logs hold odd signs, but no zeros.
  return text.includes('\0') ? '' : visibleText(text).trim();
}

function decoded(head: Buffer): string {
  const marks = [
    { mark: [0xff, 0xfe], name: 'utf-16le' },
    { mark: [0xfe, 0xff], name: 'utf-16be' },
  ];
  const wide = marks.find(({ mark }) => mark.every((byte, at) => head[at] === byte));
  if (wide) return new TextDecoder(wide.name).decode(head);
  try {
    // `stream`: a letter that the end cuts in two is no fault.
    return new TextDecoder('utf-8', { fatal: true }).decode(head, { stream: true });
  } catch {
    return new TextDecoder('euc-kr').decode(head, { stream: true });
  }
}
