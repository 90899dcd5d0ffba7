import { Duplex } from 'node:stream';
import { PGlite } from '@electric-sql/pglite';
import { PrismaPg } from '@prisma/adapter-pg';
import type { SqlMigrationAwareDriverAdapterFactory } from '@prisma/driver-adapter-utils';
import pg from 'pg';
import { preparedNames } from './prepared-names.ts';

/** With these PGlite is started. */
export const startParams = [
  ...PGlite.defaultStartParams,
  // Shared memory: by default PostgreSQL takes 128 MB and touches it at once.
  ...['-c', 'shared_buffers=16MB'],
  // When the log has grown to some half of this, PostgreSQL begins a checkpoint in the midst of a statement, and the one
  // process waits for ever for a lock that it holds itself, or panics (perhaps electric-sql/pglite#1068). The greatest
  // value puts that out of reach; Checkpoints makes them instead.
  ...['-c', 'max_wal_size=2097151MB'],
];

/**
 * With these it is started in memory. There a file that grows bit by bit is copied again and again, and the room for the
 * log, taken at once on a disk so that it is there, need not be filled.
 */
export const inMemoryParams = [...startParams, '-c', 'wal_init_zero=off'];

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
/** An answer ends with this when no transaction is open. */
const IDLE = 'I'.charCodeAt(0);

/** So many statements run until PostgreSQL is asked how much it has logged. */
const LOOKED_AT_EVERY = 500;
/** So much log makes a checkpoint due: a start after a crash goes through it again. */
const LOGGED_MB = 128;

/**
 * Makes the checkpoints, which on a server a process of their own makes: without one the log of changes grows for as
 * long as the bot runs.
 */
class Checkpoints {
  private readonly pglite: PGlite;
  private statements = 0;

  constructor(pglite: PGlite) {
    this.pglite = pglite;
  }

  /** @param answer what the database answered to a statement */
  after(answer: Uint8Array): void {
    this.statements += 1;
    if (this.statements < LOOKED_AT_EVERY || answer.at(-1) !== IDLE) return;
    this.statements = 0;
    this.pglite.execProtocolRawSync(CHECKPOINT_WHEN_DUE);
  }
}

/** Stands in for the network socket that `pg` expects. */
class EmbeddedConnection extends Duplex {
  private readonly pglite: PGlite;
  private readonly checkpoints: Checkpoints;

  constructor(pglite: PGlite) {
    super();
    this.pglite = pglite;
    this.checkpoints = new Checkpoints(pglite);
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
        else {
          const answer = this.pglite.execProtocolRawSync(message);
          this.push(answer);
          this.checkpoints.after(answer);
        }
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

const CHECKPOINT_WHEN_DUE = simpleQuery(`
  DO $$ BEGIN
    IF (SELECT pg_current_wal_insert_lsn() - redo_lsn FROM pg_control_checkpoint()) > ${LOGGED_MB} * 1048576 THEN
      CHECKPOINT;
    END IF;
  END $$`);
