import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Core } from './core/core.ts';
import { botMaySeeFile, maySeeFile } from './core/files.ts';
import { HttpError, readUpload } from './core/http.ts';
import type { StoredFile } from './core/types.ts';
import { contentSecurityPolicy } from './static.ts';

const LOGIN_PAGE =
  '<!DOCTYPE html><html lang="ko"><head><title>로그인</title></head><body>로그인이 필요합니다.</body></html>';

/** Encodes a file name by RFC 8187; encodeURIComponent leaves some characters that the RFC does not allow. */
function attachment(name: string): string {
  const code = (char: string) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`;
  return `attachment; filename*=UTF-8''${encodeURIComponent(name).replace(/['()*]/g, code)}`;
}

function sendFile(core: Core, file: StoredFile, response: ServerResponse): void {
  const bytes = core.files.read(file.id);
  if (!bytes) throw new HttpError(404, 'file_not_found');
  response.writeHead(200, {
    'content-type': file.mimetype,
    'content-length': bytes.length,
    'content-disposition': attachment(file.name),
    'content-security-policy': `${contentSecurityPolicy()}; sandbox`,
    'cache-control': 'private, no-store',
    'x-content-type-options': 'nosniff',
  });
  response.end(bytes);
}

/** Serves a file to a person's browser. @throws HttpError 404, also when this person may not see the file */
export function download(core: Core, fileId: string, userId: string, response: ServerResponse): void {
  const file = core.files.get(fileId);
  if (!file || !core.state.people.has(userId) || !maySeeFile(file, userId, core.state)) {
    throw new HttpError(404, 'file_not_found');
  }
  sendFile(core, file, response);
}

/** Serves url_private, which needs the bot's token; without it Slack answers with a log-in page and status 200. */
export function privateUrl(
  core: Core,
  path: string,
  request: IncomingMessage,
  response: ServerResponse,
): void {
  const fileId = /^\/files-pri\/[^/]+-(F[A-Z0-9]+)\//.exec(path)?.[1] ?? '';
  const isBot = request.headers.authorization === `Bearer ${core.botToken}`;
  const file = core.files.get(fileId);
  const isReadable = core.options.bot.scopes.includes('files:read');
  if (!isBot || !isReadable || !file || !botMaySeeFile(file, core.state, core.identity)) {
    response.writeHead(302, { location: `${core.url}/login?redir=${encodeURIComponent(path)}` }).end();
    return;
  }
  sendFile(core, file, response);
}

export function login(response: ServerResponse): void {
  response.writeHead(200, {
    'content-type': 'text/html; charset=utf-8',
    'content-security-policy': contentSecurityPolicy(),
    'x-content-type-options': 'nosniff',
  });
  response.end(LOGIN_PAGE);
}

/** Receives the bytes of a file that files.getUploadURLExternal has announced. */
export async function upload(
  core: Core,
  fileId: string,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const file = core.files.get(fileId);
  if (!file || file.complete) throw new HttpError(404, 'file_not_found');
  const bytes = await readUpload(request);
  if (bytes.length !== file.size) throw new HttpError(400, 'length_mismatch');
  core.files.write(file, bytes);
  response.writeHead(200, { 'content-type': 'text/plain' }).end(`OK - ${bytes.length}`);
}
