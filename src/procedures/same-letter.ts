import { seoulDay } from '../core/calendar.ts';
import { checkLetterDate, letterKey, parseLetterNumber } from '../filing/official-letter.ts';
import { WITHDRAWN } from '../records/filings/states.ts';
import { agencyKind } from '../records/people/agencies.ts';
import type { Filing } from '../store/client/client.ts';
import type { Tx } from '../store/store.ts';

interface Letter {
  letterNumber: string;
  letterDate: string;
}

/** The column by which a 공문 that was used before is found; null when its number cannot be read. */
export function letterKeyOf(agencyCode: string, { letterNumber, letterDate }: Letter): string | null {
  const letter = parseLetterNumber(letterNumber, agencyKind(agencyCode));
  return letter.ok ? letterKey(agencyCode, letter, letterDate) : null;
}

/** What officers read of a filing's 공문: receipt numbers of others that used it, and whether its date is odd. */
export async function letterFacts(
  tx: Tx,
  filing: Pick<Filing, 'id' | 'letterKey' | 'submittedAt'>,
  { letterDate }: Letter,
): Promise<{ sameLetter: string[]; letterWarning: string | null }> {
  const { id, letterKey: key } = filing;
  const others = key
    ? await tx.filing.findMany({
        where: { letterKey: key, id: { not: id }, state: { not: WITHDRAWN } },
        select: { number: true },
      })
    : [];
  const checked = checkLetterDate(letterDate, seoulDay(filing.submittedAt));
  return {
    sameLetter: others.map(({ number }) => number),
    letterWarning: checked.ok ? checked.warning : checked.message,
  };
}
