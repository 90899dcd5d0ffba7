import type { Tx } from './store.ts';

/**
 * Holds a name until the transaction is over: of two that look whether something is there and then make it, the second
 * looks when the first is through. For what no unique key guards.
 */
export async function holdName(tx: Tx, name: string): Promise<void> {
  await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtextextended(${name}, 0))`;
}
