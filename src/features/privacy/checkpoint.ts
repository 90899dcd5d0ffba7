import { sign, verify, X509Certificate } from 'node:crypto';
import { appendFile, mkdir } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { Logger } from 'pino';
import { z } from 'zod';
import { nextSendingTime, seoulDay } from '../../core/calendar.ts';
import type { Signer } from '../../records/licences/signer.ts';
import { type Ground, operate } from '../../store/operation.ts';
import { DESK } from '../../store/outbox.ts';

/**
 * A checkpoint is the signed last hash of the audit chain on a day. The owner of the database could rewrite the whole
 * chain, so checkpoints are kept outside of the database: in a file, in the log, and in the officers' channel.
 */
const checkpoint = z.object({
  seq: z.number().int().nonnegative(),
  hash: z.string().regex(/^([0-9a-f]{64})?$/),
  at: z.iso.datetime(),
  signature: z.base64(),
});

export type Checkpoint = z.infer<typeof checkpoint>;

export const CHECKPOINT = 'audit.checkpoint';

function signedText({ seq, hash, at }: Omit<Checkpoint, 'signature'>): Buffer {
  return Buffer.from(`bogeup-audit-checkpoint/1\n${seq}\n${hash}\n${at}\n`);
}

function makeCheckpoint(head: { seq: number; hash: string }, now: Date, signer: Signer): Checkpoint {
  const what = { seq: head.seq, hash: head.hash, at: now.toISOString() };
  return { ...what, signature: sign('sha256', signedText(what), signer.key).toString('base64') };
}

/** Reads a file of checkpoints. `untrusted`: numbers of the lines without a checkpoint signed by a trusted key. */
export function readCheckpoints(
  text: string,
  trustedPems: readonly string[],
): { checkpoints: Checkpoint[]; untrusted: number[] } {
  const keys = trustedPems.map((pem) => new X509Certificate(pem).publicKey);
  const checkpoints: Checkpoint[] = [];
  const untrusted: number[] = [];
  for (const [index, line] of text.split('\n').entries()) {
    if (line.trim() === '') continue;
    const candidate = parsed(line);
    const isOurs = candidate && keys.some((key) => isSignedBy(key, candidate));
    if (candidate && isOurs) checkpoints.push(candidate);
    else untrusted.push(index + 1);
  }
  return { checkpoints, untrusted };
}

function isSignedBy(key: X509Certificate['publicKey'], candidate: Checkpoint): boolean {
  return verify('sha256', signedText(candidate), key, Buffer.from(candidate.signature, 'base64'));
}

function parsed(line: string): Checkpoint | null {
  try {
    return checkpoint.safeParse(JSON.parse(line)).data ?? null;
  } catch {
    return null;
  }
}

interface CheckpointParts {
  ground: Ground;
  signer: Signer;
  /** The file to add the checkpoint to; null: log and channel only. */
  file: string | null;
  extraHolidays: ReadonlySet<string>;
  log: Pick<Logger, 'info'>;
}

/** Makes and keeps a checkpoint. The channel gets one a day, even when several processes make it. */
export async function keepCheckpoint(parts: CheckpointParts): Promise<Checkpoint> {
  const { ground, signer, file, extraHolidays, log } = parts;
  const newCheckpoint = await operate(
    ground,
    { actor: 'bot', place: 'schedule' },
    async ({ tx, now, tell }) => {
      const head = await tx.auditHead.findUniqueOrThrow({ where: { id: 1 } });
      const { seq, hash, at } = makeCheckpoint(head, now, signer);
      tell({
        key: `${CHECKPOINT}:${seoulDay(now)}`,
        notice: CHECKPOINT,
        to: DESK,
        facts: { seq, hash, at },
        notBefore: nextSendingTime(now, extraHolidays),
      });
      return makeCheckpoint(head, now, signer);
    },
  );
  log.info({ checkpoint: newCheckpoint }, 'the end of the audit trail');
  if (file) {
    await mkdir(dirname(file), { recursive: true, mode: 0o700 });
    await appendFile(file, `${JSON.stringify(newCheckpoint)}\n`, { mode: 0o600 });
  }
  return newCheckpoint;
}
