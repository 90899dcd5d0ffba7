import { existsSync, statSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

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
    const { mode } = statSync(file);
    if ((mode & 0o077) !== 0 && (mode & 0o170000) === 0o100000 && process.platform !== 'win32')
      warn(`${file} can be read by other accounts of this machine. Run: chmod 600 ${file}`);
    return null;
  } catch (error) {
    return `The settings in ${file} cannot be read (${(error as NodeJS.ErrnoException).code}). Check --env-file and its permissions.`;
  }
}
