import { z } from 'zod';
import { type Ask, map, rowsOf } from '../../store/ask.ts';
import { Prisma } from '../../store/client/client.ts';
import { LIVING } from '../filings/states.ts';
import { isOneOf } from '../filings/states-sql.ts';

/**
 * SQL: FROM systems `s` other than this one that are in use or applied for. A system whose application was withdrawn
 * or rejected does not count.
 */
export function otherSystems(systemId: string | null): Prisma.Sql {
  return Prisma.sql`FROM "System" s WHERE s.id <> ${systemId ?? ''} AND s."retiredAt" IS NULL
    AND EXISTS (SELECT 1 FROM "Filing" f WHERE f."systemId" = s.id AND f.state ${isOneOf(...LIVING)})`;
}

/** Those of these addresses that another system has too. */
export function sharedIps(systemId: string | null, ips: readonly string[]): Ask<string[]> {
  const sharing = rowsOf(
    Prisma.sql`SELECT s."serverIps" ${otherSystems(systemId)} AND s."serverIps" && ${ips}::text[]`,
    z.object({ serverIps: z.array(z.string()) }),
  );
  return map(sharing, (systems) => {
    const used = new Set(systems.flatMap(({ serverIps }) => serverIps));
    return ips.filter((ip) => used.has(ip));
  });
}
