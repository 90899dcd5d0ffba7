import { openAsBlob, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { MemoryFS, PGlite, type PGliteOptions } from '@electric-sql/pglite';
import { inMemoryParams } from '../src/store/embedded.ts';

/**
 * Embedded databases that this worker made and nobody uses. Making one takes a second of computing, emptying one a
 * tenth. A database whose tables, columns, indexes, functions or triggers were changed is thrown away.
 */
const idle: Made[] = [];
const MOST = 3;

interface Made {
  pglite: PGlite;
  /** Of the schema as it was made. */
  shape: string;
}

export interface Lent {
  /** Refuses everything once it was given back, so that what a test left running cannot reach the next one's rows. */
  pglite: PGlite;
  giveBack(): Promise<void>;
}

/** @param dump a tar of a migrated data folder */
export async function lendEmbedded(dump: string): Promise<Lent> {
  const made = idle.pop() ?? (await make(dump));
  let lent = true;
  const pglite = new Proxy(made.pglite, {
    get(target, name) {
      if (!lent) throw new Error('the test gave this database back');
      const value: unknown = Reflect.get(target, name, target);
      return typeof value === 'function' ? value.bind(target) : value;
    },
  });
  return {
    pglite,
    giveBack: async () => {
      if (!lent) return;
      lent = false;
      if (idle.length < MOST && (await isEmptied(made))) idle.push(made);
      else await made.pglite.close();
    },
  };
}

type Parts = Pick<PGliteOptions, 'pgliteWasmModule' | 'fsBundle'>;
/** Typed only with the DOM library. */
const { compile } = (
  globalThis as unknown as {
    WebAssembly: { compile(bytes: Uint8Array): Promise<NonNullable<PGliteOptions['pgliteWasmModule']>> };
  }
).WebAssembly;

async function readParts(): Promise<Parts> {
  const folder = dirname(createRequire(import.meta.url).resolve('@electric-sql/pglite'));
  return {
    pgliteWasmModule: await compile(readFileSync(join(folder, 'pglite.wasm'))),
    fsBundle: await openAsBlob(join(folder, 'pglite.data')),
  };
}

/** Compiled once per worker, in V8's threads while this one reads the other modules. */
const parts = readParts();
parts.catch(() => undefined); // told where it is used

/** Where PGlite keeps its data folder. */
const PGDATA = '/pglite/data';

/** Of the file system that Emscripten makes in memory. */
interface EmscriptenFiles {
  mkdirTree(path: string): void;
  /** @param owned the bytes are its own from then on: they are not copied */
  writeFile(path: string, bytes: Uint8Array, owned: { canOwn: true }): void;
}

/** The files of a tar, by their paths. Source: POSIX.1, pax, ustar Interchange Format. */
function filesOf(tar: Buffer): [path: string, bytes: Buffer][] {
  const files: [string, Buffer][] = [];
  const text = (at: number, length: number) => tar.toString('latin1', at, at + length).replace(/\0.*$/s, '');
  for (let at = 0; at + 512 <= tar.length && tar[at] !== 0; ) {
    const size = Number.parseInt(text(at + 124, 12), 8) || 0;
    const bytes = tar.subarray(at + 512, at + 512 + size);
    const isFolder = text(at + 156, 1) === '5';
    files.push([`${text(at, 100)}${isFolder ? '/' : ''}`, bytes]);
    at += 512 + Math.ceil(size / 512) * 512;
  }
  return files;
}

/** A migrated database in memory, put there as it is; PGlite's own way takes the path of each file apart several times. */
class Copied extends MemoryFS {
  readonly #files: readonly [path: string, bytes: Buffer][];

  constructor(files: readonly [path: string, bytes: Buffer][]) {
    super();
    this.#files = files;
  }

  override async initialSyncFs(): Promise<void> {
    const { FS } = (this.pg as unknown as { mod: { FS: EmscriptenFiles } }).mod;
    for (const [path, bytes] of this.#files) {
      if (path.endsWith('/')) FS.mkdirTree(join(PGDATA, path));
      else FS.writeFile(join(PGDATA, path), new Uint8Array(bytes), { canOwn: true });
    }
  }
}

/** Shared buffers are touched at once: 128 MB of them, as is usual, take half of the time. */
const startParams = [...inMemoryParams, '-c', 'shared_buffers=8MB'];

let template: ReturnType<typeof filesOf> | undefined;

async function make(dump: string): Promise<Made> {
  template ??= filesOf(readFileSync(dump));
  const pglite = await PGlite.create({ ...(await parts), startParams, fs: new Copied(template) });
  // What the migrations themselves put in is kept apart, to be put back.
  await pglite.exec(`
    CREATE SCHEMA seed;
    DO $$ DECLARE t text; filled boolean; BEGIN
      FOR t IN SELECT tablename FROM pg_tables WHERE schemaname = 'public' LOOP
        EXECUTE format('SELECT EXISTS (SELECT FROM public.%I)', t) INTO filled;
        IF filled THEN EXECUTE format('CREATE TABLE seed.%I AS TABLE public.%I', t, t); END IF;
      END LOOP;
    END $$`);
  return { pglite, shape: await shapeOf(pglite) };
}

/** @returns whether it is as it was made */
async function isEmptied({ pglite, shape }: Made): Promise<boolean> {
  try {
    await pglite.exec('ROLLBACK');
    await pglite.exec('DISCARD ALL');
    await pglite.exec(`
      SET session_replication_role = replica;
      DO $$ DECLARE t text; filled boolean; BEGIN
        FOR t IN SELECT tablename FROM pg_tables WHERE schemaname = 'public' LOOP
          EXECUTE format('SELECT EXISTS (SELECT FROM public.%I)', t) INTO filled;
          IF filled THEN EXECUTE format('DELETE FROM public.%I', t); END IF;
          IF to_regclass(format('seed.%I', t)) IS NOT NULL THEN
            EXECUTE format('INSERT INTO public.%I SELECT * FROM seed.%I', t, t);
          END IF;
        END LOOP;
        FOR t IN SELECT DISTINCT tgrelid::regclass FROM pg_trigger WHERE tgenabled = 'D' LOOP
          EXECUTE format('ALTER TABLE %s ENABLE TRIGGER ALL', t);
        END LOOP;
        FOR t IN SELECT format('%I.%I', schemaname, sequencename) FROM pg_sequences LOOP
          EXECUTE format('ALTER SEQUENCE %s RESTART', t);
        END LOOP;
      END $$;
      RESET session_replication_role`);
    return (await shapeOf(pglite)) === shape;
  } catch {
    return false;
  }
}

async function shapeOf(pglite: PGlite): Promise<string> {
  const { rows } = await pglite.query<{ shape: string }>(`
    SELECT md5(string_agg(line, E'\\n' ORDER BY line)) AS shape FROM (
      SELECT concat_ws(' ', attrelid::regclass, attnum, attname, atttypid, attnotnull, attisdropped) AS line
        FROM pg_attribute WHERE attrelid IN (SELECT oid FROM pg_class WHERE relnamespace IN ('public'::regnamespace, 'seed'::regnamespace))
      UNION ALL SELECT concat_ws(' ', tgrelid::regclass, tgname, tgenabled) FROM pg_trigger
      UNION ALL SELECT pg_get_functiondef(oid) FROM pg_proc WHERE pronamespace = 'public'::regnamespace AND prokind = 'f'
      UNION ALL SELECT concat_ws(' ', conrelid::regclass, conname) FROM pg_constraint
      UNION ALL SELECT nspname::text FROM pg_namespace WHERE nspname !~ '^pg_') AS parts`);
  return rows[0]?.shape ?? '';
}
