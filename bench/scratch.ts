import pg from 'pg';

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
