import { seoulDay } from '../../core/calendar.ts';
import { canonicalJson } from '../../store/canonical-json.ts';
import type { Tx } from '../../store/store.ts';
import { endOf, IN_FORCE } from '../in-force.ts';
import { linked } from './chain.ts';
import type { RevocationList } from './revocation-list.ts';
import { signContent } from './sign.ts';
import type { Signer } from './signer.ts';

/**
 * For how many days a list is valid for licences that are not on it. No source fixes it; closed networks carry lists
 * by hand.
 */
const DAYS = 7;

/** Every licence that is superseded or revoked now, oldest first. */
async function collectRevocations(tx: Tx, now: Date): Promise<RevocationList> {
  const ended = await tx.licence.findMany({
    where: { NOT: IN_FORCE },
    include: { system: { select: { licences: true } } },
    orderBy: { number: 'asc' },
  });
  return {
    format: 'bogeup-revocations/1',
    issuedAt: now.toISOString(),
    nextUpdate: new Date(now.getTime() + DAYS * 86_400_000).toISOString(),
    entries: ended.flatMap((one) => {
      const end = endOf(one);
      const by = linked(one.system.licences).find(({ licence }) => licence.id === one.id)?.by?.number ?? null;
      return end ? { number: one.number, since: end.at.toISOString(), why: end.how, by } : [];
    }),
  };
}

/** CMS SignedData in DER over the canonical JSON of the list, signed by the signer of the licences. */
export async function signedRevocations(tx: Tx, signer: Signer, now: Date): Promise<Buffer> {
  const list = await collectRevocations(tx, now);
  return signContent(Buffer.from(canonicalJson(list)), signer, now);
}

/** `bogeup-revocations-2026-11-25.p7`. */
export function revocationsName(now: Date): string {
  return `bogeup-revocations-${seoulDay(now)}.p7`;
}
