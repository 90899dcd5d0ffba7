import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';

/** The bundle of `npm run bundle`, unpacked where nothing of the checkout is near. */
const root = join(import.meta.dirname, '../..');
const SLOW = 900_000;
/** A machine without a network: nothing but itself. */
const ALONE = ['unshare', '-n', 'sh', '-c', 'ip link set lo up && exec "$0" "$@"'];
const mayUnshare = spawnSync(ALONE[0] ?? '', [...ALONE.slice(1), 'true']).status === 0;
const where = mayUnshare ? 'without a network' : 'with the network, since `unshare -n` is not permitted here';

let folder = '';
let bundle = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'bogeup-bundle-'));
  execFileSync(process.execPath, [join(root, 'bin/bundle.js'), folder], { cwd: folder });
  const [archive = ''] = readdirSync(folder).filter((name) => name.endsWith('.tar.gz'));
  execFileSync('sha256sum', ['--quiet', '-c', `${archive}.sha256`], { cwd: folder });
  execFileSync('tar', ['-xzf', archive], { cwd: folder });
  bundle = join(folder, archive.replace('.tar.gz', ''));
}, SLOW);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const read = (path: string) => readFileSync(join(bundle, path), 'utf8');
const files = () =>
  readdirSync(bundle, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));
/** Of the unpacked files against the list that came with them. */
const verify = () => execFileSync('sha256sum', ['--quiet', '-c', 'SHA256SUMS'], { cwd: bundle });

test('it is small, readable by another account, and holds nothing that only a build needs', () => {
  const megabytes = files().reduce((sum, file) => sum + statSync(file).size, 0) / 1e6;
  expect(megabytes).toBeLessThan(250);
  expect(files().filter((file) => (statSync(file).mode & 0o044) !== 0o044)).toEqual([]);
  expect(files().filter((file) => /\.ts$|schema-engine-(?!wasm)|\.node$/.test(file))).toEqual([]);
  expect(read('SHA256SUMS').trim().split('\n')).toHaveLength(files().length - 1);
  expect(JSON.parse(read('package.json'))).not.toHaveProperty('scripts');
});

test('its parts and their licences are listed, also of those that are built into the program', () => {
  const parts = JSON.parse(read('sbom.cdx.json')) as { components: { name: string; version: string }[] };
  const listed = parts.components.map(({ name, version }) => `${name} ${version}`);
  const { dependencies } = JSON.parse(read('package.json')) as { dependencies: Record<string, string> };
  for (const [name, version] of Object.entries(dependencies)) {
    expect(listed).toContain(`${name} ${version}`);
    expect(read('THIRD-PARTY-NOTICES.txt')).toContain(`${name} ${version} (`);
  }
  expect(listed.filter((name) => /^(vitest|typescript|prisma) /.test(name))).toEqual([]);
});

test('every file of a package that the program names is in it', () => {
  const program = join(bundle, 'dist/program');
  const text = readdirSync(program)
    .filter((name) => name.endsWith('.js'))
    .map((name) => readFileSync(join(program, name), 'utf8'))
    .join('\n');
  const { dependencies } = JSON.parse(read('package.json')) as { dependencies: Record<string, string> };
  const isOurs = (name: string) =>
    Object.keys(dependencies).some((one) => name === one || name.startsWith(`${one}/`));
  const namedBy = (how: RegExp) =>
    [...text.matchAll(how)].flatMap(([, name]) => (name !== undefined && isOurs(name) ? [name] : []));
  const required = namedBy(/\b(?:require|resolve)\(["']([^"']+)["']\)/g);
  const imported = namedBy(/\b(?:from|import)\s*\(?["']([^"']+)["']/g);
  expect(required.length).toBeGreaterThan(2);
  expect(imported.length).toBeGreaterThan(5);
  const { resolve } = createRequire(join(program, 'cli.js'));
  for (const name of required) expect(existsSync(resolve(name)), name).toBe(true);
  const script =
    'const [from, ...names] = process.argv.slice(1); console.log(JSON.stringify(names.map((name) => import.meta.resolve(name, from))))';
  const from = pathToFileURL(join(program, 'cli.js')).href;
  const flags = [
    '--experimental-import-meta-resolve',
    '--input-type=module',
    '-e',
    script,
    from,
    ...imported,
  ];
  const found = JSON.parse(execFileSync(process.execPath, flags, { encoding: 'utf8' })) as string[];
  for (const url of found) expect(existsSync(new URL(url)), url).toBe(true);
});

test(`people use it ${where}, and it writes nothing beside itself`, { timeout: SLOW }, () => {
  const visitor = [
    process.execPath,
    '--import',
    'tsx',
    join(import.meta.dirname, 'visitor.ts'),
    bundle,
    folder,
  ];
  const [program = '', ...args] = mayUnshare ? [...ALONE, ...visitor] : visitor;
  const { stdout, stderr } = spawnSync(program, args, { encoding: 'utf8', cwd: root });
  expect(stdout, stderr).toMatch(/^\{/);
  expect(JSON.parse(stdout)).toEqual({
    slack: {
      charts: ['png'],
      tables: ['csv', 'xlsx'],
      letters: ['png'],
      papers: ['docx', 'pdf'],
      backup: { code: 0, text: expect.stringContaining('was written and read again') },
      audit: { code: 0, text: expect.stringContaining('whole') },
      stopped: 0,
      restored: { code: 0, text: expect.stringContaining('whole') },
    },
    local: { statuses: [200, 200, 200], stopped: 0 },
  });
  verify();
});
