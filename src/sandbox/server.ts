import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { answerByUrl } from './answering.ts';
import type { Control } from './control.ts';
import type { Core } from './core/core.ts';
import { address, HttpError, isLocal, readBody, sendJson } from './core/http.ts';
import { type Dict, dict, str } from './core/json.ts';
import { ApiRefusal } from './core/refusal.ts';
import { download, login, privateUrl, upload } from './downloads.ts';
import { serveStatic } from './static.ts';

const HEARTBEAT_MS = 15_000;

type Api = (name: string, request: IncomingMessage, response: ServerResponse) => Promise<void>;

/** Listens on this machine only. @throws the system's error, with its `code`, when the port is taken */
export async function listen(port: number): Promise<{ server: Server; port: number }> {
  const server = createServer({ keepAliveTimeout: 60_000 }); // a busy test may reuse a connection late
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', resolve);
  });
  const address = server.address();
  return { server, port: typeof address === 'object' && address ? address.port : port };
}

async function jsonBody(request: IncomingMessage): Promise<Dict> {
  const body = await readBody(request);
  try {
    return body.length === 0 ? {} : dict(JSON.parse(body.toString('utf8')));
  } catch {
    throw new HttpError(400, 'invalid_json');
  }
}

/** Server-sent events about everything that this person can see. */
function stream(core: Core, userId: string, response: ServerResponse): void {
  if (!core.state.people.has(userId)) throw new HttpError(403, 'user_not_found');
  response.writeHead(200, {
    'content-type': 'text/event-stream; charset=utf-8',
    'cache-control': 'no-store',
    'x-content-type-options': 'nosniff',
  });
  const send = (event: Dict) => response.write(`data: ${JSON.stringify(event)}\n\n`);
  send({ type: 'connected', connected: core.delivery.connected });
  const unsubscribe = core.hub.subscribe(userId, send);
  const heartbeat = setInterval(() => response.write(': alive\n\n'), HEARTBEAT_MS);
  heartbeat.unref();
  response.on('close', () => {
    clearInterval(heartbeat);
    unsubscribe();
  });
}

async function respondUrl(
  core: Core,
  id: string,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  try {
    answerByUrl(core, id, await jsonBody(request));
    response.writeHead(200, { 'content-type': 'text/html' }).end('ok');
  } catch (error) {
    if (!(error instanceof ApiRefusal)) throw error;
    const isGone = error.code === 'expired_url' || error.code === 'used_url';
    sendJson(response, isGone ? 404 : 400, { ok: false, error: error.code, ...error.extra });
  }
}

/** Passes every request to the part that answers it. */
export function createHandler(core: Core, control: Control, api: Api, port: number) {
  async function route(request: IncomingMessage, response: ServerResponse): Promise<void> {
    if (!isLocal(request, port)) throw new HttpError(403, 'foreign_origin');
    const { path, query } = address(request, core.url);
    const method = request.method ?? 'GET';
    const apiMethod = /^\/api\/([A-Za-z0-9_.]+)$/.exec(path)?.[1];
    if (apiMethod) return api(apiMethod, request, response);
    const userId = str(request.headers['x-workspace-user']);
    if (path === '/control/stream') return stream(core, query.get('user') ?? userId, response);
    if (path === '/control/upload' && method === 'POST') {
      return sendJson(
        response,
        200,
        control.upload(userId, query.get('name') ?? '', await readBody(request)),
      );
    }
    if (path.startsWith('/control/')) {
      const body = method === 'POST' ? await jsonBody(request) : {};
      return sendJson(response, 200, await control.call(userId, method, `${path}?${query}`, body));
    }
    const hook = /^\/(?:actions|commands)\/(.+)$/.exec(path)?.[1];
    if (hook && method === 'POST') return respondUrl(core, hook, request, response);
    const uploading = /^\/upload\/v1\/(F[A-Z0-9]+)$/.exec(path)?.[1];
    if (uploading && method === 'POST') return upload(core, uploading, request, response);
    if (path.startsWith('/files-pri/')) return privateUrl(core, path, request, response);
    if (path === '/login') return login(response);
    const fileId = /^\/files\/(F[A-Z0-9]+)(?:\/|$)/.exec(path)?.[1];
    if (fileId) return download(core, fileId, query.get('user') ?? userId, response);
    if (method === 'GET' && serveStatic(path, response)) return;
    throw new HttpError(404, 'not_found');
  }

  return (request: IncomingMessage, response: ServerResponse): void => {
    route(request, response).catch((error: unknown) => {
      if (response.headersSent) return response.destroy();
      const isKnown = error instanceof HttpError;
      sendJson(response, isKnown ? error.status : 500, {
        ok: false,
        error: isKnown ? error.message : 'internal_error',
      });
      if (!isKnown) process.emitWarning(error instanceof Error ? error : String(error), 'WorkspaceError');
    });
  };
}
