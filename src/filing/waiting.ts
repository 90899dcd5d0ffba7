import { SUBMITTED } from '../records/filings/states.ts';
import { isOneOf } from '../records/filings/states-sql.ts';
import { Prisma } from '../store/client/client.ts';
import type { Known } from '../store/known.ts';
import type { Tx } from '../store/store.ts';

/** Filings in which this person has a part: they submitted it, entered it from paper, or accepted it. */
export function ownPart({ id }: Pick<Known, 'id'>): Prisma.Sql {
  return Prisma.sql`(f."applicantId" = ${id} OR f."enteredBy" = ${id} OR f."namedId" = ${id})`;
}

/** Filings that this officer may decide: nobody decides one in which they have a part. */
export function decidable(who: Pick<Known, 'id'>): Prisma.Sql {
  return Prisma.sql`f.state ${isOneOf(SUBMITTED)} AND ${ownPart(who)} IS NOT TRUE`;
}

/** The filing that follows this one in the queue of this officer, else the first; and how many wait. */
export async function nextWaiting(
  tx: Tx,
  who: Pick<Known, 'id'>,
  after: { id: string; urgent: boolean; submittedAt: Date },
): Promise<{ left: number; next: { id: string; procedure: string; title: string } | null }> {
  const waiting = Prisma.sql`${decidable(who)} AND f.id <> ${after.id}`;
  const [counted] = await tx.$queryRaw<{ left: number }[]>`
    SELECT count(*)::int AS left FROM "Filing" f WHERE ${waiting}`;
  const [next] = await tx.$queryRaw<{ id: string; procedure: string; title: string }[]>`
    SELECT f.id, f.procedure, f.title FROM "Filing" f WHERE ${waiting}
    ORDER BY (NOT f.urgent, f."submittedAt", f.id) > (${!after.urgent}, ${after.submittedAt}, ${after.id}) DESC,
      f.urgent DESC, f."submittedAt", f.id LIMIT 1`;
  return { left: counted?.left ?? 0, next: next ?? null };
}
