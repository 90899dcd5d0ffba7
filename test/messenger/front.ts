import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';

/**
 * Stands before the workspace's Web API: answers planned methods with a refusal that the workspace cannot give, and
 * holds a call at the moment at which a test wants the caller to die.
 */
export interface Front {
  apiUrl: string;
  /** Holds the next call of a method, before it takes effect or before its answer. Resolves once it is held. */
  hold(method: string, when: 'before' | 'after', skip?: number): Promise<void>;
  /** Error code by method. */
  refusals: Map<string, string>;
  /** Every method that was called, in order. */
  calls: string[];
  close(): Promise<void>;
}

export async function standBefore(apiUrl: string): Promise<Front> {
  const refusals = new Map<string, string>();
  const calls: string[] = [];
  let trap: { method: string; when: 'before' | 'after'; skip: number; caught: () => void } | null = null;

  /** True when this call is the one to hold; it is never answered. */
  function isHeld(method: string, when: 'before' | 'after'): boolean {
    if (trap?.method !== method || trap.when !== when || trap.skip-- > 0) return false;
    trap.caught();
    trap = null;
    return true;
  }

  const server = createServer(async (request, response) => {
    const method = (request.url ?? '').replace('/api/', '');
    calls.push(method);
    const body = await buffer(request);
    const error = refusals.get(method);
    if (error) {
      response.setHeader('content-type', 'application/json');
      response.end(JSON.stringify({ ok: false, error }));
      return;
    }
    if (isHeld(method, 'before')) return;
    const { authorization = '', 'content-type': type = '' } = request.headers;
    try {
      const answer = await fetch(new URL(method, apiUrl), {
        method: 'POST',
        headers: { authorization, 'content-type': type },
        body: new Uint8Array(body),
      });
      if (isHeld(method, 'after')) return;
      const retryAfter = answer.headers.get('retry-after');
      if (retryAfter) response.setHeader('retry-after', retryAfter);
      response.setHeader('content-type', answer.headers.get('content-type') ?? 'text/plain');
      response.writeHead(answer.status).end(await answer.text());
    } catch {
      response.destroy(); // the workspace cut the connection: so does this
    }
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    apiUrl: `http://127.0.0.1:${port}/api/`,
    refusals,
    calls,
    hold: (method, when, skip = 0) =>
      new Promise((caught) => {
        trap = { method, when, skip, caught };
      }),
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
