import { z } from 'zod';
import { type Ask, map, rowOf, rowsOf } from '../../store/ask.ts';
import { Prisma } from '../../store/client/client.ts';
import { agencyCodeWarning } from './agencies.ts';

/** Real chains of reorganisation are shorter. */
const MAX_STEPS = 10;

const row = z.object({
  code: z.string(),
  name: z.string(),
  abolished: z.boolean(),
  successor: z.string().nullable(),
});

/** The agency with this code, or null. */
export const agencyNamed = (code: string): Ask<{ code: string; name: string } | null> =>
  rowOf(
    Prisma.sql`SELECT code, name FROM "Agency" WHERE code = ${code}`,
    z.object({ code: z.string(), name: z.string() }),
  );

/** What officers read about an agency code that is unknown or abolished, with its successor; null when all is well. */
export function agencyWarning(code: string): Ask<string | null> {
  const chain = rowsOf(
    Prisma.sql`
      WITH RECURSIVE chain AS (
        SELECT a.*, 1 AS step FROM "Agency" a WHERE a.code = ${code}
        UNION ALL
        SELECT n.*, c.step + 1 FROM chain c JOIN "Agency" n ON n.code = c."successorCode"
        WHERE c.abolished AND c.step < ${MAX_STEPS}::int)
      SELECT code, name, abolished, "successorCode" AS successor FROM chain`,
    row,
  );
  return map(chain, (agencies) => {
    const byCode = new Map(agencies.map((agency) => [agency.code, agency]));
    return agencyCodeWarning({ entries: [], byCode }, code);
  });
}
