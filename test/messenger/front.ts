import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';

/** Stands before the workspace's Web API and answers planned methods with a refusal that the workspace cannot give. */
export interface Front {
  apiUrl: string;
  /** Error code by method. */
  refusals: Map<string, string>;
  /** Every method that was called, in order. */
  calls: string[];
  close(): Promise<void>;
}

export async function standBefore(apiUrl: string): Promise<Front> {
  const refusals = new Map<string, string>();
  const calls: string[] = [];
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
    const { authorization = '', 'content-type': type = '' } = request.headers;
    try {
      const answer = await fetch(new URL(method, apiUrl), {
        method: 'POST',
        headers: { authorization, 'content-type': type },
        body: new Uint8Array(body),
      });
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
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
