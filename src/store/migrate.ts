import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { SqlDriverAdapter, SqlMigrationAwareDriverAdapterFactory } from '@prisma/driver-adapter-utils';
import { bindMigrationAwareSqlAdapterFactory } from '@prisma/driver-adapter-utils';

/**
 * Prisma's own schema engine in WebAssembly, over a driver adapter: migrations are applied without the engine
 * download, and `_prisma_migrations` is Prisma's, so `prisma migrate deploy` agrees with it.
 */
type SchemaEngine = {
  applyMigrations(input: {
    migrationsList: MigrationsList;
    filters: Filters;
  }): Promise<{ appliedMigrationNames: string[] }>;
  diff(input: object): Promise<{ stdout: string | null }>;
  free(): void;
};
type WasmExports = { __wbindgen_start(): void };
type WasmLoader = {
  instantiate(bytes: Uint8Array, imports: object): Promise<{ instance: { exports: WasmExports } }>;
};
type EngineModule = {
  __wbg_set_wasm(wasm: WasmExports): void;
  SchemaEngine: {
    new: (
      options: { datamodels: [string, string][] },
      log: () => void,
      adapter: object,
    ) => Promise<SchemaEngine>;
  };
};
type Filters = { externalTables: string[]; externalEnums: string[] };
type MigrationsList = {
  baseDir: string;
  lockfile: { path: string; content: string };
  shadowDbInitScript: string;
  migrationDirectories: { path: string; migrationFile: { path: string; content: object } }[];
};

/** A newer version of the program has changed the tables, so this version must not use them. */
export class NewerDatabase extends Error {
  override readonly name = 'NewerDatabase';
  constructor(theirs: string, ours: string) {
    super(
      `The database was brought up to date by a newer version of Bogeup: it stands at ${theirs}, this version knows it to ${ours}. Start the newer version, or restore the backup that was made before the upgrade into a database of its own.`,
    );
  }
}

/** The database lacks migrations that this version needs, and only a start or `migrate` applies them. */
export class MigrationsWait extends Error {
  override readonly name = 'MigrationsWait';
  constructor(count: number) {
    super(
      `The database is of an earlier version: ${count} migrations wait. Stop every process, back up, then run bogeup migrate or start the bot.`,
    );
  }
}

const prismaFolder = join(import.meta.dirname, '../../prisma');
const noFilters: Filters = { externalTables: [], externalEnums: [] };

/**
 * Applies what is pending and returns the names of the migrations applied. Callers hold the lock of `openStore`.
 * @throws NewerDatabase
 */
export async function migrate(adapter: SqlMigrationAwareDriverAdapterFactory): Promise<string[]> {
  await settleInterrupted(adapter);
  const migrations = readMigrations();
  const done = await appliedMigrations(adapter);
  const known = migrations.migrationDirectories.map(({ path }) => path);
  refuseNewer(done, known);
  // The engine is loaded only when needed: loading takes longer than the rest of a start.
  if (known.every((name) => done.has(name))) return [];
  const engine = await openEngine(adapter);
  try {
    const { appliedMigrationNames } = await engine.applyMigrations({
      migrationsList: migrations,
      filters: noFilters,
    });
    return appliedMigrationNames;
  } finally {
    engine.free();
  }
}

/** Looks whether this version can use the database as it is. @throws NewerDatabase, MigrationsWait */
export async function refuseOtherVersion(adapter: SqlMigrationAwareDriverAdapterFactory): Promise<void> {
  const done = await appliedMigrations(adapter);
  const known = readMigrations().migrationDirectories.map(({ path }) => path);
  refuseNewer(done, known);
  const waiting = known.filter((name) => !done.has(name)).length;
  if (waiting > 0) throw new MigrationsWait(waiting);
}

/** @throws NewerDatabase when the database has migrations that this program does not know */
export function refuseNewer(done: ReadonlySet<string>, known: readonly string[]): void {
  const unknown = [...done].filter((name) => !known.includes(name)).sort();
  if (unknown.length > 0) throw new NewerDatabase(unknown.at(-1) ?? '', known.at(-1) ?? '');
}

/**
 * A process killed in the middle of a migration leaves an unfinished row, and Prisma would refuse every later start
 * (P3009). The caller's lock guarantees that no migration is running. A script is one transaction: when its step was
 * not counted, it changed nothing. A migration that failed by itself has its error in `logs` and is left as it is.
 */
async function settleInterrupted(adapter: SqlMigrationAwareDriverAdapterFactory): Promise<void> {
  await withConnection(adapter, (connection) =>
    connection.executeScript(`
    DO $$ BEGIN
      IF to_regclass('_prisma_migrations') IS NULL THEN RETURN; END IF;
      UPDATE _prisma_migrations SET finished_at = now()
        WHERE finished_at IS NULL AND rolled_back_at IS NULL AND logs IS NULL AND applied_steps_count > 0;
      UPDATE _prisma_migrations SET rolled_back_at = now()
        WHERE finished_at IS NULL AND rolled_back_at IS NULL AND logs IS NULL;
    END $$`),
  );
}

/** Works on a connection of its own: for a server, each is a pool, which lasts until it is closed. */
async function withConnection<T>(
  adapter: SqlMigrationAwareDriverAdapterFactory,
  work: (connection: SqlDriverAdapter) => Promise<T>,
): Promise<T> {
  const connection = await adapter.connect();
  try {
    return await work(connection);
  } finally {
    await connection.dispose();
  }
}

/** Names of the migrations that the database behind the adapter has. */
export function appliedMigrations(adapter: SqlMigrationAwareDriverAdapterFactory): Promise<Set<string>> {
  return withConnection(adapter, async (connection) => {
    const ask = (sql: string) => connection.queryRaw({ sql, args: [], argTypes: [] });
    const { rows: known } = await ask(`SELECT to_regclass('_prisma_migrations') IS NOT NULL`);
    if (known[0]?.[0] !== true) return new Set();
    const { rows } = await ask(
      'SELECT migration_name FROM _prisma_migrations WHERE finished_at IS NOT NULL AND rolled_back_at IS NULL',
    );
    return new Set(rows.map(([name]) => String(name)));
  });
}

/**
 * The SQL that brings the database behind the adapter up to schema.prisma; empty when there is nothing to do. The
 * adapter must be that of `pglite-prisma-adapter`: the one of `pg` does not know the type "char" of the catalogue.
 */
export async function changeToSchema(adapter: SqlMigrationAwareDriverAdapterFactory): Promise<string> {
  const engine = await openEngine(adapter);
  try {
    const { stdout } = await engine.diff({
      from: { tag: 'schemaDatasource', files: [schemaFile()], configDir: prismaFolder },
      to: { tag: 'schemaDatamodel', files: [schemaFile()] },
      script: true,
      exitCode: null,
      filters: noFilters,
    });
    return stdout?.includes('This is an empty migration') ? '' : (stdout ?? '');
  } finally {
    engine.free();
  }
}

let loaded: Promise<EngineModule> | undefined;

async function openEngine(adapter: SqlMigrationAwareDriverAdapterFactory): Promise<SchemaEngine> {
  loaded ??= loadEngine(); // once per process: the bindings keep a view of the first WebAssembly memory they get
  const { path, content } = schemaFile();
  return (await loaded).SchemaEngine.new(
    { datamodels: [[path, content]] },
    () => {},
    bindMigrationAwareSqlAdapterFactory(adapter),
  );
}

/** The package exports a bundler entry only; its two parts are read by path. */
async function loadEngine(): Promise<EngineModule> {
  const folder = dirname(createRequire(import.meta.url).resolve('@prisma/schema-engine-wasm'));
  const bindings = './schema_engine_bg.js';
  const engine = (await import(pathToFileURL(join(folder, bindings)).href)) as EngineModule;
  const { WebAssembly } = globalThis as unknown as { WebAssembly: WasmLoader }; // declared in the DOM library only
  const wasm = await WebAssembly.instantiate(readFileSync(join(folder, 'schema_engine_bg.wasm')), {
    [bindings]: engine,
  });
  engine.__wbg_set_wasm(wasm.instance.exports);
  // The engine reports a panic through this global before it throws.
  Object.assign(globalThis, {
    PRISMA_WASM_PANIC_REGISTRY: {
      set_message: (text: string) => process.stderr.write(`prisma schema engine: ${text}\n`),
    },
  });
  wasm.instance.exports.__wbindgen_start();
  return engine;
}

function schemaFile(): { path: string; content: string } {
  const path = join(prismaFolder, 'schema.prisma');
  return { path, content: readFileSync(path, 'utf8') };
}

function readMigrations(): MigrationsList {
  const baseDir = join(prismaFolder, 'migrations');
  const names = readdirSync(baseDir, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name)
    .sort();
  return {
    baseDir,
    lockfile: {
      path: 'migration_lock.toml',
      content: readFileSync(join(baseDir, 'migration_lock.toml'), 'utf8'),
    },
    shadowDbInitScript: '',
    migrationDirectories: names.map((name) => ({
      path: name,
      migrationFile: {
        path: 'migration.sql',
        content: { tag: 'ok', value: readFileSync(join(baseDir, name, 'migration.sql'), 'utf8') },
      },
    })),
  };
}
