import { Duplex } from 'node:stream';
import type { PGlite } from '@electric-sql/pglite';
import { PrismaPg } from '@prisma/adapter-pg';
import type { SqlMigrationAwareDriverAdapterFactory } from '@prisma/driver-adapter-utils';
import pg from 'pg';

/**
 * The embedded database behind the driver of PostgreSQL: what `pg` would write to a socket goes into PGlite's memory,
 * in one call a statement and as bytes, and statements are prepared once. PGlite's own `query` takes five times the CPU.
 */
export function embeddedAdapter(pglite: PGlite): SqlMigrationAwareDriverAdapterFactory {
  const pool = new pg.Pool({
    // PGlite has one session; whoever comes second waits, as long as it takes.
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

/** More texts than the bot has; lists of different length are texts of their own. */
const MOST_PREPARED = 1000;

/** A name for each text; none for those that come when there are too many. */
function preparedNames(): (query: { sql: string }) => string {
  const names = new Map<string, string>();
  return ({ sql }) => {
    const known = names.get(sql);
    if (known !== undefined) return known;
    if (names.size >= MOST_PREPARED) return '';
    const name = `s${names.size}`;
    names.set(sql, name);
    return name;
  };
}

const EXIT = 'X'.charCodeAt(0);

/** What `pg` asks of a socket. */
class EmbeddedConnection extends Duplex {
  private readonly pglite: PGlite;

  constructor(pglite: PGlite) {
    super();
    this.pglite = pglite;
  }

  connect(): this {
    setImmediate(() => {
      // What a former connection left in the one session.
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
    // It computes in this thread and answers at once: without a turn of the event loop in between, a chain of statements
    // would keep somebody else's click waiting to its end.
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

  /** Parse, bind, describe, execute and sync of one statement come together. */
  override _writev(messages: { chunk: Buffer }[], done: (error?: Error) => void): void {
    this._write(Buffer.concat(messages.map(({ chunk }) => chunk)), 'buffer', done);
  }
}

/** The message `Query`. Source: PostgreSQL, 55.7 Message Formats. */
function simpleQuery(sql: string): Buffer {
  const message = Buffer.alloc(sql.length + 6);
  message.write('Q', 0, 'latin1');
  message.writeInt32BE(sql.length + 5, 1);
  message.write(sql, 5, 'latin1');
  return message;
}
