import type { Filings } from '../filing/procedure.ts';
import { OPEN } from '../records/filings/states.ts';
import { isOneOf } from '../records/filings/states-sql.ts';
import { inForce } from '../records/in-force.ts';
import { type Ask, all, countOf } from '../store/ask.ts';
import { Prisma } from '../store/client/client.ts';

/** The three figures of the guide's first screen (1.2), for one applicant. */
export interface Figures {
  /** 전체 보급건수: regular licences issued and in force. */
  distributed: number;
  /** API 신청중: open filings that lead to a licence. */
  applying: number;
  /** Q&A문의진행: own questions that are not closed. */
  asking: number;
}

export function figuresOf({ procedures }: Pick<Filings, 'procedures'>, personId: string): Ask<Figures> {
  // Other filings (a change of contact, an incident) do not count as API 신청.
  const toALicence = [...procedures.values()].flatMap((one) => (one.leadsToLicence ? one.name : []));
  return all({
    distributed: countOf(Prisma.sql`
      FROM "Licence" l JOIN "System" s ON s.id = l."systemId"
      WHERE l.kind = 'REGULAR' AND ${inForce('l')} AND s."contactId" = ${personId}`),
    applying: countOf(Prisma.sql`
      FROM "Filing" f WHERE f."applicantId" = ${personId} AND f.procedure = ANY(${toALicence})
      AND f.state ${isOneOf(...OPEN)}`),
    asking: countOf(Prisma.sql`FROM "Question" WHERE "askerId" = ${personId} AND state <> 'CLOSED'`),
  });
}
