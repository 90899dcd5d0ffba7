import { z } from 'zod';
import { type Checkpoint, readCheckpoints } from '../../features/privacy/checkpoint.ts';
import { verifyAudit } from '../../store/audit.ts';
import type { Db } from '../../store/store.ts';
import { bytesOf, command, file } from './command.ts';

const MEANING = {
  altered: 'was altered after it was written',
  missing: 'is missing',
  reordered: 'does not follow the row before it',
  cut: 'and what came after it were cut off, or rows were added past the chain',
} as const;

/** A row's number and hash, as the officers' channel shows them. */
const head = z.string().regex(/^\d+:[0-9a-f]{64}$/);

/** A row that the chain must hold, and where that is recorded. */
interface Anchor {
  seq: number;
  hash: string;
  from: string;
}

/**
 * `audit verify`: proves that no row of the audit trail was altered, removed, moved or cut off. The signed checkpoints
 * prove that the trail is the original one and was not written anew.
 */
export const auditVerify = command(
  z.object({
    checkpoints: file.optional(),
    heads: z.array(head).default([]),
    earlier: z.array(z.string()).default([]),
  }),
  async ({ store, trustedCertificates, out }, { checkpoints, heads, earlier }) => {
    const wrong = (line: string) => {
      out(line);
      out('Keep the database as it is and compare it with the last backup.');
      return 1;
    };
    const verdict = await verifyAudit(store.db);
    if (!verdict.ok) return wrong(`The audit trail is broken: row ${verdict.seq} ${MEANING[verdict.fault]}.`);
    const text = checkpoints ? bytesOf(checkpoints).toString('utf8') : '';
    const read = readCheckpoints(text, text ? await trustedCertificates() : []); // none after a restore
    for (const anchor of [...read.checkpoints.map(anchorOf), ...heads.map(headOf)]) {
      const fault = await contradiction(store.db, anchor, verdict.rows);
      if (fault) return wrong(fault);
    }
    const [untrusted] = read.untrusted;
    if (untrusted) {
      return wrong(
        `Line ${untrusted} of ${checkpoints?.name} is no checkpoint that a signer of ours has signed.`,
      );
    }
    out(`The audit trail is whole: ${verdict.rows} rows.`);
    const end = await store.db.audit.findUnique({ where: { seq: verdict.rows } });
    if (end) out(`  head ${end.seq}:${end.hash}`);
    const last = read.checkpoints.at(-1);
    if (last)
      out(`  last checkpoint ${last.at}: row ${last.seq}, agrees (${read.checkpoints.length} in all)`);
    else if (heads.length === 0) {
      out('  ⚠ No checkpoint was found: a trail that was written anew from end to end looks the same.');
      out('    Give the file with --checkpoints, or a line of the officers’ channel with --head SEQ:HASH.');
    }
    for (const name of earlier)
      out(`  ${name} was set aside (a restored database or another signer) and is not compared.`);
    return 0;
  },
);

const anchorOf = ({ seq, hash, at }: Checkpoint): Anchor => ({ seq, hash, from: `the checkpoint of ${at}` });

function headOf(text: string): Anchor {
  const [seq, hash = ''] = text.split(':');
  return { seq: Number(seq), hash, from: 'the head that was given' };
}

/** What contradicts the anchor, in a sentence; null: the chain holds the row that was recorded. */
async function contradiction(db: Db, { seq, hash, from }: Anchor, rows: number): Promise<string | null> {
  if (seq === 0) return null;
  if (seq > rows) return `The audit trail was cut: it has ${rows} rows, and ${from} was made at row ${seq}.`;
  const row = await db.audit.findUnique({ where: { seq } });
  if (row?.hash === hash) return null;
  return `The audit trail was written anew: row ${seq} is not the one of ${from}.`;
}
