import { randomBytes } from 'node:crypto';
import { link, mkdir, open, readFile, rm } from 'node:fs/promises';
import { dirname } from 'node:path';

/**
 * Makes a file unless it exists, completely or not at all, also when several processes make it at once. The file is
 * written under another name and then linked: `link` is atomic and, unlike `rename`, never replaces a file.
 */
export async function makeOnce(file: string, mode: number, make: () => Promise<string>): Promise<void> {
  if (await exists(file)) return;
  const draft = `${file}.${randomBytes(6).toString('hex')}`;
  const text = await make();
  await mkdir(dirname(file), { recursive: true, mode: 0o700 });
  try {
    const handle = await open(draft, 'wx', mode);
    try {
      await handle.writeFile(text);
      await handle.sync();
    } finally {
      await handle.close();
    }
    await link(draft, file);
  } catch (error) {
    if (!isCode(error, 'EEXIST')) throw error;
  } finally {
    await rm(draft, { force: true });
  }
}

async function exists(file: string): Promise<boolean> {
  try {
    await readFile(file);
    return true;
  } catch (error) {
    if (isCode(error, 'ENOENT')) return false;
    throw error;
  }
}

function isCode(error: unknown, code: string): boolean {
  return error instanceof Error && 'code' in error && error.code === code;
}
