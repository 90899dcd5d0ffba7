import type { IncomingMessage, ServerResponse } from 'node:http';
import type { CustomRoute } from '@slack/bolt/dist/receivers/custom-routes.js';
import { collectDefaultMetrics, Gauge, Registry } from 'prom-client';
import { signedRevocations } from '../records/licences/revocations.ts';
import type { Signer } from '../records/licences/signer.ts';
import type { Db } from '../store/store.ts';

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

/** How long one signing serves whoever asks. */
const LIST_MS = 60_000;

/** `/licences/revoked`: the signed list of licences out of service; numbers only, so anybody may have it. */
export function revocationRoute(db: Db, signer: Signer, now: () => Date): CustomRoute {
  let made: { at: number; body: Promise<Buffer> } | null = null;
  return route('/licences/revoked', async () => {
    const at = now();
    if (!made || at.getTime() - made.at >= LIST_MS) {
      made = { at: at.getTime(), body: signedRevocations(db, signer, at) };
      made.body.catch(() => {
        made = null;
      });
    }
    return { status: 200, type: 'application/pkcs7-mime', body: await made.body };
  });
}

function route(
  path: string,
  answer: () => Promise<{ status: number; type: string; body: string | Buffer }>,
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
