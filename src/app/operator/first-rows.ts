import type { Db } from '../../store/store.ts';
import { settlePurpose } from './purpose.ts';
import { seedAgencies, seedSampleModules } from './starter.ts';
import { seedResources } from './starter-resources.ts';

/** Writes the rows that every database begins with; in local mode sample modules too. */
export async function writeFirstRows(db: Db, now: () => Date, local: boolean): Promise<void> {
  await settlePurpose(db, local, now());
  const ground = { db, now, wakeOutbox: () => undefined };
  await seedAgencies(ground);
  await seedResources(ground);
  if (local) await seedSampleModules(ground);
}
