import { Duplex } from 'node:stream';
import type { PGlite } from '@electric-sql/pglite';
import { PrismaPg } from '@prisma/adapter-pg';
import type { SqlMigrationAwareDriverAdapterFactory } from '@prisma/driver-adapter-utils';
import pg from 'pg';
import { preparedNames } from './prepared-names.ts';

/**
 * Connects the embedded database to the PostgreSQL driver `pg`: the bytes that `pg` would write to a socket are handed
 * to PGlite in memory, one call per statement, and each statement is prepared once. PGlite's own `query` takes five
 * times the CPU.
 */
export function embeddedAdapter(pglite: PGlite): SqlMigrationAwareDriverAdapterFactory {
  const pool = new pg.Pool({
    // PGlite has one session: a second caller waits for it without a time limit.
    max: 1,
    connectionTimeoutMillis: 0,
    idleTimeoutMillis: 0,
    stream: () => new EmbeddedConnection(pglite) as unknown as NodeJS.ReadableStream,
    ssl: false,
    user: 'postgres',
    database: 'postgres',
  } as pg.PoolConfig);
  return new PrismaPg(pool, { statementNameGenerator: preparedNames() });
}

const EXIT = 'X'.charCodeAt(0);

/** Stands in for the network socket that `pg` expects. */
class EmbeddedConnection extends Duplex {
  private readonly pglite: PGlite;

  constructor(pglite: PGlite) {
    super();
    this.pglite = pglite;
  }

  connect(): this {
    setImmediate(() => {
      // Clears what a former connection left in the one session.
      for (const sql of ['ROLLBACK', 'DISCARD ALL']) this.pglite.execProtocolRawSync(simpleQuery(sql));
      this.emit('connect');
    });
    return this;
  }

  setNoDelay(): this {
    return this;
  }

  setKeepAlive(): this {
    return this;
  }

  ref(): this {
    return this;
  }

  unref(): this {
    return this;
  }

  override _read(): void {}

  override _write(message: Buffer, _encoding: string, done: (error?: Error) => void): void {
    // The database computes in this thread and answers at once. Without a turn of the event loop in between, a series
    // of statements would delay everybody else's clicks until its end.
    setImmediate(() => {
      try {
        if (message[0] === EXIT) this.push(null);
        else if (this.pglite.closed) throw new Error('the embedded database is closed');
        else this.push(this.pglite.execProtocolRawSync(message));
        done();
      } catch (error) {
        done(error as Error);
      }
    });
  }

  /** Hands over the messages of one statement (parse, bind, describe, execute, sync) in one call. */
  override _writev(messages: { chunk: Buffer }[], done: (error?: Error) => void): void {
    this._write(Buffer.concat(messages.map(({ chunk }) => chunk)), 'buffer', done);
  }
}

/** Builds the protocol message `Query`. Source: PostgreSQL, 55.7 Message Formats. */
function simpleQuery(sql: string): Buffer {
  const message = Buffer.alloc(sql.length + 6);
  message.write('Q', 0, 'latin1');
  message.writeInt32BE(sql.length + 5, 1);
  message.write(sql, 5, 'latin1');
  return message;
}
