import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Filings } from '../../filing/procedure.ts';
import { makeLocalSigner } from '../../records/licences/local-signer.ts';
import { openStore } from '../../store/store.ts';
import { fillOffice } from '../demo/fill.ts';
import { allProcedures, documentForms } from '../procedures.ts';
import { settlePurpose } from './purpose.ts';
import { seedAgencies, seedSampleModules } from './starter.ts';
import { seedResources } from './starter-resources.ts';

/** Makes the example office in memory, apart from the operator's own data. @returns it, and a function to close it */
export async function openExampleOffice(
  now: () => Date,
): Promise<{ filings: Filings; close(): Promise<void> }> {
  const keys = await mkdtemp(join(tmpdir(), 'bogeup-keys-'));
  const store = await openStore({});
  const close = async () => {
    await store.close();
    await rm(keys, { recursive: true, force: true });
  };
  try {
    const { db } = store;
    const issuer = { signer: await makeLocalSigner(keys, now()), temporaryMonths: 2 };
    const ground = { db, now, wakeOutbox: () => undefined };
    await settlePurpose(db, true, now());
    await seedAgencies(ground);
    await seedResources(ground);
    await seedSampleModules(ground);
    await fillOffice({ db, now, issuer, byCertificate: true });
    const procedures = allProcedures(issuer, true);
    return {
      filings: { ...ground, procedures, documents: documentForms, byCertificate: true, codes: 'obligatory' },
      close,
    };
  } catch (error) {
    await close();
    throw error;
  }
}
