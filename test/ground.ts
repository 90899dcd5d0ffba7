import { inject } from 'vitest';
import { openClient } from '../src/store/direct.ts';
import { embeddedAdapter } from '../src/store/embedded.ts';
import { serverAdapter } from '../src/store/server.ts';
import type { Store } from '../src/store/store.ts';
import { eachStatement } from './each-statement.ts';
import { lendEmbedded } from './embedded-pool.ts';
import { databaseAt, withServer } from './template.ts';

let databases = 0;

/** Told of each statement that goes to the database, which waits for it. */
export type OnStatement = (sql: string) => void | Promise<void>;

/** A transaction waits as long as a busy machine needs; the bot's own waits are shorter. */
const transactionOptions = { maxWait: 120_000, timeout: 120_000 };

/**
 * A fresh migrated database: embedded and in memory, or on the PostgreSQL server of TEST_DATABASE_URL. `close` drops
 * it; what a test leaves open is dropped at the end of the run.
 */
export async function openTestStore(onStatement: OnStatement = () => undefined): Promise<Store> {
  const template = inject('template');
  if (template.kind === 'embedded') {
    const { pglite, giveBack } = await lendEmbedded(template.dump);
    const db = openClient(eachStatement(embeddedAdapter(pglite), onStatement), transactionOptions);
    return {
      db,
      migrated: [],
      close: async () => {
        await db.$disconnect();
        await giveBack();
      },
    };
  }
  const { url, drop } = await createDatabase(template.name);
  const store = storeAt(url, onStatement);
  return {
    ...store,
    close: async () => {
      await store.close();
      await drop();
    },
  };
}

/** A migrated PostgreSQL database, opened once more as another process would. */
export function storeAt(url: string, onStatement: OnStatement = () => undefined): Store {
  const db = openClient(eachStatement(serverAdapter(url, 120_000), onStatement), transactionOptions);
  return { db, migrated: [], close: () => db.$disconnect() };
}

/** Whether the run has a PostgreSQL server, where real races show. */
export function onPostgres(): boolean {
  return inject('template').kind === 'postgres';
}

/** A database of its own on the PostgreSQL server; empty unless `from` names a template. */
export async function createDatabase(
  from = 'template0',
): Promise<{ url: string; drop: () => Promise<void> }> {
  const template = inject('template');
  if (template.kind !== 'postgres') throw new Error('TEST_DATABASE_URL is not set');
  const name = `${template.run}${process.pid}_${++databases}`;
  await withServer(template.url, (server) => server.query(`CREATE DATABASE ${name} TEMPLATE ${from}`));
  const drop = async () => {
    await withServer(template.url, (server) => server.query(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`));
  };
  return { url: databaseAt(template.url, name), drop };
}

/** A clock that stands until it is moved. */
export interface TestClock {
  now: () => Date;
  /** Milliseconds. */
  advance(ms: number): void;
  set(date: Date | string): void;
}

/** A Monday morning in Seoul unless told otherwise. */
export function testClock(start: Date | string = '2026-11-23T01:00:00.000Z'): TestClock {
  let at = new Date(start).getTime();
  return {
    now: () => new Date(at),
    advance: (ms) => {
      at += ms;
    },
    set: (date) => {
      at = new Date(date).getTime();
    },
  };
}
