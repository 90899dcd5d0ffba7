import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { copyLive } from '../../src/store/live-copy.ts';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'bogeup-live-'));
  mkdirSync(join(folder, 'from', 'base'), { recursive: true });
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const write = (name: string, content: string) => writeFileSync(join(folder, 'from', name), content);
const read = (name: string) => readFileSync(join(folder, 'to', name), 'utf8');

test('the copy is what the folder was while it was held', async () => {
  for (const name of ['base/same', 'base/changed', 'base/touched', 'old', 'new-and-gone'])
    write(name, 'before');
  for (const name of ['base/same', 'base/changed', 'old']) utimesSync(join(folder, 'from', name), 0, 0);
  const now = new Date();
  utimesSync(join(folder, 'from', 'base/touched'), now, now);
  await copyLive(join(folder, 'from'), join(folder, 'to'), async (finish) => {
    expect(read('base/changed')).toBe('before');
    writeFileSync(join(folder, 'to', 'base/same'), 'not copied again');
    write('base/touched', 'after!'); // of the same length
    utimesSync(join(folder, 'from', 'base/touched'), now, now); // within one tick of the file system
    write('base/changed', 'after');
    write('base/added', 'after');
    for (const name of ['old', 'new-and-gone']) rmSync(join(folder, 'from', name));
    await finish();
  });
  expect(readdirSync(join(folder, 'to'))).toEqual(['base']);
  expect(readdirSync(join(folder, 'to', 'base')).sort()).toEqual(['added', 'changed', 'same', 'touched']);
  expect(read('base/added')).toBe('after');
  expect(read('base/changed')).toBe('after');
  expect(read('base/touched')).toBe('after!');
  expect(read('base/same')).toBe('not copied again');
});

test('a folder that cannot be read is an error', async () => {
  await expect(copyLive(join(folder, 'none'), join(folder, 'to'), (finish) => finish())).rejects.toThrow(
    'ENOENT',
  );
});
