import { accessSync, constants, readFileSync, statSync, writeFileSync } from 'node:fs';
import { basename } from 'node:path';
import { OperatorMistake } from './mistake.ts';

/** A file that the operator named, as an argument of a command. @throws OperatorMistake */
export function readArgument(path: string): { name: string; base64: string } {
  return { name: basename(path), base64: onFile(path, () => readFileSync(path)).toString('base64') };
}

/** The size of a file that is there and may be read. @throws OperatorMistake */
export function requireFile(path: string): number {
  const { size, isFile } = onFile(path, () => {
    accessSync(path, constants.R_OK);
    const found = statSync(path);
    return { size: found.size, isFile: found.isFile() };
  });
  if (!isFile) throw new OperatorMistake(`${path} is not a file.`);
  return size;
}

/** @throws OperatorMistake that names the file */
function onFile<T>(path: string, look: () => T): T {
  try {
    return look();
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT') throw new OperatorMistake(`There is no file ${path}.`);
    if (code === 'EISDIR') throw new OperatorMistake(`${path} is not a file.`);
    throw new OperatorMistake(`${path} cannot be read (${code}). Check its permissions.`);
  }
}

/** Writes a file that the operator named. @throws OperatorMistake that names it */
export function intoFile(path: string, content: string | Uint8Array, mode = 0o666): void {
  try {
    writeFileSync(path, content, { mode });
  } catch (error) {
    throw new OperatorMistake(`${path} cannot be written (${(error as NodeJS.ErrnoException).code}).`);
  }
}
