import { createHash } from 'node:crypto';
import type { LicencePayload } from '../../records/licences/licence.ts';
import { type OpenRefusal, openLicence } from '../../records/licences/verify.ts';
import type { Prisma } from '../../store/client/client.ts';
import type { Tx } from '../../store/store.ts';

const include = { system: { include: { filings: true, licences: true } } } as const;

/** A licence of the ledger, with its system, filings and other licences. */
export type Recorded = Prisma.LicenceGetPayload<{ include: typeof include }>;

export type Checked =
  /** Issued by the bot and unchanged; `recorded` is null when the ledger does not know its number. */
  | { is: 'genuine'; payload: LicencePayload; recorded: Recorded | null }
  /** Signed with the bot's key, but different from the file that was issued under this number. */
  | { is: 'forged'; recorded: Recorded }
  /** The same file of the official generator that an officer attached; the bot cannot read its content. */
  | { is: 'official'; recorded: Recorded }
  /** Not valid. `claimed` is the licence whose number the file carries; nothing proves that number. */
  | { is: 'refused'; reason: OpenRefusal; text: string; claimed: Recorded | null };

/** Checks a licence file by its signature and the ledger. No content of `bytes` makes it throw. */
export async function checkFile(tx: Tx, trusted: readonly string[], bytes: Buffer): Promise<Checked> {
  const official = await recordedOfficial(tx, bytes);
  if (official) return { is: 'official', recorded: official };
  const opened = openLicence(bytes, trusted);
  if (opened.ok) {
    const { payload, sha256 } = opened;
    const recorded = await byNumber(tx, payload.number);
    if (recorded && recorded.sha256 !== sha256) return { is: 'forged', recorded };
    return { is: 'genuine', payload, recorded };
  }
  const claim = /"number":"([A-Z0-9-]{3,40})"/.exec(bytes.toString('latin1'))?.[1];
  const claimed = opened.reason === 'ALTERED' && claim ? await byNumber(tx, claim) : null;
  return { is: 'refused', reason: opened.reason, text: opened.text, claimed };
}

/** Finds a file of the official generator by its SHA-256: the bot cannot read its content. */
export function recordedOfficial(tx: Tx, bytes: Buffer): Promise<Recorded | null> {
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  return tx.licence.findFirst({ where: { sha256, madeBy: 'OFFICIAL' }, include });
}

function byNumber(tx: Tx, number: string): Promise<Recorded | null> {
  return tx.licence.findUnique({ where: { number }, include });
}
