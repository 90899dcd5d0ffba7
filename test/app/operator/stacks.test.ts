import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, realpathSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { buildSync } from 'esbuild';
import { expect, test } from 'vitest';

const folder = realpathSync(mkdtempSync(join(tmpdir(), 'bogeup-stacks-')));
const outdir = join(folder, 'dist/program');
mkdirSync(join(folder, 'src'));
const source = join(folder, 'src/work.ts');
writeFileSync(
  source,
  `interface Nothing {}\n\nexport function fail(what: string): never {\n  const said: string = what;\n  throw new TypeError(said);\n}\n`,
);
const options = { entryPoints: [source], outdir, format: 'esm' as const, minifyWhitespace: true };

/** What a process prints of an error that the built file throws. */
function stackOf(sourcemap: boolean): string {
  buildSync({ ...options, sourcemap });
  const script = `
    import { nameSources } from ${JSON.stringify(new URL('../../../bin/stacks.js', import.meta.url).href)};
    nameSources();
    const { fail } = await import(${JSON.stringify(pathToFileURL(join(outdir, 'work.js')).href)});
    try { fail('broken'); } catch (error) { console.log(error.stack); }`;
  return execFileSync(process.execPath, ['--input-type=module', '-e', script], { encoding: 'utf8' });
}

test('a stack names the source, its line and its column', () => {
  expect(stackOf(true)).toMatch(`TypeError: broken\n    at fail (${source}:5:9)`);
});

test('a built file without a map is named as it is', () => {
  writeFileSync(join(outdir, 'work.js.map'), '{');
  expect(stackOf(false)).toContain(`at fail (${pathToFileURL(join(outdir, 'work.js')).href}:1:`);
});
