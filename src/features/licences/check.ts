import { createHash } from 'node:crypto';
import type { LicencePayload } from '../../records/licences/licence.ts';
import { type OpenRefusal, openLicence } from '../../records/licences/verify.ts';
import type { Prisma } from '../../store/client/client.ts';
import type { Tx } from '../../store/store.ts';

const include = { system: { include: { filings: true, licences: true } } } as const;

/** A licence as the ledger has it, with its system's whole life. */
export type Recorded = Prisma.LicenceGetPayload<{ include: typeof include }>;

export type Checked =
  /** The bot's own, to the last byte; `recorded` is null when the ledger does not know its number. */
  | { is: 'genuine'; payload: LicencePayload; recorded: Recorded | null }
  /** Signed with our key, but not the file that was issued under this number. */
  | { is: 'forged'; recorded: Recorded }
  /** The very file of the official generator that an officer attached; what is in it the bot cannot read. */
  | { is: 'official'; recorded: Recorded }
  /** `claimed`: which licence it says to be, on its own word alone. */
  | { is: 'refused'; reason: OpenRefusal; text: string; claimed: Recorded | null };

/** What a licence file is, by its signature and by the ledger. Never throws for whatever is in `bytes`. */
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

/** By its SHA-256: nothing else is known of such a file. */
export function recordedOfficial(tx: Tx, bytes: Buffer): Promise<Recorded | null> {
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  return tx.licence.findFirst({ where: { sha256, madeBy: 'OFFICIAL' }, include });
}

function byNumber(tx: Tx, number: string): Promise<Recorded | null> {
  return tx.licence.findUnique({ where: { number }, include });
}
