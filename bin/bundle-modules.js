// Selects the files of node_modules for a bundle: the packages that the built program loads, without files that only a
// build reads.

import { cpSync, existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { KEPT_APART } from './build.js';

/** Packages whose modules are sent to the browser unchanged. */
const OF_THE_PAGE = ['preact', 'htm'];

/** For large packages, the files that are read. Of other packages all files are taken, except the next three kinds. */
const READ = {
  '@electric-sql/pglite': /^dist\/(?!.*\.tar\.gz$)/,
  '@expo-google-fonts/nanum-gothic': /^(400Regular|700Bold)\//,
  '@expo-google-fonts/noto-sans-kr': /^(400Regular|700Bold)\//,
  '@prisma/client': /^runtime\/(client\.m?js|query_compiler_fast_bg\.postgresql\.)/,
  'date-holidays': /^(?!dist\/)/,
  echarts: /^(?!(dist|theme|i18n|ssr)\/)/,
  pdfkit: /^(?!.*standalone)/,
};
const NEVER_READ = /\.(map|ts|[cm]ts|md|markdown|flow)$/i;
const NEVER_ENTERED = /^(docs?|tests?|examples?|benchmarks?|types|\.[^/]*)\//;
const TYPES_ALONE = /^@types\//;

/** Matches licence files: files with such a name, or in a folder with such a name, that are not code. */
const LICENCE = /(^|\/)(licen[cs]e|notice|copying|ofl)(?!.*\.(json|[cm]?[jt]s)$)/i;

/** Copies the needed files from `root` to the same paths below `place`. */
export function copyModules(root, place) {
  for (const path of loadedPackages(root)) {
    const name = nameOf(path);
    const folder = join(root, path);
    for (const file of ownFiles(folder))
      if (isRead(name, file)) cpSync(join(folder, file), join(place, path, file));
  }
}

function isRead(name, file) {
  if (file === 'package.json' || LICENCE.test(file)) return true;
  return !NEVER_READ.test(file) && !NEVER_ENTERED.test(file) && (READ[name]?.test(file) ?? true);
}

/** Whether an entry of the lock file belongs to the program and not to its tools. */
export const isPart = ({ dev, devOptional }) => !dev && !devOptional;

/** The licence texts of all parts, also of those that are built into the program. */
export function notices(root) {
  const parts = Object.entries(lockOf(root)).filter(([path, part]) => path !== '' && isPart(part));
  const words = parts
    .filter(([path]) => existsSync(join(root, path)))
    .map(([path, { version, license }]) => {
      const folder = join(root, path);
      const texts = ownFiles(folder).filter((file) => LICENCE.test(file));
      return [
        `${nameOf(path)} ${version} (${license ?? 'its licence is below'})`,
        ...texts.map((file) => readFileSync(join(folder, file), 'utf8').trim()),
      ].join('\n\n');
    });
  return `Bogeup holds parts of others, under these licences.\n\n${[...new Set(words)].join(`\n\n${'-'.repeat(80)}\n\n`)}\n`;
}

/** The paths of the packages that the program loads by name, and of all packages on which they depend. */
function loadedPackages(root) {
  const lock = lockOf(root);
  const wanted = Object.keys(lock[''].dependencies).filter(
    (name) => OF_THE_PAGE.includes(name) || KEPT_APART.some((pattern) => isOf(name, pattern)),
  );
  const found = new Set();
  const visit = (name, from) => {
    const path = resolvePackage(lock, name, from);
    if (!path || found.has(path) || TYPES_ALONE.test(name) || !existsSync(join(root, path))) return;
    found.add(path);
    const { dependencies, optionalDependencies } = lock[path];
    for (const next of Object.keys({ ...dependencies, ...optionalDependencies })) visit(next, path);
  };
  for (const name of wanted) visit(name, '');
  return [...found].sort();
}

const isOf = (name, pattern) =>
  pattern.endsWith('/*') ? name.startsWith(pattern.slice(0, -1)) : name === pattern;

/** Finds a package as Node does, from the importing package outwards. @returns its path in the lock file */
function resolvePackage(lock, name, from) {
  const place = `${from ? `${from}/` : ''}node_modules/${name}`;
  if (lock[place]) return place;
  if (from === '') return null;
  return resolvePackage(lock, name, from.slice(0, Math.max(0, from.lastIndexOf('node_modules/') - 1)));
}

const nameOf = (path) => path.slice(path.lastIndexOf('node_modules/') + 'node_modules/'.length);

function ownFiles(folder) {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)).replaceAll(sep, '/'))
    .filter((file) => !file.startsWith('node_modules/')); // those belong to other packages
}

function lockOf(root) {
  return JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')).packages;
}
