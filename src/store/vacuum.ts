import { setImmediate } from 'node:timers/promises';
import type { Db } from './store.ts';

/**
 * Does for the embedded PostgreSQL what autovacuum does on a server: it has one process only, so nothing else updates
 * the planner's statistics or frees the space of old row versions. It goes table by table, so that other statements run
 * in between.
 */
export async function vacuum(db: Db): Promise<void> {
  const tables = await db.$queryRaw<{ name: string }[]>`
    SELECT tablename AS name FROM pg_tables WHERE schemaname = 'public' ORDER BY 1`;
  for (const { name } of tables) {
    await db.$executeRawUnsafe(`VACUUM (ANALYZE) "${name}"`);
    await setImmediate();
  }
}
