import { readdirSync, readFileSync } from 'node:fs';
import { join, posix } from 'node:path';

/** One source file, or one page or style sheet, as the rules of the house see it. */
export interface Source {
  /** From the root of the repository, with slashes. */
  path: string;
  text: string;
}

export interface Import {
  /** A path from the root for files of ours, else the package as written. */
  target: string;
  /** Erased by the compiler: it brings nothing into the running program. */
  typeOnly: boolean;
}

const root = join(import.meta.dirname, '../..');
/** Prisma writes it; it is not in the repository. */
const GENERATED = 'src/store/client/';

/** The source files, pages and style sheets under a folder of the repository. */
export function readSources(folder: string): Source[] {
  return readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .map((name) => posix.join(folder, name.replaceAll('\\', '/')))
    .filter((path) => /\.(ts|js|css|html)$/.test(path) && !path.startsWith(GENERATED))
    .sort()
    .map((path) => ({ path, text: readFileSync(join(root, path), 'utf8') }));
}

const STATEMENT = /^(?:import|export)\s+(type\s+)?(?:([^'";]*?)\s*from\s*)?'([^']+)'/gm;
const DYNAMIC = /(?<!typeof )\bimport\(\s*'([^']+)'/g;

/** What a file imports, statically or not, or passes on with `export … from`. */
export function importsOf({ path, text }: Source): Import[] {
  const code = withoutComments(text);
  return [
    ...Array.from(code.matchAll(STATEMENT), ([, type, names, from = '']) => ({
      target: resolve(path, from),
      typeOnly: type !== undefined || onlyTypes(names),
    })),
    ...Array.from(code.matchAll(DYNAMIC), ([, from = '']) => ({
      target: resolve(path, from),
      typeOnly: false,
    })),
  ];
}

const NAMED = /^(?:import|export)\s+(?:type\s+)?(\{[^}]*\}|\*[^'{;]*)\s*from\s*'(\.[^']+)'/gm;

/** What a file takes of our other files: `path#name`, or `path#*` where it takes the file as a whole. */
export function takenBy({ path, text }: Source): string[] {
  const code = withoutComments(text);
  const whole = Array.from(code.matchAll(DYNAMIC), ([, from = '']) => `${resolve(path, from)}#*`);
  const named = Array.from(code.matchAll(NAMED), ([, names = '', from = '']) => {
    const list = names.startsWith('*') ? ['*'] : names.replace(/[{}]/g, '').split(',');
    return list
      .map((name) =>
        name
          .trim()
          .replace(/^type\s+/, '')
          .replace(/\s+as\s+\w+$/, ''),
      )
      .filter((name) => name !== '')
      .map((name) => `${resolve(path, from)}#${name}`);
  });
  return [...whole, ...named.flat()];
}

/** `{ type A, type B }`: with verbatimModuleSyntax the module would still be loaded, so an empty list counts. */
function onlyTypes(names: string | undefined): boolean {
  const list = /^\{([^}]*)\}$/.exec(names?.trim() ?? '')?.[1];
  const parts = list?.split(',').filter((part) => part.trim() !== '') ?? [];
  return parts.length > 0 && parts.every((part) => part.trim().startsWith('type '));
}

function resolve(path: string, from: string): string {
  return from.startsWith('.') ? posix.join(posix.dirname(path), from) : from;
}

/** Comments name what they warn of; the rules look at code. */
export function withoutComments(text: string): string {
  return text.replace(/^\s*\/\*[\s\S]*?\*\//gm, '').replace(/(^|\s)\/\/.*$/gm, '$1');
}
