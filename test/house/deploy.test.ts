import { spawnSync } from 'node:child_process';
import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { openToOthers } from '../../src/app/key-files.ts';
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

/** An account that exists only while the unit runs can be given no file: whoever reads the key has to be named before. */
test.each([
  'deploy/bogeup.service',
  'deploy/bogeup.env.example',
  'docs/operations.md',
  'docs/설치·운영안내.md',
])('%s lets the account of the unit read the key and its store, and nobody else', (path) => {
  const unit = read('deploy/bogeup.service');
  expect(unit).toMatch(/^User=bogeup\nGroup=bogeup$/m);
  expect(unit).not.toMatch(/^DynamicUser=/m);
  expect(/LICENCE_KEY=(\/etc\/bogeup\/)/.exec(read('deploy/bogeup.env.example'))).not.toBeNull();
  const text = read(path);
  if (path !== 'deploy/bogeup.env.example')
    expect(text).toMatch(/useradd --system --user-group .*--home-dir \/var\/lib\/bogeup .*bogeup$/m);
  const [, owner, mode = ''] =
    /chown -R (\S+) \/etc\/bogeup && chmod -R (\S+) \/etc\/bogeup/.exec(text) ?? [];
  expect(owner).toBe('root:bogeup');

  const folder = mkdtempSync(join(tmpdir(), 'bogeup-etc-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const [key, store, ca] = ['licence-key.pem', 'gpki', 'gpki/root.pem'].map((name) => join(folder, name));
  mkdirSync(store as string, { mode: 0o700 });
  for (const file of [key, ca]) writeFileSync(file as string, 'PEM', { mode: 0o600 });
  expect(spawnSync('chmod', ['-R', mode, folder]).status).toBe(0);
  const modes = [folder, key, store, ca].map((one) => (statSync(one as string).mode & 0o777).toString(8));
  expect(modes).toEqual(['750', '640', '750', '640']);
  expect(openToOthers({ keyFiles: [key as string], dataDir: folder })).toEqual([]);
});

test('the unit tries a start again without end: what it needs may come long after the machine', () => {
  expect(read('deploy/bogeup.service').split('\n')).toEqual(
    expect.arrayContaining(['StartLimitIntervalSec=0', 'Restart=always']),
  );
});

const hasSystemd = spawnSync('systemd-analyze', ['--version']).status === 0;

const UNITS = ['bogeup.service', 'bogeup-backup.service', 'bogeup-backup.timer'];

/** A folder with the units as they are to be, but for where the program is. */
function unitsHere(): string {
  const folder = mkdtempSync(join(tmpdir(), 'bogeup-unit-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  for (const unit of UNITS) {
    const text = read(`deploy/${unit}`).replaceAll('/usr/bin/node', process.execPath);
    writeFileSync(join(folder, unit), text.replaceAll('/opt/bogeup', root));
  }
  return folder;
}

test.runIf(hasSystemd).each(UNITS)('systemd takes %s', (name) => {
  const unit = join(unitsHere(), name);
  const { stdout, stderr } = spawnSync('systemd-analyze', ['verify', unit], { encoding: 'utf8' });
  expect(`${stdout}${stderr}`.split('\n').filter((line) => line.includes(name))).toEqual([]);
  if (!name.endsWith('.service')) return;
  const judged = spawnSync('systemd-analyze', ['security', '--offline=true', '--threshold=20', unit]);
  if (!String(judged.stderr).includes('unrecognized option')) expect(judged.status).toBe(0); // 2.0 of 10, from version 250
});

test('the backup of the night waits for the database, tries again, and in the end is told as failed', () => {
  expect(read('deploy/bogeup-backup.service').split('\n')).toEqual(
    expect.arrayContaining([
      'After=network-online.target postgresql.service',
      'Restart=on-failure',
      expect.stringMatching(/^StartLimitBurst=/),
    ]),
  );
});

test('the backup of the night runs as the bot does, and is deleted by its name alone', () => {
  const lines = (unit: string) => read(`deploy/${unit}`).split('\n');
  const same = lines('bogeup.service').filter((line) =>
    /^(User|Group|EnvironmentFile|UMask)=|^Environment=DATA_DIR/.test(line),
  );
  expect(same).toHaveLength(5);
  expect(lines('bogeup-backup.service')).toEqual(expect.arrayContaining(same));
  const folder = mkdtempSync(join(tmpdir(), 'bogeup-kept-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const killed = '20261001-0230.backup-0123456789ab';
  mkdirSync(join(folder, killed));
  const old = [
    ...['20261001-0230', '20261002-0230.0123abcd', `${killed}/dump`, killed],
    ...['before-0.2.0', '20261003-0230-before-0.2.0'],
  ];
  for (const name of ['20261128-0230', ...old]) if (name !== killed) writeFileSync(join(folder, name), '');
  for (const name of old) utimesSync(join(folder, name), 0, 0);
  const [, post = ''] = /^ExecStartPost=-(.*)$/m.exec(read('deploy/bogeup-backup.service')) ?? [];
  expect(spawnSync('sh', ['-c', post.replaceAll('/var/backups/bogeup', folder)]).status).toBe(0);
  expect(readdirSync(folder).sort()).toEqual(['20261003-0230-before-0.2.0', '20261128-0230', 'before-0.2.0']);
});
