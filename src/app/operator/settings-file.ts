import { existsSync, statSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** Beside package.json, wherever the command is given from. */
const BESIDE_THE_PROGRAM = fileURLToPath(new URL('../../../.env', import.meta.url));

/**
 * Takes settings from a file, where the environment has none of that name: the one that is named, else `.env` beside the
 * program if there is one. @returns what is wrong with it, else null
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
