import { z } from 'zod';
import { seoulDay } from '../core/calendar.ts';
import { checkLetterDate, letterKey, parseLetterNumber } from '../filing/official-letter.ts';
import { WITHDRAWN } from '../records/filings/states.ts';
import { isNoneOf } from '../records/filings/states-sql.ts';
import { agencyKind } from '../records/people/agencies.ts';
import { type Ask, known, map, rowsOf } from '../store/ask.ts';
import { type Filing, Prisma } from '../store/client/client.ts';

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
export function letterFacts(
  filing: Pick<Filing, 'id' | 'letterKey' | 'submittedAt'>,
  { letterDate }: Letter,
): Ask<{ sameLetter: string[]; letterWarning: string | null }> {
  const { id, letterKey: key } = filing;
  const others = rowsOf(
    Prisma.sql`
      SELECT f.number FROM "Filing" f
      WHERE f."letterKey" = ${key} AND f.id <> ${id} AND f.state ${isNoneOf(WITHDRAWN)} ORDER BY f.id`,
    z.object({ number: z.string() }),
  );
  const checked = checkLetterDate(letterDate, seoulDay(filing.submittedAt));
  return map(key ? others : known([]), (found) => ({
    sameLetter: found.map(({ number }) => number),
    letterWarning: checked.ok ? checked.warning : checked.message,
  }));
}
