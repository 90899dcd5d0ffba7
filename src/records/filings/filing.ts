import { type Filing, Prisma } from '../../store/client/client.ts';
import { columnsOf } from '../../store/columns.ts';
import type { Tx } from '../../store/store.ts';

/** For SQL that returns whole filings. */
export const filingColumns = columnsOf(Prisma.FilingScalarFieldEnum);

export async function findFiling(tx: Tx, id: string): Promise<Filing | null> {
  const [filing] = await tx.$queryRaw<Filing[]>`SELECT ${filingColumns} FROM "Filing" WHERE id = ${id}`;
  return filing ?? null;
}
