import { visibleText } from '../core/typed-text.ts';
import type { ChosenFile } from './entered.ts';
import { type FileSource, fetchChosen } from './intake.ts';

/** How much of each text file is read. */
const READ_BYTES = 64 * 1024;
const MOST_FILES = 3;

/** The content of a message's text files: Slack turns a long pasted text into such a file. */
export async function textOfFiles(source: FileSource, files: readonly ChosenFile[]): Promise<string> {
  const texts: string[] = [];
  for (const file of files.filter(({ isText }) => isText).slice(0, MOST_FILES)) {
    const bytes = await fetchChosen(source, file, READ_BYTES).catch(() => null); // the handler of the files reports it
    if (bytes && source.mustNotKeep(bytes, file.name) === null) texts.push(readableText(bytes));
  }
  return texts.filter(Boolean).join('\n');
}

/** The beginning of a text file, in Unicode or in the encoding of Korean Windows. Empty when it is not text. */
export function readableText(bytes: Buffer): string {
  const head = bytes.subarray(0, READ_BYTES);
  const text = decoded(head);
  // Logs may hold odd characters, but no zero bytes.
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
    // `stream`: a character that is cut at the end does not count as an error.
    return new TextDecoder('utf-8', { fatal: true }).decode(head, { stream: true });
  } catch {
    return new TextDecoder('euc-kr').decode(head, { stream: true });
  }
}
