import pg from 'pg';
import type { BenchRow } from './row.ts';

/** The server on which the benchmark makes databases of its own; without it only the embedded database is measured. */
export const benchServer = process.env.BENCH_DATABASE_URL;

/** An empty database for this run, dropped after it. */
export async function onScratch<T>(server: string, run: (databaseUrl: string) => Promise<T>): Promise<T> {
  const name = `bogeup_bench_${process.pid}_${Date.now()}`;
  const asked = async (sql: string) => {
    const client = new pg.Client({ connectionString: server });
    await client.connect();
    await client.query(sql).finally(() => client.end());
  };
  await asked(`CREATE DATABASE ${name}`);
  try {
    const url = new URL(server);
    url.pathname = `/${name}`;
    return await run(url.href);
  } finally {
    await asked(`DROP DATABASE ${name} WITH (FORCE)`);
  }
}

/** Measures on an embedded database and, where there is a server, on an empty database there. */
export async function onBoth(
  measure: (databaseUrl?: string) => Promise<{ rows: BenchRow[] }>,
): Promise<{ rows: BenchRow[] }> {
  const { rows } = await measure();
  if (!benchServer) return { rows };
  const served = await onScratch(benchServer, measure);
  const named = served.rows.map((row) =>
    row.name.startsWith(' ') ? row : { ...row, name: `PostgreSQL: ${row.name}` },
  );
  return { rows: [...rows, ...named] };
}
