import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
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

const HOLDER = join(import.meta.dirname, 'lock-holder.ts');
/** A container in little: numbers of processes, and the network, of its own. */
const APART = ['-n', '-pf', '--mount-proc'];
const mayUnshare = spawnSync('unshare', [...APART, 'true']).status === 0;

/** Starts a process that takes the folder. @returns what it said */
async function holder(before: string[] = []): Promise<{ child: ChildProcess; said: string }> {
  const [program = '', ...args] = [...before, process.execPath, '--import', 'tsx', HOLDER, folder];
  const child = spawn(program, args, { stdio: ['pipe', 'pipe', 'inherit'] });
  children.push(child);
  const [chunk] = await once(child.stdout, 'data');
  return { child, said: String(chunk).trim() };
}

test('makes the folder, takes it, and gives it back', async () => {
  const unlock = await lockFolder(folder);
  await expect(lockFolder(folder)).rejects.toThrow(FolderInUse);
  await expect(lockFolder(folder)).rejects.toThrow(`${folder} is in use by process ${process.pid}, which`);
  await unlock();
  await (await lockFolder(folder))();
  expect(readdirSync(join(folder, '.lock')).sort()).toEqual(['2', 'owner.json']); // and nothing piles up
});

test('a folder of a living process is refused, by name of the process', async () => {
  const { child, said } = await holder();
  expect(said).toBe('held');
  await expect(lockFolder(folder)).rejects.toThrow(`${folder} is in use by process ${child.pid},`);
});

test('a folder of a killed process is taken over, also before its parent has looked', async () => {
  const { child } = await holder();
  child.kill('SIGKILL');
  await once(child, 'exit');
  await (await lockFolder(folder))();
});

test.runIf(mayUnshare)('a bot in a container and one beside it never share a folder', async () => {
  const { child, said } = await holder(['unshare', ...APART]);
  expect(said).toBe('held');
  await expect(lockFolder(folder)).rejects.toThrow(/in use by process 1 of another container/);
  expect((await holder(['unshare', ...APART])).said).toMatch(
    /^FolderInUse: .*in use by process 1 of another/,
  );
  child.stdin?.end();
  await once(child, 'exit');
  await (await lockFolder(folder))(); // what process 1 of a container left keeps nobody out
});

test.each([String(process.pid), '1', '', 'rubbish'])(
  'a lock file of an earlier version that holds %j keeps nobody out, whoever has that number now',
  async (text) => {
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, 'lock'), text);
    await (await lockFolder(folder))();
    expect(existsSync(join(folder, 'lock'))).toBe(false);
  },
);

test('a copy of a folder in use is a folder of its own', async () => {
  await holder();
  const copy = `${folder}-copy`;
  spawnSync('cp', ['-a', folder, copy]);
  expect(readdirSync(join(copy, '.lock'))).toContain('1');
  await (await lockFolder(copy))();
  const plain = `${folder}-plain`; // as an archive keeps it: without sockets
  cpSync(join(folder, '.lock/owner.json'), join(plain, '.lock/owner.json'));
  await (await lockFolder(plain))();
  await expect(lockFolder(folder)).rejects.toThrow(FolderInUse);
});

test('a folder at the end of a path that is too long for a socket', async () => {
  const deep = join(folder, 'd'.repeat(80), 'e'.repeat(80));
  const unlock = await lockFolder(deep);
  await expect(lockFolder(deep)).rejects.toThrow(`in use by process ${process.pid}`);
  await unlock();
});

test('of several starting at once over a dead lock one gets in', async () => {
  await (await lockFolder(folder))();
  const said = (await Promise.all(Array.from({ length: 5 }, () => holder()))).map((one) => one.said);
  expect(said.map((text) => text.split(':')[0]).sort()).toEqual([
    ...Array.from({ length: 4 }, () => 'FolderInUse'),
    'held',
  ]);
});

test('many takers in one process: one at a time, to the last', async () => {
  let inside = 0;
  let taken = 0;
  const take = async (): Promise<void> => {
    try {
      const unlock = await lockFolder(folder);
      expect(++inside).toBe(1);
      await new Promise(setImmediate);
      inside--;
      await unlock();
      taken++;
    } catch (error) {
      if (!(error instanceof FolderInUse)) throw error;
      await new Promise(setImmediate);
      await take();
    }
  };
  await Promise.all(Array.from({ length: 12 }, take));
  expect(taken).toBe(12);
});
