import { seoulDay } from '../../core/calendar.ts';
import { canonicalJson } from '../../store/canonical-json.ts';
import type { Tx } from '../../store/store.ts';
import { linked } from './chain.ts';
import type { RevocationList } from './revocation-list.ts';
import { signContent } from './sign.ts';
import type { Signer } from './signer.ts';

/** For how long a list answers for what is not in it; no source fixes it, and closed networks carry it by hand. */
const DAYS = 7;

/** Every licence that is out of service now, oldest first. */
export async function collectRevocations(tx: Tx, now: Date): Promise<RevocationList> {
  const ended = await tx.licence.findMany({
    where: { OR: [{ supersededAt: { not: null } }, { revokedAt: { not: null } }] },
    include: { system: { select: { licences: true } } },
    orderBy: { number: 'asc' },
  });
  return {
    format: 'bogeup-revocations/1',
    issuedAt: now.toISOString(),
    nextUpdate: new Date(now.getTime() + DAYS * 86_400_000).toISOString(),
    entries: ended.map(({ id, number, supersededAt, revokedAt, system }) => ({
      number,
      since: (revokedAt ?? supersededAt ?? now).toISOString(),
      why: revokedAt ? 'revoked' : 'superseded',
      by: linked(system.licences).find(({ licence }) => licence.id === id)?.by?.number ?? null,
    })),
  };
}

/** CMS SignedData in DER over the canonical JSON, by the signer of the licences. */
export async function signedRevocations(tx: Tx, signer: Signer, now: Date): Promise<Buffer> {
  const list = await collectRevocations(tx, now);
  return signContent(Buffer.from(canonicalJson(list)), signer, now);
}

/** `bogeup-revocations-2026-11-25.p7`. */
export function revocationsName(now: Date): string {
  return `bogeup-revocations-${seoulDay(now)}.p7`;
}
