// Builds src/app/operator/cli.ts and what it imports into dist/, so that a start compiles nothing and reads few files.

import { existsSync, mkdirSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const sources = join(root, 'src');
const program = join(root, 'dist/program');
/** A file that is written last; its time is the time of the build. */
const stamp = join(program, 'built');
const COMPILER = 'query-compiler.wasm';

/** Libraries that are not built in: they read files from their own folder, or are loaded at their first use. */
export const KEPT_APART = [
  '@electric-sql/pglite',
  '@expo-google-fonts/*',
  '@prisma/*',
  '@resvg/*',
  'bufferutil',
  'date-holidays',
  'docx',
  'echarts',
  'esbuild',
  'pdfkit',
  'pg', // Prisma's adapter recognises a pool by its class, so there must be one copy
  'pg-native',
  'qrcode',
  'utf-8-validate',
  'write-excel-file',
];

/** The variables that libraries in CommonJS expect. */
const COMMONJS = [
  "import { createRequire as makeRequire_ } from 'node:module';",
  "import { dirname as dirname_ } from 'node:path';",
  "import { fileURLToPath as path_ } from 'node:url';",
  'const require = makeRequire_(import.meta.url);',
  'const __filename = path_(import.meta.url);',
  'const __dirname = dirname_(__filename);',
].join(' ');

/** Loads esbuild only here: a production install starts the built program without it. */
export async function build() {
  const { build: bundle } = await import('esbuild');
  rmSync(program, { recursive: true, force: true });
  mkdirSync(program, { recursive: true });
  await bundle({
    absWorkingDir: root,
    entryPoints: ['src/app/operator/cli.ts', 'src/store/prepared.ts'],
    outdir: program,
    entryNames: '[name]', // all in one folder, so that every built file has the same distance from the sources
    bundle: true,
    splitting: true,
    format: 'esm',
    platform: 'node',
    target: 'node20.19',
    external: KEPT_APART,
    banner: { js: COMMONJS },
    minifyWhitespace: true,
    sourcemap: true,
    sourcesContent: false,
    logLevel: 'error',
    plugins: [
      { name: 'places', setup: keepPlaces },
      { name: 'our maps only', setup: mapOwnFiles },
      { name: 'Prisma, quicker to load', setup: loadPrismaQuickly },
    ],
  });
  writeFileSync(stamp, '');
}

/** A built file is in another folder than its source: makes its relative paths start from the source's folder. */
function keepPlaces(bundler) {
  bundler.onLoad({ filter: /\/src\/.*\.ts$/ }, async ({ path }) => {
    const text = await readFile(path, 'utf8');
    if (!text.includes('import.meta.')) return undefined;
    const place = JSON.stringify(relative(program, path).replaceAll('\\', '/'));
    const url = `new URL(${place}, import.meta.url)`;
    return {
      loader: 'ts',
      contents: text
        .replaceAll('import.meta.url', `${url}.href`)
        .replaceAll('import.meta.dirname', `decodeURIComponent(new URL('.', ${url}).pathname)`),
    };
  });
}

/** Leaves out the source maps of libraries, which would be read at every start, by giving each file an empty map. */
function mapOwnFiles(bundler) {
  const map = Buffer.from('{"version":3,"sources":[""],"mappings":"A"}').toString('base64');
  bundler.onLoad({ filter: /node_modules.*\.[cm]?js$/ }, async ({ path }) => ({
    loader: 'js',
    contents: `${await readFile(path, 'utf8')}\n//# sourceMappingURL=data:application/json;base64,${map}`,
  }));
}

/**
 * Prisma's client in CommonJS is loaded by `require`: for an `import` Node would read through it once more to find its
 * names. Prisma's compiler is copied as the WebAssembly that it is: as text in a module it takes ten times as long to read.
 */
function loadPrismaQuickly(bundler) {
  const runtime = /^@prisma\/client\/runtime\/client$/;
  bundler.onResolve({ filter: runtime }, ({ kind, path }) =>
    kind === 'require-call' ? { path, external: true } : { path, namespace: 'by require' },
  );
  bundler.onLoad({ filter: runtime, namespace: 'by require' }, ({ path }) => ({
    contents: `module.exports = require('${path}')`,
    resolveDir: root,
  }));
  bundler.onResolve({ filter: /\.wasm-base64\.mjs$/ }, ({ path }) => ({ path, namespace: 'wasm' }));
  bundler.onLoad({ filter: /./, namespace: 'wasm' }, async ({ path }) => {
    const { wasm } = await import(path);
    await writeFile(join(program, COMPILER), Buffer.from(wasm, 'base64'));
    return {
      contents: `import { readFileSync } from 'node:fs';
        export const wasm = readFileSync(new URL('./${COMPILER}', import.meta.url));`,
    };
  });
}

/** Whether the program is missing or older than a source file. A bundle has no sources, so it is never stale. */
export function isStale() {
  if (!existsSync(stamp)) return true;
  const built = statSync(stamp).mtimeMs;
  return readdirSync(sources, { recursive: true, withFileTypes: true }).some(
    (entry) =>
      entry.isFile() &&
      entry.name.endsWith('.ts') &&
      statSync(join(entry.parentPath, entry.name)).mtimeMs > built,
  );
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await build();
