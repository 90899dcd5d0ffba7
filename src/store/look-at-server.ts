import pg from 'pg';

/** Whether the database has no tables. */
export function isEmptyServer(databaseUrl: string): Promise<boolean> {
  return lookAt(databaseUrl, async (server) => {
    const { rows } = await server.query(`SELECT FROM pg_tables WHERE schemaname = 'public' LIMIT 1`);
    return rows.length === 0;
  });
}

/** Reads, without changes, what a start would find: the right to make tables, and the migrations (null: no tables). */
export function lookAtServer(databaseUrl: string): Promise<{ mayCreate: boolean; applied: string[] | null }> {
  return lookAt(databaseUrl, async (server) => {
    const { rows } = await server.query<{ made: boolean; may: boolean }>(
      `SELECT to_regclass('_prisma_migrations') IS NOT NULL AS made,
         has_schema_privilege(current_user, 'public', 'CREATE') AS may`,
    );
    const [{ made = false, may: mayCreate = false } = {}] = rows;
    if (!made) return { mayCreate, applied: null };
    const { rows: done } = await server.query<{ migration_name: string }>(
      'SELECT migration_name FROM _prisma_migrations WHERE finished_at IS NOT NULL AND rolled_back_at IS NULL',
    );
    return { mayCreate, applied: done.map(({ migration_name }) => migration_name) };
  });
}

async function lookAt<T>(databaseUrl: string, look: (server: pg.Client) => Promise<T>): Promise<T> {
  const server = new pg.Client({ connectionString: databaseUrl, connectionTimeoutMillis: 10_000 });
  await server.connect();
  try {
    return await look(server);
  } finally {
    await server.end();
  }
}
