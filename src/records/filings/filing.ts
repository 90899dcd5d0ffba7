import { type Filing, Prisma } from '../../store/client/client.ts';
import { columnsOf } from '../../store/columns.ts';
import type { Tx } from '../../store/store.ts';

/** For SQL that returns whole filings; `firstFiling` takes what it returns. */
export const filingColumns = columnsOf(Prisma.FilingScalarFieldEnum);

/** A list without any entry may be NULL. */
export function firstFiling([filing]: readonly Filing[]): Filing | null {
  return filing ? { ...filing, systemIds: filing.systemIds ?? [] } : null;
}

export async function findFiling(tx: Tx, id: string): Promise<Filing | null> {
  return firstFiling(await tx.$queryRaw<Filing[]>`SELECT ${filingColumns} FROM "Filing" WHERE id = ${id}`);
}
