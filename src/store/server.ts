import { randomUUID } from 'node:crypto';
import { Socket } from 'node:net';
import { PrismaPg } from '@prisma/adapter-pg';
import { preparedNames } from './prepared-names.ts';

/** The beginning of the name that each process of the bot has on a server. */
export const NAMED = 'bogeup-';
const PROCESS_NAME = `${NAMED}${randomUUID()}`;
/** Longer than any of our statements takes, shorter than a person waits. */
const SILENCE_MS = 15_000;
/**
 * How many connections a process opens at most. Each new one costs the server a twentieth of a second of CPU, until it
 * has read the catalog and planned our statements; more of them than this make nothing faster.
 */
const MOST_CONNECTIONS = 8;

/**
 * A socket that gives up when the database is silent. A network that drops packets reports no error: without this a
 * statement would wait the quarter of an hour after which the system gives a connection up, and the pool would hand the
 * dead connection out again.
 */
function impatientSocket(silenceMs: number): Socket {
  const socket = new Socket();
  const giveUp = () => socket.destroy(new Error(`the database was silent for ${silenceMs / 1000} s`));
  return socket.setTimeout(silenceMs, giveUp);
}

/** Connects to a PostgreSQL server; statements are prepared once per connection. */
export function serverAdapter(connectionString: string, silenceMs = SILENCE_MS): PrismaPg {
  return new PrismaPg(
    {
      connectionString,
      application_name: PROCESS_NAME,
      max: MOST_CONNECTIONS,
      connectionTimeoutMillis: 10_000,
      stream: () => impatientSocket(silenceMs),
    },
    { statementNameGenerator: preparedNames() },
  );
}
