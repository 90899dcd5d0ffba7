import type { AnyProcedure } from '../../filing/procedure.ts';
import type { Issuer } from '../../records/licences/issue.ts';

/** An issuer that cannot sign: commands read forms and check filings, but issue no licences. */
const nobody: Issuer = {
  temporaryMonths: 0,
  get signer(): never {
    throw new Error('a command signs nothing');
  },
};

/** Loads all procedures, only when they are needed: this imports nearly the whole program. */
export async function proceduresToRead(): Promise<ReadonlyMap<string, AnyProcedure>> {
  const { allProcedures } = await import('../procedures.ts');
  return allProcedures(nobody);
}
