import { NAMED } from './server.ts';
import type { Db } from './store.ts';

/**
 * How many processes of the bot, or commands, are connected to this database on a server; null: it cannot be told, since
 * DATABASE_URL names them all alike.
 */
export async function countProcesses(db: Db): Promise<number | null> {
  const [found] = await db.$queryRaw<{ count: number }[]>`
    SELECT count(DISTINCT application_name)::int AS count FROM pg_stat_activity
    WHERE datname = current_database() AND application_name LIKE ${`${NAMED}%`}`;
  return found?.count || null;
}
