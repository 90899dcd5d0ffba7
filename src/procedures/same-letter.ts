import { z } from 'zod';
import { seoulDay } from '../core/calendar.ts';
import { channelOf } from '../filing/drafts.ts';
import { checkLetterDate, letterKey, parseLetterNumber } from '../filing/official-letter.ts';
import { objectionToLetter, refuseUsedLetter } from '../filing/used-letters.ts';
import type { Answers } from '../messenger/forms/form.ts';
import { WITHDRAWN } from '../records/filings/states.ts';
import { isNoneOf } from '../records/filings/states-sql.ts';
import { filingIdOf, type Subject } from '../records/filings/subject.ts';
import { agencyKind } from '../records/people/agencies.ts';
import { type Ask, known, map, rowsOf } from '../store/ask.ts';
import { type Filing, Prisma } from '../store/client/client.ts';
import type { Tx } from '../store/store.ts';

interface Letter {
  letterNumber: string;
  letterDate: string;
}

/** The column that finds a 공문 that was used before; null when its number cannot be read. */
export function letterKeyOf(agencyCode: string, { letterNumber, letterDate }: Letter): string | null {
  const letter = parseLetterNumber(letterNumber, agencyKind(agencyCode));
  return letter.ok ? letterKey(agencyCode, letter, letterDate) : null;
}

interface Entered {
  procedure: string;
  /** The name of the system that it is for. */
  system: string;
  filing: Pick<Filing, 'id'> | null;
}

/** Checks the letter at the submission of what an officer entered from paper. @throws Refusal */
export async function holdLetter(
  tx: Tx,
  agencyCode: string,
  letter: Letter & Shared,
  { procedure, system, filing }: Entered,
): Promise<void> {
  const key = letterKeyOf(agencyCode, letter);
  if (!key) return;
  const use = { procedure, system, shared: isShared(letter), filingId: filing?.id ?? null };
  await refuseUsedLetter(tx, { key, number: letter.letterNumber }, use);
}

/**
 * The same check as soon as its number was typed; returns errors by field. `all`: everything that the draft contains.
 */
export async function objectionsToLetter(
  tx: Tx,
  procedure: string,
  subject: Subject,
  typed: Partial<Letter>,
  all: Answers,
): Promise<Record<string, string>> {
  const { letterNumber, letterDate } = typed;
  if (!letterNumber || !letterDate || (await channelOf(tx, subject)) !== 'PAPER') return {};
  const key = letterKeyOf(String(all.agency ?? ''), { letterNumber, letterDate });
  const objection =
    key &&
    (await objectionToLetter(
      tx,
      { key, number: letterNumber },
      {
        procedure,
        system: String(all.systemName ?? ''),
        shared: isShared(all),
        filingId: filingIdOf(subject),
      },
    ));
  return objection ? { letterNumber: objection } : {};
}

interface Shared {
  letterShared?: unknown;
}

const isShared = ({ letterShared }: Shared) => Array.isArray(letterShared) && letterShared.length > 0;

/** What officers read about a filing's 공문: receipt numbers of others with the same letter, and an unusual date. */
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
