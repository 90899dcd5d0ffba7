import type { AnyProcedure } from '../../filing/procedure.ts';
import { contactChange } from '../../procedures/contact-change/contact-change.ts';
import { contactTransfer } from '../../procedures/contact-transfer/contact-transfer.ts';
import { paperContact } from '../../procedures/paper-contact/paper-contact.ts';
import { retirementTraits } from '../../procedures/retirement/retirement.ts';
import { successorClaim } from '../../procedures/successor-claim/successor-claim.ts';
import { surveyAnswer } from '../../procedures/survey-answer/survey-answer.ts';
import { usageChange } from '../../procedures/usage-change/usage-change.ts';
import { LIVING } from '../../records/filings/states.ts';
import { isOneOf } from '../../records/filings/states-sql.ts';
import { Prisma, type SurveyRound } from '../../store/client/client.ts';
import type { ReceivedBy } from '../../store/client/enums.ts';
import type { Tx } from '../../store/store.ts';
import { groupOf, groups } from './round.ts';

/** What a system's contact answered; SILENT: nothing yet. */
export type Answer = 'UNCHANGED' | 'CHANGED' | 'CONTACT' | 'RETIRED' | 'SILENT';

export const answerLabels: Record<Answer, string> = {
  UNCHANGED: '변동 없음',
  CHANGED: '변경',
  CONTACT: '담당자 변경',
  RETIRED: '미사용',
  SILENT: '미응답',
};

/** How an answer came that an officer entered; PAPER: with a filing, to which the mail or 공문 is attached. */
export type EnteredAs = ReceivedBy | 'PAPER';

/** The procedures whose filing answers for a system: all that declare `answersSurveyAs`. */
const answering: readonly Pick<AnyProcedure, 'name' | 'answersSurveyAs'>[] = [
  surveyAnswer,
  usageChange,
  contactChange,
  successorClaim,
  contactTransfer,
  paperContact,
  retirementTraits,
];
export const answersSurvey = (procedure: string): boolean => answering.some(({ name }) => name === procedure);

/** The end of a round: filings submitted later do not count as answers. */
function endOf({ endedAt, closesOn }: Pick<SurveyRound, 'endedAt' | 'closesOn'>): Date {
  const lastDay = new Date(Date.parse(`${closesOn}T00:00:00+09:00`) + 86_400_000);
  return endedAt && endedAt < lastDay ? endedAt : lastDay;
}

type Round = Pick<SurveyRound, 'id' | 'openedAt' | 'endedAt' | 'closesOn'>;

/**
 * A subquery: the targets `t` of a round that `only` selects, with their answers. Of the answers only 변동 없음 is
 * stored. A filing submitted during the round is an answer as long as it is not withdrawn or rejected. A system that was
 * retired during the round, by a filing from before it, needs no other answer.
 */
export function answers(round: Round, only: Prisma.Sql = Prisma.sql`TRUE`): Prisma.Sql {
  return Prisma.sql`(
    WITH filed AS (
      SELECT DISTINCT ON (system) system, f.procedure, f.channel, f.id AS "filingId", f."submittedAt"
      FROM "Filing" f, LATERAL unnest(CASE WHEN f."systemId" IS NULL THEN f."systemIds" ELSE ARRAY[f."systemId"] END) system
      WHERE f.procedure = ANY(${answering.map(({ name }) => name)}) AND f.state ${isOneOf(...LIVING)}
        AND f."submittedAt" >= ${round.openedAt} AND f."submittedAt" < ${endOf(round)}
      ORDER BY system, f."submittedAt" DESC)
    SELECT t."systemId", t."personId", f."filingId", COALESCE(f."submittedAt", t."unchangedAt", s."retiredAt") AS "answeredAt",
      CASE f.procedure ${Prisma.join(
        answering.map(({ name, answersSurveyAs }) => Prisma.sql`WHEN ${name} THEN ${answersSurveyAs}`),
        ' ',
      )}
        ELSE CASE WHEN t."unchangedAt" IS NOT NULL THEN 'UNCHANGED' WHEN s.id IS NOT NULL THEN 'RETIRED' ELSE 'SILENT' END
        END AS answer,
      CASE WHEN f."filingId" IS NULL THEN t."receivedBy"::text WHEN f.channel = 'PAPER' THEN 'PAPER' END AS "enteredAs",
      CASE WHEN f."filingId" IS NULL THEN t.received ELSE '[]' END AS received
    FROM "SurveyTarget" t LEFT JOIN filed f ON f.system = t."systemId"
      LEFT JOIN "System" s ON s.id = t."systemId" AND s."retiredAt" < ${endOf(round)}
    WHERE t."roundId" = ${round.id} AND ${only})`;
}

/** Number of systems by answer. */
export type Counts = Record<Answer, number>;

export interface Progress {
  total: Counts;
  /** By 기관 구분, without groups that are not asked; in the order of `groups`. */
  byGroup: { label: string; counts: Counts }[];
  /** Unanswered systems whose person can be reached neither in the messenger nor by mail. */
  unreachable: number;
  /** Answers that officers entered, and how many of them have no document. */
  entered: number;
  undocumented: number;
  /** Whether all systems have been added to the round. */
  complete: boolean;
}

type CountRow = { group: string; answer: Answer; count: number } & Pick<
  Progress,
  'unreachable' | 'entered' | 'undocumented'
>;

const none = (): Counts => ({ UNCHANGED: 0, CHANGED: 0, CONTACT: 0, RETIRED: 0, SILENT: 0 });

export async function progressOf(tx: Tx, round: Round): Promise<Progress> {
  const rows = await tx.$queryRaw<CountRow[]>`
    SELECT ${groupOf} AS "group", x.answer, COUNT(*)::int AS count, COUNT(x."enteredAs")::int AS entered,
      COUNT(*) FILTER (WHERE x."enteredAs" = 'PHONE')::int AS undocumented,
      COUNT(*) FILTER (WHERE p."deactivatedAt" IS NOT NULL OR (p."slackId" IS NULL AND p.email IS NULL))::int AS unreachable
    FROM ${answers(round)} x
    JOIN "System" s ON s.id = x."systemId" JOIN "Agency" a ON a.code = s."agencyCode"
    JOIN "Person" p ON p.id = x."personId"
    GROUP BY 1, 2`;
  const takingIn = await tx.broadcast.count({ where: { kind: 'survey', subject: round.id, doneAt: null } });
  const total = none();
  const counted = new Map<string, Counts>();
  for (const { group, answer, count } of rows) {
    const counts = counted.get(group) ?? none();
    counts[answer] += count;
    total[answer] += count;
    counted.set(group, counts);
  }
  const sum = (part: 'unreachable' | 'entered' | 'undocumented', of = rows) =>
    of.reduce((all, row) => all + row[part], 0);
  return {
    total,
    byGroup: groups.flatMap(({ value, label }) => {
      const counts = counted.get(value);
      return counts ? [{ label, counts }] : [];
    }),
    unreachable: sum(
      'unreachable',
      rows.filter(({ answer }) => answer === 'SILENT'),
    ),
    entered: sum('entered'),
    undocumented: sum('undocumented'),
    complete: takingIn === 0,
  };
}

export const sumOf = (counts: Counts): number => Object.values(counts).reduce((sum, count) => sum + count, 0);

export interface AskedSystem {
  systemId: string;
  name: string;
  answer: Answer;
  /** Whether the person is the system's contact. Others may be asked too, but cannot change the registered data. */
  mine: boolean;
}

/**
 * Condition for targets that this person may answer: as the person asked, or as contact or deputy of the system. The
 * database uses an index for each part.
 */
export function ofPerson(round: Pick<SurveyRound, 'id'>, personId: string): Prisma.Sql {
  return Prisma.sql`t."systemId" IN (
    SELECT "systemId" FROM "SurveyTarget" WHERE "roundId" = ${round.id} AND "personId" = ${personId}
    UNION ALL SELECT id FROM "System" WHERE "contactId" = ${personId}
    UNION ALL SELECT id FROM "System" WHERE "deputyId" = ${personId})`;
}

/**
 * Condition for targets that are asked by mail: neither the person asked nor the current contact has a messenger
 * account. Officers enter their answers.
 */
export const askedByMail = Prisma.sql`t."personId" IN (SELECT id FROM "Person" WHERE "slackId" IS NULL)
  AND t."systemId" IN (
    SELECT s.id FROM "System" s JOIN "Person" c ON c.id = s."contactId" WHERE c."slackId" IS NULL)`;

/** The systems that a person is asked about, the unanswered ones first. */
export function systemsAskedOf(tx: Tx, round: Round, personId: string): Promise<AskedSystem[]> {
  return tx.$queryRaw<AskedSystem[]>`
    SELECT x."systemId", s.name, x.answer, s."contactId" = ${personId} AS mine
    FROM ${answers(round, ofPerson(round, personId))} x JOIN "System" s ON s.id = x."systemId"
    ORDER BY x.answer = 'SILENT' DESC, s.name, s.id`;
}

interface ResultRow {
  agencyCode: string;
  agency: string;
  group: string;
  system: string;
  person: string | null;
  answer: Answer;
  answeredAt: Date | null;
  enteredAs: EnteredAs | null;
  received: unknown;
  number: string | null;
  state: string | null;
  procedure: string | null;
}

/** Every system of a round with its answer, by agency. */
export function resultRows(tx: Tx, round: Round): Promise<ResultRow[]> {
  return tx.$queryRaw<ResultRow[]>`
    SELECT a.code AS "agencyCode", a.name AS agency, ${groupOf} AS "group", s.name AS system, p.name AS person, x.answer,
      x."answeredAt", x."enteredAs", x.received, f.number, f.state::text AS state, f.procedure
    FROM ${answers(round)} x
    JOIN "System" s ON s.id = x."systemId" JOIN "Agency" a ON a.code = s."agencyCode"
    JOIN "Person" p ON p.id = x."personId"
    LEFT JOIN "Filing" f ON f.id = x."filingId"
    ORDER BY a.name, s.name, s.id`;
}
