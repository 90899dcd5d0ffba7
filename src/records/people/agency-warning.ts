import type { Tx } from '../../store/store.ts';
import { type Agency, agencyCodeWarning } from './agencies.ts';

/** Longer chains of reorganisation than any ministry has seen. */
const MAX_STEPS = 10;

/** What officers read about an agency code that is unknown or abolished, with its successor; null when all is well. */
export async function warnOfAgency(tx: Tx, code: string): Promise<string | null> {
  const byCode = new Map<string, Agency>();
  let next: string | null = code;
  for (let step = 0; next && !byCode.has(next) && step < MAX_STEPS; step++) {
    const found: Awaited<ReturnType<Tx['agency']['findUnique']>> = await tx.agency.findUnique({
      where: { code: next },
    });
    if (found) byCode.set(next, { ...found, successor: found.successorCode });
    next = found?.abolished ? found.successorCode : null;
  }
  return agencyCodeWarning({ entries: [], byCode }, code);
}
