import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Dict } from './json.ts';

const MAX_BODY = 64 * 1024 * 1024;

/** An error that is answered with this HTTP status. */
export class HttpError extends Error {
  readonly status: number;

  constructor(status: number, code: string) {
    super(code);
    this.name = 'HttpError';
    this.status = status;
  }
}

/** The parsed address of a request; the host in it is a placeholder. @throws HttpError 400 when it is malformed */
export function address(request: IncomingMessage, base: string): { path: string; query: URLSearchParams } {
  try {
    const { pathname, searchParams } = new URL(base + (request.url ?? '/'));
    return { path: decodeURI(pathname), query: searchParams };
  } catch {
    throw new HttpError(400, 'bad_url');
  }
}

/** Reads the whole body. @throws HttpError 413 above 64 MB */
export async function readBody(request: IncomingMessage): Promise<Buffer> {
  const parts: Buffer[] = [];
  let size = 0;
  for await (const part of request as AsyncIterable<Buffer>) {
    size += part.length;
    if (size > MAX_BODY) throw new HttpError(413, 'too_large');
    parts.push(part);
  }
  return Buffer.concat(parts);
}

async function parseMultipart(request: IncomingMessage, body: Buffer): Promise<FormData> {
  const headers = { 'content-type': request.headers['content-type'] ?? '' };
  try {
    return await new Response(new Uint8Array(body), { headers }).formData();
  } catch {
    throw new HttpError(400, 'invalid_form_data');
  }
}

/** The fields of a form; files in it are left out. */
export async function readForm(request: IncomingMessage): Promise<Dict> {
  const body = await readBody(request);
  if (request.headers['content-type']?.startsWith('multipart/form-data')) {
    const form = await parseMultipart(request, body);
    return Object.fromEntries([...form].filter(([, value]) => typeof value === 'string'));
  }
  return Object.fromEntries(new URLSearchParams(body.toString('utf8')));
}

/** The bytes of an upload: the raw body, or the first file of a multipart form. */
export async function readUpload(request: IncomingMessage): Promise<Buffer> {
  const body = await readBody(request);
  if (!request.headers['content-type']?.startsWith('multipart/form-data')) return body;
  for (const [, value] of await parseMultipart(request, body)) {
    if (typeof value !== 'string') return Buffer.from(await value.arrayBuffer());
  }
  throw new HttpError(400, 'no_file_data');
}

export function sendJson(response: ServerResponse, status: number, body: unknown): void {
  if (response.destroyed) return;
  const text = JSON.stringify(body);
  response.writeHead(status, {
    'content-type': 'application/json; charset=utf-8',
    'content-length': Buffer.byteLength(text),
    'cache-control': 'no-store',
    'x-content-type-options': 'nosniff',
  });
  response.end(text);
}

/** Allows only pages and programs of this machine: refuses a foreign Host (DNS rebinding) or Origin. */
export function isLocal(request: IncomingMessage, port: number): boolean {
  const hosts = [`127.0.0.1:${port}`, `localhost:${port}`];
  if (!hosts.includes(request.headers.host ?? '')) return false;
  const { origin } = request.headers;
  if (origin !== undefined && !hosts.some((host) => origin === `http://${host}`)) return false;
  // A GET from a foreign page has no Origin header; a link to the page itself is allowed.
  const isFollowed = request.headers['sec-fetch-mode'] === 'navigate' && request.method === 'GET';
  return !['cross-site', 'same-site'].includes(String(request.headers['sec-fetch-site'])) || isFollowed;
}
