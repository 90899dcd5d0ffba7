import type { Tx } from './store.ts';

/**
 * Locks a name until the transaction ends. Of two transactions that check whether something exists and then create it,
 * the second checks only after the first has committed. For cases that no unique key guards.
 */
export async function holdName(tx: Tx, name: string): Promise<void> {
  await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtextextended(${name}, 0))`;
}
