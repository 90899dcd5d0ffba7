// Generates the Prisma client without a download: Prisma wants a schema engine binary to exist, and never runs
// it for `generate`, so any existing file will do. Migrations run in WebAssembly (src/store/migrate.ts).
import { spawnSync } from 'node:child_process';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const require = createRequire(import.meta.url);
const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const cli = join(dirname(require.resolve('prisma/package.json')), 'build/index.js');
const run = spawnSync(process.execPath, [cli, 'generate', '--no-hints'], {
  cwd: root,
  env: { ...process.env, PRISMA_SCHEMA_ENGINE_BINARY: process.execPath, PRISMA_HIDE_UPDATE_MESSAGE: '1' },
  encoding: 'utf8',
});
if (run.status !== 0) {
  process.stderr.write(
    `${run.stdout}\n${run.stderr}\nprisma generate failed: the database client was not made.\n`,
  );
  process.exit(1);
}
