import { z } from 'zod';
import { safeFileName } from '../../core/file-name.ts';
import { VERSION } from '../../features/modules/release-form.ts';
import { markWaiting } from '../../filing/marks.ts';
import { PROCEDURE } from '../../records/filings/procedure-name.ts';
import { bitWidths, moduleLanguages, operatingSystems } from '../../records/modules/choices.ts';
import { compareVersions } from '../../records/modules/fitting.ts';
import { addRelease, type Unadded } from '../../records/modules/releases.ts';
import { operate } from '../../store/operation.ts';
import { authorOf, command, groundOf } from './command.ts';
import { proceduresToRead } from './procedures-to-read.ts';

export const languages = moduleLanguages.map(({ value }) => value);
export const systems = operatingSystems.map(({ value }) => value);
export const widths = bitWidths.map(({ value }) => Number(value));

/** The largest file that the command line accepts; in the messenger the limit is lower. */
const MOST = 1024 * 1024 * 1024;

const release = z.object({
  file: z.object({ name: z.string(), size: z.int().min(0) }),
  language: z.enum(languages),
  os: z.enum(systems),
  bits: z.number().refine((bits) => widths.includes(bits)),
  version: z.string().max(40).regex(VERSION),
  name: z.string().trim().min(1).max(100),
  notes: z.string().max(1000).default(''),
  sha256: z
    .string()
    .regex(/^[0-9a-f]{64}$/i)
    .optional(),
});

/** `modules add FILE …`: adds a module; approvals deliver it when language, operating system and bit width match. */
export const addModule = command(release, async (operator, { file, sha256, ...fields }) => {
  const { attached } = operator;
  if (!attached) throw new Error('the content of the file is missing');
  const platform = `${fields.language} ${fields.os} ${fields.bits}-bit`;
  const added = await addRelease(
    groundOf(operator),
    { ...fields, fileName: safeFileName(file.name), expected: sha256 },
    { size: file.size, bytes: attached },
    { author: authorOf(operator), most: MOST },
  );
  if (!added.ok) {
    operator.out(unadded(added, `${fields.name} ${platform} ${fields.version}`, file.name));
    return 1;
  }
  const procedures = await proceduresToRead();
  // The checks of waiting applications depend on the modules, so their warnings (⚠ in the queue) are counted anew.
  await operate(groundOf(operator), authorOf(operator), (op) =>
    markWaiting({ procedures }, op, PROCEDURE.application),
  );
  operator.out(`added ${platform} ${fields.version}: ${file.name}, ${file.size} bytes`);
  operator.out(`sha256 ${added.release.sha256}`);
  if (added.told.people > 0)
    operator.out(
      `${added.told.people} people with an older release are told from ${added.told.at.toISOString()}.`,
    );
  return 0;
});

function unadded(fault: Unadded, what: string, fileName: string): string {
  switch (fault.why) {
    case 'EXISTS':
      return `${what} is there already. Give the new one another version.`;
    case 'EMPTY':
      return `${fileName} is empty. Name the module's file.`;
    case 'CUT_OFF':
      return `${fileName} did not arrive whole. Run the command again.`;
    case 'TOO_LARGE':
      return `${fileName} is larger than ${MOST} bytes.`;
    case 'OTHER_CONTENT':
      return `${fileName} is not the file that was expected: its SHA-256 is ${fault.sha256}.`;
  }
}

/** `modules list`: newest first within a platform. */
export const listModules = command(z.object({}), async (operator) => {
  const rows = await operator.store.db.moduleRelease.findMany({ include: { blob: true } });
  if (rows.length === 0) operator.out('No module has been added. Add one with: bogeup modules add FILE …');
  const platform = (row: (typeof rows)[number]) => `${row.language} ${row.os} ${row.bits}`;
  rows.sort((a, b) => platform(a).localeCompare(platform(b)) || compareVersions(b.version, a.version));
  for (const row of rows) {
    const state = row.withdrawnAt ? ' (withdrawn)' : '';
    operator.out(
      `${platform(row).padEnd(16)} ${row.version.padEnd(8)} ${row.sha256} ${String(row.blob.size).padStart(9)}  ${row.fileName}  ${row.name}${state}`,
    );
  }
  return 0;
});
