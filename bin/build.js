// Builds src/app/cli.ts and what it imports into dist/, so that a start compiles nothing. Libraries stay in node_modules.
import { existsSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const sources = join(root, 'src');
const program = join(root, 'dist/program');
/** Written last; its time is the build's. */
const stamp = join(program, 'built');

/** Loads esbuild only here: a production install starts the built program without it. */
export async function build() {
  const { build: bundle } = await import('esbuild');
  rmSync(program, { recursive: true, force: true });
  await bundle({
    absWorkingDir: root,
    entryPoints: ['src/app/cli.ts', 'src/store/prepared.ts'],
    outdir: program,
    entryNames: '[name]', // one folder, so that every file is as far from its source
    bundle: true,
    splitting: true,
    format: 'esm',
    platform: 'node',
    target: 'node20.19',
    packages: 'external',
    sourcemap: true,
    sourcesContent: false,
    logLevel: 'error',
    plugins: [{ name: 'places', setup: keepPlaces }],
  });
  writeFileSync(stamp, '');
}

/** A built file stands elsewhere than its source; what it reads from beside itself is still found beside the source. */
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

/** Whether the program is missing or older than a source file. Without sources (a bundle) it is as it was built. */
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
