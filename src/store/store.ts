import { join } from 'node:path';
import { PGlite } from '@electric-sql/pglite';
import type { SqlMigrationAwareDriverAdapterFactory } from '@prisma/driver-adapter-utils';
import pg from 'pg';
import type { Prisma, PrismaClient } from './client/client.ts';
import { openClient } from './direct.ts';
import { embeddedAdapter, inMemoryParams, startParams } from './embedded.ts';
import { copyLive } from './live-copy.ts';
import { appliedMigrations, migrate, refuseOtherVersion } from './migrate.ts';
import { lockFolder } from './process-lock.ts';
import { serverAdapter } from './server.ts';

export type Db = PrismaClient;
/** What both the client and an open transaction can do. */
export type Tx = Prisma.TransactionClient;

export interface Store {
  db: Db;
  /** Names of the migrations that this start applied. */
  migrated: string[];
  close(): Promise<void>;
  /** Copies the embedded database, as it is at one moment, into a folder of this name next to it. */
  copyTo?(name: string): Promise<void>;
}

/** How long a backup may wait for the connection, and hold it. */
const COPY_MS = 3_600_000;

const transactionOptions = { maxWait: 20_000, timeout: 20_000 };

/** Any number that no other application uses on the same database: 'bogeup' as bytes. */
const MIGRATION_LOCK = 0x626f67;

/**
 * What happens to migrations that wait: they are applied; the database is refused, since older processes may be running on
 * it; or it is used as it is, to be copied.
 */
export type Pending = 'apply' | 'refuse' | 'leave';

/** @returns the names of the migrations that were applied. @throws NewerDatabase, MigrationsWait */
async function settlePending(
  adapter: SqlMigrationAwareDriverAdapterFactory,
  pending: Pending,
): Promise<string[]> {
  if (pending === 'apply') return migrate(adapter);
  if (pending === 'refuse') await refuseOtherVersion(adapter);
  return [];
}

/**
 * Opens the database and brings it up to date, unless `pending` says otherwise. Safe when several processes start at once: PostgreSQL is migrated
 * under an advisory lock, the embedded database belongs to one process.
 * @throws FolderInUse, FolderElsewhere, or the driver's error when the database cannot be reached
 */
export function openStore(where: {
  databaseUrl?: string | undefined;
  dataDir?: string | undefined;
  /** The database must have tables already: on a server none are made. */
  existing?: boolean;
  /** 'apply' when left out. */
  pending?: Pending;
  /** How long a server may be silent after it was asked, in ms; 15,000. */
  silenceMs?: number;
  /** Releases the folder's lock, when the caller holds it already. */
  unlock?: () => Promise<void>;
}): Promise<Store> {
  return where.databaseUrl
    ? openPostgres(where.databaseUrl, where)
    : openEmbedded(where.dataDir, where.pending, where.unlock);
}

/** Without a folder the database is in memory and ends with the process (tests, benchmarks). */
async function openEmbedded(
  dataDir?: string,
  pending: Pending = 'apply',
  taken?: () => Promise<void>,
): Promise<Store> {
  const unlock = taken ?? (dataDir ? await lockFolder(dataDir) : async () => {});
  try {
    return await openPglite(dataDir, pending, unlock);
  } catch (error) {
    await unlock();
    throw error;
  }
}

async function openPglite(
  dataDir: string | undefined,
  pending: Pending,
  unlock: () => Promise<void>,
): Promise<Store> {
  const pglite = await PGlite.create(
    dataDir ? { startParams, dataDir: join(dataDir, 'db') } : { startParams: inMemoryParams },
  );
  const adapter = embeddedAdapter(pglite);
  const whole = wholeScripts(adapter, (script) => pglite.exec(script));
  const migrated = await settlePending(whole, pending).catch(async (error) => {
    await pglite.close();
    throw error;
  });
  const db = openClient(adapter, transactionOptions);
  return {
    db,
    migrated,
    close: async () => {
      await db.$disconnect();
      await pglite.close();
      await unlock();
    },
    ...(dataDir
      ? {
          copyTo: (name: string) =>
            copyLive(join(dataDir, 'db'), join(dataDir, name), (finish) =>
              // The one connection is taken: others wait for it, and nothing is written but what the checkpoint writes.
              db.$transaction(
                async (tx) => {
                  await tx.$executeRaw`CHECKPOINT`;
                  await finish();
                },
                { maxWait: COPY_MS, timeout: COPY_MS },
              ),
            ),
        }
      : {}),
  };
}

/**
 * Looks at the embedded database of a folder as it is: nothing is migrated, nothing is cleared away.
 * @throws FolderInUse, FolderElsewhere
 */
export async function lookIntoFolder<T>(
  dataDir: string,
  look: (applied: ReadonlySet<string>, db: Db) => Promise<T>,
): Promise<T> {
  const unlock = await lockFolder(dataDir);
  try {
    const pglite = await PGlite.create({ startParams, dataDir: join(dataDir, 'db') });
    const adapter = embeddedAdapter(pglite);
    const db = openClient(adapter, transactionOptions);
    try {
      return await look(await appliedMigrations(adapter), db);
    } finally {
      await db.$disconnect();
      await pglite.close();
    }
  } finally {
    await unlock();
  }
}

async function openPostgres(
  databaseUrl: string,
  { existing = false, pending = 'apply', silenceMs }: Omit<Parameters<typeof openStore>[0], 'databaseUrl'>,
): Promise<Store> {
  const guard = new pg.Client({ connectionString: databaseUrl, connectionTimeoutMillis: 10_000 });
  await guard.connect();
  const adapter = serverAdapter(databaseUrl, silenceMs);
  let migrated: string[];
  try {
    await guard.query('SELECT pg_advisory_lock($1)', [MIGRATION_LOCK]);
    const { rows } = await guard.query(`SELECT to_regclass('_prisma_migrations') IS NOT NULL AS made`);
    if (existing && !rows[0].made) throw new Error('it holds no tables of Bogeup: start the bot once');
    const whole = wholeScripts(adapter, (script) => guard.query(script));
    migrated = await settlePending(whole, pending);
  } finally {
    await guard.end();
  }
  const db = openClient(adapter, transactionOptions);
  return { db, migrated, close: () => db.$disconnect() };
}

/**
 * An adapter that runs each script as one piece and in one transaction. Prisma's own splits it at every semicolon, also
 * inside the body of a function.
 */
export function wholeScripts(
  adapter: SqlMigrationAwareDriverAdapterFactory,
  run: (script: string) => Promise<unknown>,
): SqlMigrationAwareDriverAdapterFactory {
  return {
    provider: adapter.provider,
    adapterName: adapter.adapterName,
    connectToShadowDb: () => adapter.connectToShadowDb(),
    connect: async () => {
      const connection = await adapter.connect();
      connection.executeScript = async (script) => {
        await run(script);
      };
      return connection;
    },
  };
}
