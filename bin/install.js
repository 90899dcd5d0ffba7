// After `npm ci`: the database client, the built program, and a prepared database to copy at a first start.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from './build.js';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
if (!canBuild()) {
  if (existsSync(join(root, 'dist/program/cli.js'))) process.exit(0);
  process.stderr.write('The program is built at install: run `npm ci`, then `npm prune --omit=dev`.\n');
  process.exit(1);
}
const generated = spawnSync(process.execPath, [join(root, 'prisma/generate.js')], { stdio: 'inherit' });
if (generated.status !== 0) process.exit(1);
await build();
const { prepareDatabase } = await import('../dist/program/prepared.js');
try {
  await prepareDatabase();
} catch (error) {
  // The first start then makes the database itself, which takes longer.
  process.stderr.write(`The prepared database could not be made: ${error}\n`);
}
process.exit(0); // the embedded database leaves handles open

/** Whether the build tools are installed; an install for production has none and brings the built program. */
function canBuild() {
  const { resolve } = createRequire(import.meta.url);
  try {
    return ['prisma/package.json', 'esbuild'].every((name) => resolve(name));
  } catch {
    return false;
  }
}
