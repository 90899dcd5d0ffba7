import { readFileSync } from 'node:fs';
import { SECRETS } from './settings.ts';

export const SECRET_FILES: readonly string[] = SECRETS.map((name) => `${name}_FILE`);

/**
 * Reads secrets from files, such as a service manager's credentials or a container's secrets.
 * @returns the secrets by the name of their setting, the paths of their files, and problems, which never quote a secret
 */
export function readSecretFiles(env: NodeJS.ProcessEnv): {
  secrets: Record<string, string>;
  files: string[];
  problems: string[];
} {
  const secrets: Record<string, string> = {};
  const files: string[] = [];
  const problems: string[] = [];
  for (const name of SECRETS) {
    const path = env[`${name}_FILE`]?.trim();
    if (!path) continue;
    files.push(path);
    if (env[name]?.trim()) problems.push(`${name} and ${name}_FILE are both set. Keep one.`);
    try {
      const text = readFileSync(path, 'utf8').trim();
      if (text) secrets[name] = text;
      else problems.push(`${name}_FILE names an empty file. Write the value of ${name} into it.`);
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      problems.push(`${name}_FILE names a file that cannot be read (${code}). Check its path and owner.`);
    }
  }
  return { secrets, files, problems };
}
