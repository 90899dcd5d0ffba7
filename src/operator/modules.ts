import { z } from 'zod';
import { compareVersions } from '../licences/modules.ts';
import { bitWidths, operatingSystems } from '../procedures/choices.ts';
import { putBlob } from '../store/blobs.ts';
import { operate } from '../store/operation.ts';
import { authorOf, bytesOf, command, file, groundOf } from './command.ts';

export const languages = ['C', 'JAVA'] as const;
export const systems = operatingSystems.map(({ value }) => value);
export const widths = bitWidths.map(({ value }) => Number(value));

const release = z.object({
  file,
  language: z.enum(languages),
  os: z.enum(systems),
  bits: z.number().refine((bits) => widths.includes(bits)),
  version: z
    .string()
    .max(40)
    .regex(/^\d+(\.\d+)*([-.][0-9A-Za-z]+)*$/),
  name: z.string().trim().min(1).max(200),
  notes: z.string().max(2000).default(''),
});

/** `modules add FILE …`: from now on approvals deliver it where language, system and width match. */
export const addModule = command(release, async (operator, args) => {
  const { language, os, bits, version, name, notes } = args;
  const bytes = bytesOf(args.file);
  if (bytes.length === 0) {
    operator.out(`${args.file.name} is empty. Name the module's file.`);
    return 1;
  }
  const key = { language_os_bits_version: { language, os, bits, version } };
  const sha256 = await operate(groundOf(operator), authorOf(operator), async ({ tx, now, audit }) => {
    if (await tx.moduleRelease.findUnique({ where: key })) return null;
    const stored = await putBlob(tx, bytes, now);
    const row = await tx.moduleRelease.create({
      data: {
        name,
        version,
        language,
        os,
        bits,
        notes,
        fileName: args.file.name,
        sha256: stored,
        addedBy: authorOf(operator).actor,
        addedAt: now,
      },
    });
    audit({
      action: 'modules.add',
      subject: `module:${row.id}`,
      data: { language, os, bits, version, sha256: stored },
    });
    return stored;
  });
  if (!sha256) {
    operator.out(
      `${language} ${os} ${bits}-bit ${version} is there already. Give the new one another version.`,
    );
    return 1;
  }
  operator.out(`added ${language} ${os} ${bits}-bit ${version}: ${args.file.name}, ${bytes.length} bytes`);
  operator.out(`sha256 ${sha256}`);
  return 0;
});

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
