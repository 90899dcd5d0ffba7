import { z } from 'zod';
import { command } from './command.ts';

/** Copies the embedded database into a folder next to it; the process that has it open does this. */
export const backupCopy = command(
  z.object({ name: z.string().regex(/^backup-[0-9a-f]+$/) }),
  async ({ store, out }, { name }) => {
    if (!store.copyTo) {
      out('The database is on a server.');
      return 1;
    }
    await store.copyTo(name);
    return 0;
  },
);

/** Prints one line about the content of a restored database. */
export const backupHolds = command(z.object({}), async ({ store: { db }, out }) => {
  const [people, filings, licences, last] = await Promise.all([
    db.person.count(),
    db.filing.count(),
    db.licence.count(),
    db.audit.findFirst({ orderBy: { seq: 'desc' } }),
  ]);
  out(
    `It holds ${people} people, ${filings} filings, ${licences} licences; the last act is of ${last?.at.toISOString() ?? 'nobody'}.`,
  );
  return 0;
});
