import { setImmediate } from 'node:timers/promises';
import type { Db } from './store.ts';

/**
 * What autovacuum does on a server: the embedded PostgreSQL has one process only, so nothing else would tell
 * its planner how full tables are, or give the room of old versions of rows back. Table by table: whoever asks for
 * something meanwhile is answered in between.
 */
export async function vacuum(db: Db): Promise<void> {
  const tables = await db.$queryRaw<{ name: string }[]>`
    SELECT tablename AS name FROM pg_tables WHERE schemaname = 'public' ORDER BY 1`;
  for (const { name } of tables) {
    await db.$executeRawUnsafe(`VACUUM (ANALYZE) "${name}"`);
    await setImmediate();
  }
}
