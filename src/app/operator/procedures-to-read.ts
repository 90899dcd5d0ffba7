import type { AnyProcedure } from '../../filing/procedure.ts';
import type { Issuer } from '../../records/licences/issue.ts';

/** A command reads forms and checks filings; it issues nothing. */
const nobody: Issuer = {
  temporaryMonths: 0,
  get signer(): never {
    throw new Error('a command signs nothing');
  },
};

/** Late: it brings in every room. */
export async function proceduresToRead(): Promise<AnyProcedure[]> {
  const { allProcedures } = await import('../procedures.ts');
  return allProcedures(nobody);
}
