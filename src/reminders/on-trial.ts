import { setImmediate } from 'node:timers/promises';
import { PROCEDURE } from '../records/filings/procedure-name.ts';
import { RETURNED, SUBMITTED } from '../records/filings/states.ts';
import { isOneOf } from '../records/filings/states-sql.ts';
import { inForce } from '../records/in-force.ts';
import { reachable } from '../records/people/reachable.ts';
import type { Prisma, System } from '../store/client/client.ts';
import type { Db } from '../store/store.ts';

/** A system in use whose only licence is temporary, that licence, and who is in charge of the system. */
export interface OnTrial {
  systemId: string;
  licenceId: string;
  serviceOn: string | null;
  expiresOn: string;
  issuedAt: Date;
  contactId: string;
  contactSlackId: string | null;
  contactEmail: string | null;
  contactGone: Date | null;
  deputyId: string | null;
  deputySlackId: string | null;
  deputyEmail: string | null;
  deputyGone: Date | null;
}

const PAGE = 2000;

/**
 * Temporary licences in force on which a system depends, in the order of their ids. Left out are systems that also have
 * a regular licence, and those whose report is under review, since then the officer has to act. `which` is a further
 * condition on the columns of `l` (Licence) and `s` (System).
 */
export async function findOnTrial(db: Db, which: Prisma.Sql): Promise<OnTrial[]> {
  const found: OnTrial[] = [];
  for (let after = ''; ; ) {
    const page = await db.$queryRaw<OnTrial[]>`
      SELECT l.id AS "licenceId", l."expiresOn", l."issuedAt", s.id AS "systemId", s."serviceOn",
        s."contactId", c."slackId" AS "contactSlackId", c.email AS "contactEmail", c."deactivatedAt" AS "contactGone",
        s."deputyId", d."slackId" AS "deputySlackId", d.email AS "deputyEmail", d."deactivatedAt" AS "deputyGone"
      FROM "Licence" l
      JOIN "System" s ON s.id = l."systemId"
      JOIN "Person" c ON c.id = s."contactId"
      LEFT JOIN "Person" d ON d.id = s."deputyId"
      WHERE l.kind = 'TEMPORARY' AND l.id > ${after} AND ${which}
        AND ${inForce('l')} AND s."retiredAt" IS NULL
        AND NOT EXISTS (
          SELECT 1 FROM "Licence" r WHERE r."systemId" = s.id AND r.kind = 'REGULAR'
            AND ${inForce('r')})
        AND NOT EXISTS (
          SELECT 1 FROM "Filing" f WHERE f."systemId" = s.id AND f.procedure = ${PROCEDURE.resultReport}
            AND f.state ${isOneOf(SUBMITTED)})
      ORDER BY l.id LIMIT ${PAGE}`;
    found.push(...page);
    const last = page.at(-1);
    if (!last || page.length < PAGE) return found;
    after = last.licenceId;
    await setImmediate(); // the embedded database works in this thread: lets other statements run in between
  }
}

/** The recipients: contact and deputy as far as they can be reached, else the desk. */
export function inCharge(row: OnTrial): string[] {
  return reachable(
    {
      id: row.contactId,
      slackId: row.contactSlackId,
      email: row.contactEmail,
      deactivatedAt: row.contactGone,
    },
    row.deputyId === null
      ? null
      : {
          id: row.deputyId,
          slackId: row.deputySlackId,
          email: row.deputyEmail,
          deactivatedAt: row.deputyGone,
        },
  );
}

/** The report on this system that was returned, if any; only the person who submitted it may correct it. */
export function returnedReport(db: Db, system: Pick<System, 'id'>) {
  return db.filing.findFirst({
    where: { systemId: system.id, procedure: PROCEDURE.resultReport, state: RETURNED },
    select: { id: true, number: true, applicantId: true },
  });
}
