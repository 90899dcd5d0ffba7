import { z } from 'zod';
import type { Answers } from '../messenger/forms/form.ts';
import { personRow } from '../records/rows.ts';
import { type Ask, read, rowOf } from '../store/ask.ts';
import { type Filing, type Person, Prisma } from '../store/client/client.ts';
import type { Tx } from '../store/store.ts';

/** Whose a filing is, and the name of its agency, if it has one. */
interface Concerned {
  applicant: Person;
  agency: string | null;
}

export interface ReadFiling {
  filing: Filing;
  /** Those of its newest revision. */
  answers: Answers;
  concerned: Concerned;
}

export function concernedIn(filingId: string): Ask<Concerned | null> {
  return rowOf(
    Prisma.sql`
      SELECT to_jsonb(p) AS applicant, a.name AS agency
      FROM "Filing" f JOIN "Person" p ON p.id = f."applicantId" LEFT JOIN "Agency" a ON a.code = f."agencyCode"
      WHERE f.id = ${filingId}`,
    z.object({ applicant: personRow, agency: z.string().nullable() }),
  );
}

export async function getConcerned(tx: Tx, filingId: string): Promise<Concerned> {
  const found = await read(tx, concernedIn(filingId));
  if (!found) throw new Error(`no filing ${filingId}`);
  return found;
}
