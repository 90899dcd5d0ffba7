// `npm run bundle`: makes one .tar.gz that runs on a machine with only Node and no network. It holds the built program,
// the libraries that it loads, a prepared database, documentation, a list of parts (SBOM), their licences, and a digest
// of each file.

import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  chmodSync,
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { basename, dirname, join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build, isStale } from './build.js';
import { copyModules, isPart, notices } from './bundle-modules.js';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const WHOLE = [
  ...['LICENSE', 'README.md', 'CHANGELOG.md', 'docs', 'deploy', 'manifests'],
  ...['bin/bogeup.js', 'bin/build.js', 'bin/stacks.js', 'dist', 'prisma/schema.prisma', 'prisma/migrations'],
];
const places = process.argv.slice(2);
if (places.length > 1) throw new Error('usage: npm run bundle [-- FOLDER]');
const target = resolve(places[0] ?? join(root, 'bundle'));

if (isStale()) await build();
const { prepareDatabase } = await import('../dist/program/prepared.js');
await prepareDatabase();

const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
const name = `${manifest.name}-${manifest.version}`;
mkdirSync(target, { recursive: true });
const work = mkdtempSync(join(target, '.making-'));
try {
  const place = join(work, name);
  fill(place);
  const archive = join(target, `${name}.tar.gz`);
  // The files get no owner of this machine.
  const owner = ['--owner=0', '--group=0', '--numeric-owner', '--sort=name'];
  execFileSync('tar', ['-czf', archive, ...owner, '-C', work, name], { stdio: 'inherit' });
  writeFileSync(`${archive}.sha256`, `${digest(archive)}  ${basename(archive)}\n`);
  const bytes = filesOf(place).reduce((sum, file) => sum + statSync(file).size, 0);
  process.stdout.write(`${archive} was written, ${Math.round(bytes / 1e6)} MB unpacked.\n`);
} finally {
  rmSync(work, { recursive: true, force: true });
}
process.exit(0); // making a database leaves handles open

function fill(place) {
  mkdirSync(place);
  for (const path of WHOLE) cpSync(join(root, path), join(place, path), { recursive: true });
  // The page, the list of agencies and other files that are read from the source folders; the sources are built in.
  cpSync(join(root, 'src'), join(place, 'src'), {
    recursive: true,
    filter: (path) => !path.endsWith('.ts') && !path.startsWith(join(root, 'src/store/client')),
  });
  for (const folder of foldersOf(join(place, 'src')).reverse())
    if (readdirSync(folder).length === 0) rmSync(folder, { recursive: true });
  copyModules(root, place);
  writeFileSync(join(place, 'package.json'), `${JSON.stringify(withoutTools(manifest), null, 2)}\n`);
  writeFileSync(join(place, 'THIRD-PARTY-NOTICES.txt'), notices(root));
  writeFileSync(join(place, 'sbom.cdx.json'), sbom());
  // One account unpacks the bundle and another one runs it, so everybody may read the files.
  for (const path of [...foldersOf(place), place]) chmodSync(path, 0o755);
  for (const path of filesOf(place)) chmodSync(path, statSync(path).mode & 0o100 ? 0o755 : 0o644);
  const sums = filesOf(place).map((file) => `${digest(file)}  ${relative(place, file)}\n`);
  writeFileSync(join(place, 'SHA256SUMS'), sums.join(''));
}

/** The list of parts (SBOM) as npm makes it, with the parts that are built into the program. */
function sbom() {
  // `--omit=dev` also drops packages that both the tools and the program need, so npm gets a project without tools.
  const project = join(work, 'parts');
  mkdirSync(project);
  const lock = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8'));
  const { '': whole, ...packages } = lock.packages;
  const own = withoutTools(whole);
  const kept = Object.entries(packages).filter(([, part]) => isPart(part));
  writeFileSync(join(project, 'package.json'), JSON.stringify(withoutTools(manifest)));
  writeFileSync(
    join(project, 'package-lock.json'),
    JSON.stringify({ ...lock, packages: { '': own, ...Object.fromEntries(kept) } }),
  );
  const args = ['sbom', '--package-lock-only', '--sbom-format=cyclonedx'];
  const parts = JSON.parse(execFileSync('npm', args, { cwd: project, encoding: 'utf8', maxBuffer: 1e8 }));
  parts.metadata.component.name = manifest.name; // npm uses the name of the folder
  return `${JSON.stringify(parts, null, 1)}\n`;
}

function withoutTools({ scripts, devDependencies, allowScripts, ...kept }) {
  return kept;
}

function filesOf(folder) {
  return entriesOf(folder, (entry) => entry.isFile());
}

function foldersOf(folder) {
  return entriesOf(folder, (entry) => entry.isDirectory());
}

function entriesOf(folder, is) {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter(is)
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
}

function digest(file) {
  return createHash('sha256').update(readFileSync(file)).digest('hex');
}
