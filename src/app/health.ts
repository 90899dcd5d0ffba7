import { collectDefaultMetrics, Gauge, Registry } from 'prom-client';
import type { Answer } from '../messenger/slack/receiver.ts';
import type { Db } from '../store/store.ts';
import { housekeptAt } from './housekeeping.ts';

/** Answers to monitoring programs about the running bot. No function here rejects. */
export interface Health {
  /** Whether the process runs. */
  live(): Promise<Answer>;
  /** Whether the database answers and Slack is connected; one line for each that does not work. */
  ready(): Promise<Answer>;
  /** The metrics as Prometheus text; those from the database are left out while it does not answer. */
  metrics(): Promise<Answer>;
}

interface Signs {
  db: Db;
  now: () => Date;
  /** Since when the socket to Slack is open; null: it is closed. Left out in HTTP mode. */
  socketSince?: (() => Date | null) | undefined;
  /** How many connections of the app Slack counts. Left out in HTTP mode. */
  connections?: (() => number) | undefined;
  /** Until when the certificate of the licence signer is in force. */
  signerUntil: Date;
  /** When this process last sent the reminders of a day. */
  sweptAt: () => Date | null;
  /** How long to wait for the database, so that a monitoring program gets its answer within two seconds. */
  patienceMs: number;
}

/** Waits for an answer of the database; null when it failed or takes too long. */
type Ask = <T>(asked: Promise<T>) => Promise<T | null>;

export function openHealth(signs: Signs): Health {
  const { db, socketSince } = signs;
  const ask = askWithin(signs.patienceMs);
  const registry = new Registry();
  collectDefaultMetrics({ register: registry }); // Node's own metrics, among them the lag of the event loop
  addNumbers(registry, signs, ask);
  addCounts(registry, db, ask);
  return {
    live: async () => text(200, 'ok'),
    ready: async () => {
      const missing = [
        ...((await ask(roundTrip(db))) === null ? ['the database does not answer'] : []),
        ...(socketSince?.() === null ? ['Slack is not connected'] : []),
      ];
      return missing.length === 0 ? text(200, 'ready') : text(503, `not ready: ${missing.join(', ')}`);
    },
    metrics: async () => ({ status: 200, type: registry.contentType, body: await registry.metrics() }),
  };
}

function askWithin(ms: number): Ask {
  return async (asked) => {
    let timer: NodeJS.Timeout | undefined;
    const tooLong = new Promise<null>((resolve) => {
      timer = setTimeout(resolve, ms, null);
    });
    return Promise.race([asked.catch(() => null), tooLong]).finally(() => clearTimeout(timer));
  };
}

/** How long a trivial query takes, in seconds. */
async function roundTrip(db: Db): Promise<number> {
  const began = performance.now();
  await db.$queryRaw`SELECT 1`;
  return (performance.now() - began) / 1000;
}

function addNumbers(
  registry: Registry,
  { db, now, socketSince, sweptAt, signerUntil, connections }: Signs,
  ask: Ask,
): void {
  /** Adds a metric that is read at each request; null leaves it out. */
  const add = (name: string, help: string, look: () => Promise<number | null> | number | null): void => {
    new Gauge({
      name,
      help,
      registers: [registry],
      async collect() {
        const value = await look();
        if (value === null) this.reset();
        else this.set(value);
      },
    });
  };
  add('bogeup_database_up', 'Whether the database answers', async () =>
    (await ask(roundTrip(db))) === null ? 0 : 1,
  );
  add('bogeup_database_roundtrip_seconds', 'How long a trivial query takes', () => ask(roundTrip(db)));
  if (socketSince)
    add('bogeup_socket_connected_since_seconds', 'Since when the socket to Slack is open; 0: it is not', () =>
      seconds(socketSince()),
    );
  if (connections)
    add(
      'bogeup_slack_connections',
      'Connections of the app, as Slack counted them at the last greeting',
      () => connections(),
    );
  add('bogeup_last_sweep_seconds', 'When this process swept the reminders last; 0: not yet', () =>
    seconds(sweptAt()),
  );
  add('bogeup_last_housekeeping_seconds', 'When the daily chores were last all done', () =>
    ask(housekeptAt(db).then(seconds)),
  );
  add('bogeup_signer_until_seconds', 'Until when the certificate of the licence signer is in force', () =>
    seconds(signerUntil),
  );
  add('bogeup_outbox_oldest_seconds', 'How long the oldest message waits that should be sent', () =>
    ask(oldestUnsent(db, now())),
  );
}

interface Count {
  state: string;
  count: number;
}

function addCounts(registry: Registry, db: Db, ask: Ask): void {
  /** Adds a metric with one number for each state. */
  const add = (name: string, help: string, look: () => Promise<Count[]>): void => {
    new Gauge({
      name,
      help,
      labelNames: ['state'],
      registers: [registry],
      async collect() {
        this.reset();
        for (const { state, count } of (await ask(look())) ?? []) this.set({ state }, count);
      },
    });
  };
  add(
    'bogeup_outbox_rows',
    'Messages that are not sent; what was sent is counted as it is sent',
    async () => {
      // This condition matches a partial index: the number of sent messages does not slow it down.
      const counts = await db.$queryRaw<Count[]>`
      SELECT state::text, count(*)::int AS count FROM "Outbox" WHERE state <> 'SENT' GROUP BY state`;
      return ['PENDING', 'CLAIMED', 'FAILED'].map(
        (state) => counts.find((one) => one.state === state) ?? { state, count: 0 },
      );
    },
  );
  add('bogeup_filings', 'Filings', async () => {
    const counts = await db.filing.groupBy({ by: ['state'], _count: true });
    return counts.map(({ state, _count }) => ({ state, count: _count }));
  });
}

const text = (status: number, body: string): Answer => ({ status, type: 'text/plain', body: `${body}\n` });
const seconds = (at: Date | null) => (at ? at.getTime() / 1000 : 0);

/** The age of the oldest unsent message in seconds; one with a `notBefore` ages from that time on. */
async function oldestUnsent(db: Db, now: Date): Promise<number> {
  const [row] = await db.$queryRaw<{ since: Date | null }[]>`
    SELECT min(coalesce("notBefore", "createdAt")) AS since FROM "Outbox"
    WHERE state IN ('PENDING', 'CLAIMED') AND coalesce("notBefore", "createdAt") <= ${now}`;
  return row?.since ? (now.getTime() - row.since.getTime()) / 1000 : 0;
}
