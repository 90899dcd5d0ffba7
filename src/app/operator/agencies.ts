import { z } from 'zod';
import {
  type AgencyChange,
  type AgencyPlan,
  applyImport,
  planImport,
  type Stranded,
  strandedBy,
} from '../../records/people/agency-import.ts';
import type { Agency } from '../../store/client/client.ts';
import { operate } from '../../store/operation.ts';
import { readAgencyFile } from './agency-file.ts';
import { authorOf, bytesOf, command, file, groundOf, type Operator } from './command.ts';

const SHOWN = 10;

/**
 * `agencies import FILE.csv [--dry-run]`: lists the changes, then adds and corrects agencies by their code, all of them
 * or none. Importing the same file again changes nothing.
 */
export const importAgencies = command(
  z.object({ file, dryRun: z.boolean().default(false) }),
  async (operator, args) => {
    const { agencies, takenOver, faults } = readAgencyFile(bytesOf(args.file));
    if (faults.length > 0) {
      for (const fault of faults.slice(0, SHOWN)) operator.out(fault);
      if (faults.length > SHOWN) operator.out(`… and ${faults.length - SHOWN} more`);
      operator.out('Nothing was imported. Correct the file and import it again.');
      return 1;
    }
    if (args.dryRun) {
      const plan = planImport(await knownAgencies(operator.store.db), agencies, takenOver);
      preview(operator, plan);
      operator.out(`${summary(agencies.length, plan)} Nothing was imported: this was a dry run.`);
      return 0;
    }
    const plan = await operate(groundOf(operator), authorOf(operator), async ({ tx, audit }) => {
      const changes = planImport(await knownAgencies(tx), agencies, takenOver);
      preview(operator, changes);
      await applyImport(tx, changes, operator.progress);
      const { added, changed, abolished } = changes;
      const data = { added: added.length, changed: changed.length, abolished: abolished.length };
      audit({ action: 'agencies.import', subject: `file:${args.file.name}`, data });
      return changes;
    });
    tellStranded(operator, await strandedBy(operator.store.db));
    operator.out(summary(agencies.length, plan));
    return 0;
  },
);

type Reader = { agency: { findMany(): Promise<Agency[]> } };

async function knownAgencies(tx: Reader): Promise<Map<string, Agency>> {
  return new Map((await tx.agency.findMany()).map((agency) => [agency.code, agency]));
}

function summary(read: number, { added, changed, same }: AgencyPlan): string {
  return `${read} agencies read: ${added.length} added, ${changed.length} changed, ${same} as they were.`;
}

function preview({ out }: Pick<Operator, 'out'>, { added, changed, abolished }: AgencyPlan): void {
  const list = (what: string, changes: readonly AgencyChange[], line: (change: AgencyChange) => string) => {
    if (changes.length === 0) return;
    out(`${what}: ${changes.length}`);
    for (const change of changes.slice(0, SHOWN)) out(`  ${line(change)}`);
    if (changes.length > SHOWN) out(`  … and ${changes.length - SHOWN} more`);
  };
  list('new', added, ({ after }) => `${after.code} ${after.name}`);
  list('changed', changed, ({ before, after }) => `${after.code} ${difference(before, after)}`);
  list(
    'abolished',
    abolished,
    ({ after }) => `${after.code} ${after.name} → ${after.successorCode ?? '(unknown)'}`,
  );
}

function difference(before: Agency | null, after: Agency): string {
  const parts = [
    before?.name === after.name ? after.name : `${before?.name} → ${after.name}`,
    ...(before?.abolished === after.abolished ? [] : [after.abolished ? 'abolished' : 'in use again']),
    ...(before?.successorCode === after.successorCode
      ? []
      : [`successor ${after.successorCode ?? '(none)'}`]),
  ];
  return parts.join(', ');
}

function tellStranded({ out }: Pick<Operator, 'out'>, stranded: readonly Stranded[]): void {
  if (stranded.length === 0) return;
  out(
    `Abolished agencies that systems or people still belong to: ${stranded.length}. Ask where they belong now.`,
  );
  for (const { agency, systems, people } of stranded.slice(0, SHOWN)) {
    const successor = agency.successorCode ? `, successor ${agency.successorCode}` : '';
    out(`  ${agency.code} ${agency.name}${successor}: ${systems.length} systems, ${people} people`);
    for (const name of systems.slice(0, SHOWN)) out(`    ${name}`);
  }
  if (stranded.length > SHOWN) out(`  … and ${stranded.length - SHOWN} more`);
}
