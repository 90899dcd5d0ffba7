import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { FolderInUse, lockFolder } from '../../src/store/process-lock.ts';

let folder = '';
const children: ChildProcess[] = [];

beforeEach(() => {
  folder = join(mkdtempSync(join(tmpdir(), 'bogeup-lock-')), 'data');
});
afterEach(() => {
  for (const child of children.splice(0)) child.kill('SIGKILL');
  rmSync(join(folder, '..'), { recursive: true, force: true });
});

/** Starts a process that takes the folder. @returns what it said */
async function holder(): Promise<{ child: ChildProcess; said: string }> {
  const file = join(import.meta.dirname, 'lock-holder.ts');
  const child = spawn(process.execPath, ['--import', 'tsx', file, folder], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  children.push(child);
  const [chunk] = await once(child.stdout, 'data');
  return { child, said: String(chunk).trim() };
}

async function deadPid(): Promise<number> {
  const child = spawn(process.execPath, ['-e', '0']);
  await once(child, 'exit');
  return child.pid ?? 0;
}

test('makes the folder for its owner alone, takes it, and gives it back', () => {
  const unlock = lockFolder(folder);
  expect(readFileSync(join(folder, 'lock'), 'utf8')).toBe(String(process.pid));
  expect(() => lockFolder(folder)).toThrow(FolderInUse);
  unlock();
  expect(readdirSync(folder)).toEqual([]);
  lockFolder(folder)();
});

test('a folder of a living process is refused, by name of the process', async () => {
  const { child, said } = await holder();
  expect(said).toBe('held');
  expect(() => lockFolder(folder)).toThrow(`${folder} is in use by process ${child.pid}`);
});

test('a folder of a killed process is taken over', async () => {
  const { child } = await holder();
  child.kill('SIGKILL');
  await once(child, 'exit');
  expect(existsSync(join(folder, 'lock'))).toBe(true);
  lockFolder(folder)();
});

test.each(['', 'rubbish'])('a lock file that holds %j is taken over', (text) => {
  lockFolder(folder)();
  writeFileSync(join(folder, 'lock'), text);
  lockFolder(folder)();
});

test('a lock with the own pid that this process never took is an old one', () => {
  lockFolder(folder)();
  writeFileSync(join(folder, 'lock'), String(process.pid));
  lockFolder(folder)();
});

test('of several starting at once over a stale lock one gets in', async () => {
  lockFolder(folder)();
  writeFileSync(join(folder, 'lock'), String(await deadPid()));
  const said = (await Promise.all(Array.from({ length: 5 }, holder))).map((one) => one.said);
  expect(said.sort()).toEqual(['FolderInUse', 'FolderInUse', 'FolderInUse', 'FolderInUse', 'held']);
});
