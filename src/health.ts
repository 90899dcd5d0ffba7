import type { IncomingMessage, ServerResponse } from 'node:http';
import type { CustomRoute } from '@slack/bolt/dist/receivers/custom-routes.js';
import { collectDefaultMetrics, Gauge, Registry } from 'prom-client';
import type { Db } from './store/store.ts';

/** `/healthz`: the process runs. `/readyz`: it can reach its database. `/metrics`: Prometheus text. HTTP mode only. */
export function healthRoutes(db: Db): CustomRoute[] {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  new Gauge({
    name: 'bogeup_outbox_rows',
    help: 'Messages that are not sent, by state; what was sent is counted as it is sent',
    labelNames: ['state'],
    registers: [registry],
    async collect() {
      // Of the partial index alone, however many were sent.
      const counts = await db.$queryRaw<{ state: string; count: number }[]>`
        SELECT state::text, count(*)::int AS count FROM "Outbox" WHERE state <> 'SENT' GROUP BY state`;
      for (const state of ['PENDING', 'CLAIMED', 'FAILED'])
        this.set({ state }, counts.find((one) => one.state === state)?.count ?? 0);
    },
  });
  new Gauge({
    name: 'bogeup_filings',
    help: 'Filings by state',
    labelNames: ['state'],
    registers: [registry],
    async collect() {
      const counts = await db.filing.groupBy({ by: ['state'], _count: true });
      for (const { state, _count } of counts) this.set({ state }, _count);
    },
  });
  return [
    route('/healthz', async () => ({ status: 200, type: 'text/plain', body: 'ok\n' })),
    route('/readyz', async () => {
      await db.$queryRaw`SELECT 1`;
      return { status: 200, type: 'text/plain', body: 'ready\n' };
    }),
    route('/metrics', async () => ({
      status: 200,
      type: registry.contentType,
      body: await registry.metrics(),
    })),
  ];
}

function route(
  path: string,
  answer: () => Promise<{ status: number; type: string; body: string }>,
): CustomRoute {
  return {
    path,
    method: ['GET'],
    handler: (_request: IncomingMessage, response: ServerResponse) => {
      void answer()
        .catch(() => ({
          status: 503,
          type: 'text/plain',
          body: 'not ready: the database cannot be reached\n',
        }))
        .then(({ status, type, body }) => response.writeHead(status, { 'content-type': type }).end(body));
    },
  };
}
