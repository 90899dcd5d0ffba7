import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { SECRETS, SETTINGS } from '../../src/app/settings.ts';
import { readSources } from './sources.ts';

const root = join(import.meta.dirname, '../..');
const read = (path: string) => readFileSync(join(root, path), 'utf8');

test('the example names every setting and no other, all commented out', () => {
  const text = read('deploy/bogeup.env.example');
  const named = [...text.matchAll(/^#([A-Z][A-Z_]+)=/gm)].map(([, name]) => name);
  expect(named.sort()).toEqual([...SETTINGS].sort());
  expect(text.split('\n').filter((line) => line && !line.startsWith('#'))).toEqual([]);
});

test.each(['deploy/bogeup.env.example', 'README.md'])('%s names what may stand in a file', (path) => {
  const [sentence = ''] = /^.*_FILE(?:[^\n]+\n)+/m.exec(read(path)) ?? [];
  expect(SECRETS.filter((name) => !sentence.includes(name))).toEqual([]);
});

test('the table of the README names every setting', () => {
  const text = read('README.md');
  expect(SETTINGS.filter((name) => !text.includes(`\`${name}\``))).toEqual([]);
});

/** Of a checkout with an `.env` the program would take Slack's tokens, and a database that somebody works on. */
test('whoever starts the program for a trial keeps settings of the checkout away from it', () => {
  const starters = ['bench', 'test']
    .flatMap(readSources)
    .filter(({ path, text }) => /bin\/bogeup\.js'/.test(text) && path !== 'test/bundle/visitor.ts'); // it has no checkout
  expect(starters.length).toBeGreaterThan(2);
  const careless = starters.filter(
    ({ text }) => !text.includes("'--env-file', '/dev/null'") || /env: \{ \.\.\.process\.env/.test(text),
  );
  expect(careless.map(({ path }) => path)).toEqual([]);
});

const hasSystemd = spawnSync('systemd-analyze', ['--version']).status === 0;

test.runIf(hasSystemd)('systemd takes the unit', () => {
  const folder = mkdtempSync(join(tmpdir(), 'bogeup-unit-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const unit = join(folder, 'bogeup.service');
  const here = read('deploy/bogeup.service').replaceAll('/usr/bin/node', process.execPath);
  writeFileSync(unit, here.replaceAll('/opt/bogeup', root));
  const { stdout, stderr } = spawnSync('systemd-analyze', ['verify', unit], { encoding: 'utf8' });
  expect(`${stdout}${stderr}`.split('\n').filter((line) => line.includes('bogeup.service'))).toEqual([]);
  const judged = spawnSync('systemd-analyze', ['security', '--offline=true', '--threshold=20', unit]);
  if (!String(judged.stderr).includes('unrecognized option')) expect(judged.status).toBe(0); // 2.0 of 10, from version 250
});
