import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, it } from 'vitest';

const root = join(import.meta.dirname, '../..');
const pages = ['.', 'docs', 'docs/sources', 'deploy']
  .filter((folder) => existsSync(join(root, folder)))
  .flatMap((folder) => readdirSync(join(root, folder)).map((name) => join(folder, name)))
  .filter((path) => path.endsWith('.md'));

/** Paths of a page's links and pictures that lead to a file of ours, from the project's top. */
function linksOf(page: string, text: string): string[] {
  const targets = [...text.matchAll(/\]\(([^)\s]+)\)/g)].map(([, target]) => target ?? '');
  return targets
    .filter((target) => !/^([a-z]+:|#)/.test(target))
    .map((target) => join(dirname(page), decodeURI(target.replace(/#.*$/, ''))));
}

it.each(pages)('%s leads to files that are there', (page) => {
  const broken = linksOf(page, readFileSync(join(root, page), 'utf8')).filter(
    (path) => !existsSync(join(root, path)),
  );
  expect(broken).toEqual([]);
});

it('finds a link that leads nowhere', () => {
  expect(linksOf('docs/a.md', '[x](sources/none.md#part) [y](https://a.b) ![z](../c.png)')).toEqual([
    'docs/sources/none.md',
    'c.png',
  ]);
});
