import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Core } from '../core/core.ts';
import { takeFault } from '../core/faults.ts';
import { address, readBody, readForm, sendJson } from '../core/http.ts';
import { type Dict, dict, str } from '../core/json.ts';
import { ApiRefusal } from '../core/refusal.ts';
import { authMethods } from './auth.ts';
import { blockMethods } from './blocks.ts';
import { chatMethods } from './chat.ts';
import { conversationMethods } from './conversations.ts';
import { fileMethods } from './files.ts';
import { type Method, type Methods, needScope } from './method.ts';
import { userMethods } from './users.ts';
import { viewMethods } from './views.ts';

const METHODS: Methods = {
  ...authMethods,
  ...blockMethods,
  ...chatMethods,
  ...conversationMethods,
  ...fileMethods,
  ...userMethods,
  ...viewMethods,
};

interface Call {
  args: Dict;
  isJson: boolean;
  token: string;
}

async function readCall(request: IncomingMessage): Promise<Call> {
  const type = request.headers['content-type'] ?? '';
  const isJson = type.startsWith('application/json');
  const query = Object.fromEntries(address(request, 'http://localhost').query);
  const body = isJson ? parseJson(await readBody(request)) : await readForm(request);
  const args: Dict = { ...query, ...body };
  const bearer = /^Bearer (.+)$/i.exec(request.headers.authorization ?? '')?.[1];
  return { args, isJson, token: bearer ?? str(args.token) };
}

function parseJson(body: Buffer): Dict {
  if (body.length === 0) return {};
  try {
    return dict(JSON.parse(body.toString('utf8')));
  } catch {
    throw new ApiRefusal('invalid_json');
  }
}

function checkToken(core: Core, method: Method, token: string): void {
  if (token === '') throw new ApiRefusal('not_authed');
  if (token !== core.botToken && token !== core.appToken) throw new ApiRefusal('invalid_auth');
  const wanted = method.token === 'app' ? core.appToken : core.botToken;
  if (token !== wanted) throw new ApiRefusal('not_allowed_token_type');
}

/** Slack's special limit on chat.postMessage: one per second in a channel. */
class PostingRate {
  readonly #last = new Map<string, number>();

  isOver(channel: string): boolean {
    const now = Date.now();
    const tooSoon = now - (this.#last.get(channel) ?? 0) < 1000;
    if (!tooSoon) this.#last.set(channel, now);
    return tooSoon;
  }
}

function limited(response: ServerResponse, retryAfterSeconds: number): void {
  response.setHeader('retry-after', String(retryAfterSeconds));
  sendJson(response, 429, { ok: false, error: 'ratelimited' });
}

/** Answers `POST /api/<method>`. `extra` are the methods that need more than the core has. */
export function createApi(core: Core, extra: Methods) {
  const methods: Methods = { ...METHODS, ...extra };
  const rate = new PostingRate();

  /** Applies the fault switches to a call. @returns true when a fault has answered it */
  async function spoilt(name: string, response: ServerResponse): Promise<boolean> {
    const { faults } = core;
    const rateLimit = takeFault(faults, 'rateLimit', name);
    if (rateLimit) {
      limited(response, rateLimit.retryAfterSeconds);
      return true;
    }
    if (takeFault(faults, 'serverError', name)) {
      response.writeHead(503, { 'content-type': 'text/plain' }).end('Service Unavailable');
      return true;
    }
    const timeout = takeFault(faults, 'timeout', name);
    if (timeout) setTimeout(() => response.destroy(), timeout.ms).unref();
    return timeout !== undefined;
  }

  async function run(name: string, method: Method | undefined, call: Call): Promise<Dict> {
    if (!method) throw new ApiRefusal('unknown_method', { req_method: name });
    checkToken(core, method, call.token);
    for (const scope of method.scopes ?? []) needScope(core, scope);
    return method.run(call.isJson && method.formOnly ? {} : call.args, core);
  }

  return async (name: string, request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const method = Object.hasOwn(methods, name) ? methods[name] : undefined;
    let answer: Dict;
    try {
      const call = await readCall(request);
      if (await spoilt(name, response)) return;
      if (core.faults.enforceRates && name === 'chat.postMessage' && rate.isOver(str(call.args.channel))) {
        limited(response, 1);
        return;
      }
      answer = { ok: true, ...(await run(name, method, call)) };
      response.setHeader('x-oauth-scopes', core.options.bot.scopes.join(','));
      if (method?.scopes) response.setHeader('x-accepted-oauth-scopes', method.scopes.join(','));
    } catch (error) {
      if (!(error instanceof ApiRefusal)) throw error;
      answer = { ok: false, error: error.code, ...error.extra };
    }
    if (takeFault(core.faults, 'dropAfterSend', name)) response.destroy();
    else sendJson(response, 200, answer);
  };
}
