import { readFileSync } from 'node:fs';
import { builtinModules } from 'node:module';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { importsOf, readSources, type Source } from './sources.ts';

const root = join(import.meta.dirname, '../..');
const { dependencies, devDependencies } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
const running = ['src', 'bin', 'prisma'].flatMap(readSources);
const all = [...running, ...['test', 'bench'].flatMap(readSources)];

/** Asked for by Bolt as a peer, although only types come of it. */
const PEERS = ['@types/express'];
/** Programs that are called by name, and types of what is imported. */
const isTool = (name: string) =>
  name.startsWith('@types/') || ['typescript', '@biomejs/biome'].includes(name);

/** By import, or by a string that names a file or a program of it. */
function isNamed(name: string, files: readonly Source[]): boolean {
  const quoted = new RegExp(`['"\`/]${name.replaceAll('.', '\\.')}['"\`/]`);
  return files.some(({ text }) => quoted.test(text));
}

const unused = (names: readonly string[], files: readonly Source[]) =>
  names.filter((name) => !isNamed(name, files));

/** Packages that the program imports, by the name under which they are installed. */
function imported(files: readonly Source[]): string[] {
  const targets = files.flatMap((file) => importsOf(file).filter(({ typeOnly }) => !typeOnly));
  const names = targets.map(({ target }) => /^(@[^/]+\/[^/]+|[^@./][^/]*)/.exec(target)?.[1] ?? '');
  return [...new Set(names)].filter(
    (name) => name !== '' && name !== 'src' && !name.startsWith('node:') && !builtinModules.includes(name),
  );
}

test('what the program depends on, it uses', () => {
  const runtime = Object.keys(dependencies).filter((name) => !PEERS.includes(name));
  expect(unused(runtime, running)).toEqual([]);
});

test('what is installed for the tests, something uses', () => {
  const tools = Object.keys(devDependencies).filter((name) => !isTool(name));
  expect(unused(tools, all)).toEqual([]);
});

test('what src imports is installed with the program', () => {
  const missing = imported(readSources('src').filter(({ path }) => !path.startsWith('src/sandbox/page/')));
  expect(missing.filter((name) => !Object.hasOwn(dependencies, name))).toEqual([]);
});

test('an import that is not declared, and a package that nobody names, are noticed', () => {
  const planted = [{ path: 'src/app/a.ts', text: "import left from 'left-pad';\nimport fs from 'node:fs';" }];
  expect(imported(planted)).toEqual(['left-pad']);
  expect(unused(['left-pad', 'right-pad'], planted)).toEqual(['right-pad']);
});
