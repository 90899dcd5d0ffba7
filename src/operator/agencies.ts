import { z } from 'zod';
import { agencyKind, isAgencyCode } from '../people/agencies.ts';
import type { Agency } from '../store/client/client.ts';
import { operate } from '../store/operation.ts';
import { authorOf, bytesOf, command, file, groundOf } from './command.ts';
import { decodeText, readCsv } from './csv.ts';

/** One statement takes at most 65,535 arguments; an agency has six. */
const BATCH = 5000;
const SHOWN = 10;

/** `agencies import FILE.csv`: adds and corrects agencies by code; none is taken away, since old papers name them. */
export const importAgencies = command(z.object({ file }), async (operator, args) => {
  const { agencies, faults } = readAgencies(bytesOf(args.file));
  if (faults.length > 0) {
    for (const fault of faults.slice(0, SHOWN)) operator.out(fault);
    if (faults.length > SHOWN) operator.out(`… and ${faults.length - SHOWN} more`);
    operator.out('Nothing was imported. Correct the file and import it again.');
    return 1;
  }
  const { added, changed } = await operate(groundOf(operator), authorOf(operator), async ({ tx, audit }) => {
    const known = new Map((await tx.agency.findMany()).map((agency) => [agency.code, agency]));
    const fresh = agencies.filter(({ code }) => !known.has(code));
    const differing = agencies.filter((agency) => differs(known.get(agency.code), agency));
    for (let at = 0; at < fresh.length; at += BATCH)
      await tx.agency.createMany({ data: fresh.slice(at, at + BATCH), skipDuplicates: true });
    for (const { code, ...data } of differing) await tx.agency.update({ where: { code }, data });
    const counts = { added: fresh.length, changed: differing.length };
    audit({ action: 'agencies.import', subject: `file:${args.file.name}`, data: counts });
    return counts;
  });
  operator.out(
    `${agencies.length} agencies read: ${added} added, ${changed} changed, ${agencies.length - added - changed} as they were.`,
  );
  return 0;
});

function differs(known: Agency | undefined, agency: Agency): boolean {
  return known !== undefined && JSON.stringify(sorted(known)) !== JSON.stringify(sorted(agency));
}

function sorted({ code, name, kind, abolished, successorCode, source }: Agency) {
  return [code, name, kind, abolished, successorCode, source];
}

/** Columns: code and name, and where present abolished, successor, source. */
export function readAgencies(bytes: Uint8Array): { agencies: Agency[]; faults: string[] } {
  let text: string;
  try {
    text = decodeText(bytes);
  } catch {
    return { agencies: [], faults: ['The file is neither UTF-8 nor CP949 text. Save it as CSV.'] };
  }
  const rows = readCsv(text);
  const first = rows[0]?.cells;
  if (!first || !('code' in first && 'name' in first)) {
    return {
      agencies: [],
      faults: ['The file must begin with a line of column names, code and name among them.'],
    };
  }
  const faults: string[] = [];
  const agencies = new Map<string, Agency>();
  for (const { line, cells } of rows) {
    const { code = '', name = '', abolished = '', successor = '', source = '' } = cells;
    if (!isAgencyCode(code)) faults.push(`line ${line}: code must be 7 of 0-9 and A-Z`);
    else if (name === '') faults.push(`line ${line}: name is empty`);
    else if (agencies.has(code)) faults.push(`line ${line}: code ${code} stands in the file twice`);
    else if (successor && !isAgencyCode(successor)) faults.push(`line ${line}: successor is not a code`);
    agencies.set(code, {
      code,
      name: name.normalize('NFC'),
      kind: agencyKind(code),
      abolished: /^(1|y|yes|true|o|폐지)$/i.test(abolished),
      successorCode: successor || null,
      source: source || null,
    });
  }
  return { agencies: [...agencies.values()], faults };
}
