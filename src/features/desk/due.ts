import { z } from 'zod';
import { addDays, seoulDay } from '../../core/calendar.ts';
import { PROCEDURE } from '../../records/filings/procedure-name.ts';
import { RETURNED, SUBMITTED } from '../../records/filings/states.ts';
import { isOneOf } from '../../records/filings/states-sql.ts';
import { inForce } from '../../records/in-force.ts';
import { type Ask, all, pageStart, rowsOf } from '../../store/ask.ts';
import { Prisma } from '../../store/client/client.ts';
import { dayName, seoulDateOf } from './desk-figures.ts';

/** Kinds of deadline that officers watch, in the order of the filter. Filings waiting for review are not among them. */
export const dueKinds = {
  TEMPORARY: '임시라이선스 만료',
  REPORT: '적용결과표 미제출',
  REOPENED: '승인취소 뒤 미제출',
  UNANSWERED: '보완요청 미처리',
  CERTIFICATE: '서버용 인증서 만료',
} as const;
export type DueKind = keyof typeof dueKinds;
export const isDueKind = (text: string): text is DueKind => Object.hasOwn(dueKinds, text);

/** How many days ahead the list shows an expiry. A certificate may be renewed 90 days before (고시 제20조). */
const LICENCE_AHEAD = 30;
const CERTIFICATE_AHEAD = 90;
export const DUE_PAGE = 15;

const dueRow = z.object({
  kind: z.enum(Object.keys(dueKinds) as [DueKind, ...DueKind[]]),
  /** The day of the expiry, of the missed deadline or of the request for correction. */
  on: z.string(),
  title: z.string(),
  /** The number of the licence or the filing, or the CN of the certificate. */
  number: z.string(),
  agency: z.string().nullable(),
  /** Who has to act. */
  person: z.string().nullable(),
  byMail: z.boolean(),
  systemId: z.string().nullable(),
  filingId: z.string().nullable(),
});
export type Due = z.output<typeof dueRow>;

interface Found {
  counts: { kind: DueKind; count: number }[];
  rows: Due[];
}

/** A page of deadlines, the earliest day first, and the number of each kind. */
export function dueOf(now: Date, kind: DueKind | null, page: number): Ask<Found> {
  const every = everything(now);
  const chosen = Prisma.sql`FROM (${every}) d WHERE ${kind}::text IS NULL OR d.kind = ${kind}`;
  return all({
    counts: rowsOf(
      Prisma.sql`SELECT d.kind, count(*)::int AS count FROM (${every}) d GROUP BY d.kind`,
      z.object({ kind: dueRow.shape.kind, count: z.number() }),
    ),
    rows: rowsOf(
      Prisma.sql`
        SELECT d.* ${chosen} ORDER BY d."on", d.number, d.kind
        LIMIT ${DUE_PAGE} OFFSET ${pageStart(page, DUE_PAGE, chosen)}`,
      dueRow,
    ),
  });
}

/** All deadlines, for the export. */
export const wholeDue = (now: Date): Ask<Due[]> =>
  rowsOf(Prisma.sql`SELECT d.* FROM (${everything(now)}) d ORDER BY d."on", d.number, d.kind`, dueRow);

function everything(now: Date): Prisma.Sql {
  const today = seoulDay(now);
  const { resultReport } = PROCEDURE;
  /** Columns of the system `s` and of its contact `c`. */
  const system = Prisma.sql`
    s.name AS title, a.name AS agency, c.name AS person, c."slackId" IS NULL AS "byMail",
    s.id AS "systemId", NULL::text AS "filingId"`;
  const joined = Prisma.sql`
    JOIN "System" s ON s.id = l."systemId" JOIN "Agency" a ON a.code = s."agencyCode"
    JOIN "Person" c ON c.id = s."contactId"`;
  // The same rule as in reminders/on-trial.ts: a system with a regular licence is not on trial.
  const onTrial = Prisma.sql`
    l.kind = 'TEMPORARY' AND ${inForce('l')} AND s."retiredAt" IS NULL
    AND NOT EXISTS (SELECT 1 FROM "Licence" r WHERE r."systemId" = s.id AND r.kind = 'REGULAR' AND ${inForce('r')})`;
  const reported = (...states: (typeof RETURNED | typeof SUBMITTED)[]) => Prisma.sql`
    EXISTS (SELECT 1 FROM "Filing" f WHERE f."systemId" = s.id AND f.procedure = ${resultReport}
      AND f.state ${isOneOf(...states)})`;
  return Prisma.sql`
    SELECT 'TEMPORARY' AS kind, l."expiresOn" AS "on", l.number, ${system} FROM "Licence" l ${joined}
    WHERE ${onTrial} AND l."expiresOn" <= ${addDays(today, LICENCE_AHEAD)} AND NOT ${reported(SUBMITTED)}
    UNION ALL
    SELECT 'REPORT', s."serviceOn", l.number, ${system} FROM "Licence" l ${joined}
    WHERE ${onTrial} AND s."serviceOn" < ${today} AND NOT ${reported(SUBMITTED, RETURNED)}
    UNION ALL
    SELECT 'CERTIFICATE', ${dayName(seoulDateOf(Prisma.sql`l."notAfter"`))}, l.cn, ${system}
    FROM "Certificate" l ${joined}
    WHERE l.purpose = 'SERVER' AND l."endedAt" IS NULL AND s."retiredAt" IS NULL
      AND ${seoulDateOf(Prisma.sql`l."notAfter"`)} <= ${addDays(today, CERTIFICATE_AHEAD)}::date
    UNION ALL
    SELECT CASE WHEN f."approvedRevision" = f.revision THEN 'REOPENED' ELSE 'UNANSWERED' END,
      ${dayName(seoulDateOf(Prisma.sql`COALESCE(f."decidedAt", f."submittedAt")`))}, f.number,
      f.title, a.name, p.name, f.channel = 'PAPER', f."systemId", f.id
    FROM "Filing" f JOIN "Person" p ON p.id = f."applicantId" LEFT JOIN "Agency" a ON a.code = f."agencyCode"
    WHERE f.state ${isOneOf(RETURNED)}`;
}
