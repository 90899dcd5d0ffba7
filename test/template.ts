import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type pg from 'pg';
import type { TestProject } from 'vitest/node';

declare module 'vitest' {
  interface ProvidedContext {
    template: Template;
  }
}

/** A migrated empty database to copy: initdb and migrations take 3 s, a copy 0.4 s. */
export type Template =
  | { kind: 'embedded' /** A tar of the data folder. */; dump: string }
  | { kind: 'postgres'; url: string; name: string /** Prefix of the databases of this run. */; run: string };

const root = join(import.meta.dirname, '..');

/** Reads little more than a run on an existing template needs: every run of one file waits for this. */
export default async function setup(project: TestProject): Promise<(() => Promise<void>) | undefined> {
  checkClient();
  const url = process.env.TEST_DATABASE_URL;
  if (!url) {
    project.provide('template', { kind: 'embedded', dump: await embeddedTemplate() });
    return undefined;
  }
  const name = `bogeup_template_${fingerprint()}`;
  const run = `bogeup_test_${process.pid}_`;
  await postgresTemplate(url, name);
  project.provide('template', { kind: 'postgres', url, name, run });
  return () => dropAll(url, run);
}

/** Git ignores the generated client, so it may be that of another branch or of a schema that was changed since. */
function checkClient(): void {
  const file = join(root, 'src/store/client/internal/class.ts');
  const text = existsSync(file) ? readFileSync(file, 'utf8') : '';
  const [, schema = '""'] = /"inlineSchema": ("(?:[^"\\]|\\.)*")/.exec(text) ?? [];
  if (JSON.parse(schema) !== readFileSync(join(root, 'prisma/schema.prisma'), 'utf8'))
    throw new Error('src/store/client was not made from prisma/schema.prisma: run `npm ci`.');
}

/** The template is kept between runs until a migration or the embedded database changes. */
function fingerprint(): string {
  const hash = createHash('sha256').update(
    readFileSync(join(root, 'node_modules/@electric-sql/pglite/package.json')),
  );
  const folder = join(root, 'prisma/migrations');
  for (const name of readdirSync(folder).sort()) {
    const file = join(folder, name, 'migration.sql');
    if (existsSync(file)) hash.update(name).update(readFileSync(file));
  }
  return hash.digest('hex').slice(0, 12);
}

async function embeddedTemplate(): Promise<string> {
  const folder = join(root, 'node_modules/.cache/bogeup');
  const dump = join(folder, `bare-${fingerprint()}.tar`);
  if (existsSync(dump)) return dump;
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  const { PGlite } = await import('@electric-sql/pglite');
  const { embeddedAdapter } = await import('../src/store/embedded.ts');
  const { migrate } = await import('../src/store/migrate.ts');
  const { wholeScripts } = await import('../src/store/store.ts');
  const pglite = await PGlite.create();
  await migrate(wholeScripts(embeddedAdapter(pglite), (script) => pglite.exec(script)));
  // Half of the files are of databases that nobody opens.
  await pglite.exec(`UPDATE pg_database SET datistemplate = false`);
  for (const name of ['template0', 'template1']) await pglite.exec(`DROP DATABASE ${name}`);
  await pglite.exec('CHECKPOINT');
  const tar = await pglite.dumpDataDir('none');
  await pglite.close();
  const draft = `${dump}.${process.pid}`;
  writeFileSync(draft, Buffer.from(await tar.arrayBuffer()));
  renameSync(draft, dump);
  return dump;
}

async function postgresTemplate(url: string, name: string): Promise<void> {
  await withServer(url, async (server) => {
    await server.query(`SELECT pg_advisory_lock(hashtext($1))`, [name]);
    const { rowCount } = await server.query('SELECT 1 FROM pg_database WHERE datname = $1', [name]);
    if (rowCount) return;
    await server.query(`DROP DATABASE IF EXISTS ${name}_draft WITH (FORCE)`); // of a run that died
    await server.query(`CREATE DATABASE ${name}_draft TEMPLATE template0`);
    const { openStore } = await import('../src/store/store.ts');
    await (await openStore({ databaseUrl: databaseAt(url, `${name}_draft`) })).close();
    await untilLeft(server, `${name}_draft`);
    await server.query(`ALTER DATABASE ${name}_draft RENAME TO ${name}`);
  });
}

/** A database cannot be renamed while somebody is in it, and a pool leaves its idle connections for some seconds. */
async function untilLeft(server: pg.Client, name: string): Promise<void> {
  for (;;) {
    const { rowCount } = await server.query('SELECT 1 FROM pg_stat_activity WHERE datname = $1', [name]);
    if (!rowCount) return;
    await sleep(100);
  }
}

async function dropAll(url: string, prefix: string): Promise<void> {
  await withServer(url, async (server) => {
    const { rows } = await server.query<{ datname: string }>(
      'SELECT datname FROM pg_database WHERE starts_with(datname, $1)',
      [prefix],
    );
    for (const { datname } of rows) await server.query(`DROP DATABASE IF EXISTS ${datname} WITH (FORCE)`);
  });
}

export async function withServer<T>(url: string, work: (server: pg.Client) => Promise<T>): Promise<T> {
  const { default: pg } = await import('pg');
  const server = new pg.Client({ connectionString: url });
  await server.connect();
  try {
    return await work(server);
  } finally {
    await server.end();
  }
}

/** The same server and account, another database. */
export function databaseAt(url: string, name: string): string {
  const other = new URL(url);
  other.pathname = `/${name}`;
  return other.href;
}
