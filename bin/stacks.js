import { readFileSync } from 'node:fs';
import { SourceMap } from 'node:module';
import { fileURLToPath } from 'node:url';

/** The source map of each built file; null: it has none, or it cannot be read. */
const maps = new Map();

/**
 * Makes stacks name the source files. Node's own way reads the maps of all files at the start, which takes a tenth of a
 * second; this one reads the map of a file only when a stack contains it.
 */
export function nameSources() {
  Error.prepareStackTrace = (error, frames) =>
    [headOf(error), ...frames.map((frame) => `    at ${placeOf(frame)}`)].join('\n');
}

function headOf(error) {
  try {
    return String(error);
  } catch {
    return 'Error';
  }
}

function placeOf(frame) {
  const text = String(frame);
  const file = frame.getFileName() ?? '';
  const [line, column] = [frame.getLineNumber(), frame.getColumnNumber()];
  if (!line || !column || !file.includes('/dist/program/')) return text;
  const entry = mapOf(file)?.findEntry(line - 1, column - 1);
  if (entry?.originalSource === undefined) return text;
  const source = fileURLToPath(new URL(entry.originalSource, file));
  return text.replace(
    `${file}:${line}:${column}`,
    `${source}:${entry.originalLine + 1}:${entry.originalColumn + 1}`,
  );
}

function mapOf(file) {
  if (!maps.has(file)) maps.set(file, readMap(file));
  return maps.get(file);
}

function readMap(file) {
  try {
    return new SourceMap(JSON.parse(readFileSync(fileURLToPath(`${file}.map`), 'utf8')));
  } catch {
    return null;
  }
}
