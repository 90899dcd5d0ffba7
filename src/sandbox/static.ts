import { createHash } from 'node:crypto';
import { readFileSync, statSync } from 'node:fs';
import type { ServerResponse } from 'node:http';
import { createRequire } from 'node:module';
import { dirname, join, normalize, sep } from 'node:path';
import { fileURLToPath } from 'node:url';

const PAGE_DIR = fileURLToPath(new URL('page/', import.meta.url));

const TYPES: Record<string, string> = {
  css: 'text/css; charset=utf-8',
  html: 'text/html; charset=utf-8',
  ico: 'image/x-icon',
  js: 'text/javascript; charset=utf-8',
  json: 'application/json; charset=utf-8',
  map: 'application/json; charset=utf-8',
  mjs: 'text/javascript; charset=utf-8',
  png: 'image/png',
  svg: 'image/svg+xml',
  woff2: 'font/woff2',
};

const require = createRequire(import.meta.url);

/** The packages whose modules the page loads unchanged; nothing else of node_modules is served. */
const VENDORS = ['preact', 'htm'];

function packageDir(name: string): string | undefined {
  // Both have their main module in dist/; not both export their package.json.
  return VENDORS.includes(name) ? dirname(dirname(require.resolve(name))) : undefined;
}

/** The file below `root`, or null when the path leads out of it or does not exist. */
function readBelow(root: string, path: string): Buffer | null {
  const file = normalize(join(root, path));
  if (!file.startsWith(normalize(root + sep)) || path.includes('\0')) return null;
  try {
    return statSync(file).isFile() ? readFileSync(file) : null;
  } catch {
    return null;
  }
}

/** Allows inline scripts (the import map) by the hash of their content, not by 'unsafe-inline'. */
function inlineHashes(html: string): string {
  const scripts = html.matchAll(/<script(?![^>]*\ssrc=)[^>]*>([\s\S]*?)<\/script>/g);
  return [...scripts]
    .map(
      ([, code]) =>
        `'sha256-${createHash('sha256')
          .update(code ?? '')
          .digest('base64')}'`,
    )
    .join(' ');
}

export function contentSecurityPolicy(html = ''): string {
  return [
    "default-src 'none'",
    `script-src 'self' ${inlineHashes(html)}`.trim(),
    "style-src 'self'",
    "img-src 'self' data: blob:",
    "font-src 'self'",
    "connect-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join('; ');
}

/** Serves the page's own files and, under /vendor/, the modules that it imports. False when there is no such file. */
export function serveStatic(path: string, response: ServerResponse): boolean {
  const wanted = path === '/' ? '/index.html' : path;
  const vendor = /^\/vendor\/([a-z]+)\/(.+\.(?:mjs|js|map))$/.exec(wanted);
  const root = vendor ? packageDir(vendor[1] ?? '') : PAGE_DIR.slice(0, -1);
  const body = root ? readBelow(root, vendor ? (vendor[2] ?? '') : wanted) : null;
  if (!body) return false;
  const extension = wanted.split('.').at(-1) ?? '';
  response.writeHead(200, {
    'content-type': TYPES[extension] ?? 'application/octet-stream',
    'content-length': body.length,
    'content-security-policy': contentSecurityPolicy(extension === 'html' ? body.toString('utf8') : ''),
    'cache-control': 'no-cache',
    'referrer-policy': 'no-referrer',
    'x-content-type-options': 'nosniff',
    'x-frame-options': 'DENY',
  });
  response.end(body);
  return true;
}
