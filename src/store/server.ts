import { Socket } from 'node:net';
import { PrismaPg } from '@prisma/adapter-pg';
import pg from 'pg';
import { preparedNames } from './prepared-names.ts';

/** Longer than any of our statements takes, shorter than a person waits. */
const SILENCE_MS = 15_000;
/**
 * How many connections a process opens at most. Each new one costs the server a twentieth of a second of CPU, until it
 * has read the catalog and planned our statements; more of them than this make nothing faster.
 */
const MOST_CONNECTIONS = 8;
/** How long an unused connection is kept, because of what a new one costs. */
const KEPT_MS = 60_000;

/** Connects to a PostgreSQL server; statements are prepared once per connection. */
export function serverAdapter(connectionString: string, silenceMs = SILENCE_MS): PrismaPg {
  const pool = new pg.Pool({
    connectionString,
    max: MOST_CONNECTIONS,
    idleTimeoutMillis: KEPT_MS,
    connectionTimeoutMillis: 10_000,
    Client: impatientClient(silenceMs),
  });
  pool.on('acquire', (client) => rest(client, false));
  pool.on('release', (_error, client) => rest(client, true));
  return new PrismaPg(pool, { statementNameGenerator: preparedNames(), disposeExternalPool: true });
}

/** Tells a client of ours whether it lies in the pool, where nobody expects an answer from it. */
function rest(client: pg.ClientBase & { rests?: boolean }, rests: boolean): void {
  client.rests = rests;
}

/**
 * A client that gives up when the database is silent. A network that drops packets reports no error: without this a
 * statement would wait the quarter of an hour after which the system gives a connection up, and the pool would hand the
 * dead connection out again.
 */
function impatientClient(silenceMs: number) {
  return class extends pg.Client {
    rests = false;

    constructor(config?: pg.ClientConfig) {
      const socket = new Socket();
      super({ ...config, stream: () => socket });
      socket.setTimeout(silenceMs, () => {
        if (!this.rests) socket.destroy(new Error(`the database was silent for ${silenceMs / 1000} s`));
      });
    }
  };
}
