import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { intoFile, readArgument, requireFile } from '../../../src/app/operator/given-file.ts';

const cli = join(import.meta.dirname, '../../../src/app/operator/cli.ts');
let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'bogeup-given-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

test('a file that cannot be used is named, and why', () => {
  const file = join(folder, 'file');
  writeFileSync(file, 'content');
  expect(requireFile(file)).toBe(7);
  expect(readArgument(file)).toEqual({ name: 'file', base64: Buffer.from('content').toString('base64') });
  for (const use of [requireFile, readArgument]) {
    expect(() => use(join(folder, 'none'))).toThrow(`There is no file ${join(folder, 'none')}.`);
    expect(() => use(folder)).toThrow(`${folder} is not a file.`);
  }
  const nowhere = join(folder, 'none', 'file');
  expect(() => intoFile(nowhere, '')).toThrow(`${nowhere} cannot be written (ENOENT).`);
  intoFile(file, 'secret', 0o600);
  expect(readFileSync(file, 'utf8')).toBe('secret');
  intoFile(join(folder, 'own'), '', 0o600);
  expect(statSync(join(folder, 'own')).mode & 0o077).toBe(0);
});

test('a command that is given no such file ends with one line', () => {
  const args = ['--import', 'tsx', cli, '--env-file', '/dev/null', 'audit', 'verify'];
  const { PATH, HOME } = process.env;
  const { status, stderr } = spawnSync(process.execPath, [...args, '--checkpoints', join(folder, 'none')], {
    env: { PATH, HOME, DATA_DIR: folder },
    encoding: 'utf8',
    cwd: join(import.meta.dirname, '../../..'),
  });
  expect(stderr).toBe(`There is no file ${join(folder, 'none')}.\n`);
  expect(status).toBe(1);
});
