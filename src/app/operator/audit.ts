import { z } from 'zod';
import { verifyAudit } from '../../store/audit.ts';
import { command } from './command.ts';

const MEANING = {
  altered: 'was altered after it was written',
  missing: 'is missing',
  reordered: 'does not follow the row before it',
  cut: 'and what came after it were cut off, or rows were added past the chain',
} as const;

/** `audit verify`: proves that no row of the audit trail was altered, removed, moved or cut off. */
export const auditVerify = command(z.object({}), async ({ store, out }) => {
  const headOf = () => store.db.auditHead.findUniqueOrThrow({ where: { id: 1 } });
  for (;;) {
    const before = await headOf();
    const verdict = await verifyAudit(store.db);
    if (verdict.ok) {
      out(`The audit trail is whole: ${verdict.rows} rows.`);
      return 0;
    }
    // Rows written while the end was being read look like a cut; a real one does not go away.
    if (verdict.fault === 'cut' && (await headOf()).seq !== before.seq) continue;
    out(`The audit trail is broken: row ${verdict.seq} ${MEANING[verdict.fault]}.`);
    out('Keep the database as it is and compare it with the last backup.');
    return 1;
  }
});
