import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { closeToOthers } from '../key-files.ts';

/** The `.env` next to package.json, whatever the current directory is. */
const BESIDE_THE_PROGRAM = fileURLToPath(new URL('../../../.env', import.meta.url));

/**
 * Reads settings from the named file, else from `.env` in the program's folder if there is one; settings in the
 * environment have precedence. @returns what is wrong with the file, else null
 */
export function loadSettingsFile(
  named: string | undefined,
  warn: (line: string) => void,
  usual = BESIDE_THE_PROGRAM,
): string | null {
  if (named === undefined && !existsSync(usual)) return null;
  const file = named ?? usual;
  try {
    process.loadEnvFile(file);
    const open = closeToOthers(file);
    if (open) warn(open);
    return null;
  } catch (error) {
    return `The settings in ${file} cannot be read (${(error as NodeJS.ErrnoException).code}). Check --env-file and its permissions.`;
  }
}
