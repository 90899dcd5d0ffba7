import { seoulDay, startOfDay } from '../../core/calendar.ts';
import { APPROVED, anyOf, DROPPED, SUBMITTED } from '../../records/filings/states.ts';
import type { Tx } from '../../store/store.ts';
import { destroyableFrom, endedBefore, endOfCase, endOfQuestion } from './retention.ts';

/** A case or question whose retention has ended. It may be destroyed once two officers have agreed. */
export interface Candidate {
  kind: 'filing' | 'question';
  id: string;
  number: string;
  /** Null for a question. */
  procedure: string | null;
  title: string;
  /** The applicant or asker. */
  personId: string;
  systemId: string | null;
  endedAt: Date;
  /** YYYY-MM-DD. */
  destroyableFrom: string;
}

export interface Candidates {
  /** The number of all of them. */
  total: number;
  /** The one that ended first comes first. */
  cases: Candidate[];
}

/** 파기 대상 on the day of `now`. Changes nothing. */
export async function findCandidates(
  tx: Tx,
  now: Date,
  { limit, numbers }: { limit?: number; numbers?: readonly string[] } = {},
): Promise<Candidates> {
  const today = seoulDay(now);
  const before = { lt: startOfDay(endedBefore(today)) };
  const destroyed = await tx.destruction.findMany({ select: { filingId: true } });
  const gone = new Set(destroyed.map((row) => row.filingId));
  const numberFilter = numbers ? { number: { in: [...numbers] } } : {};
  const found = [
    ...(await endedFilings(tx, before, numberFilter)),
    ...(await endedQuestions(tx, before, numberFilter)),
  ];
  const cases = found.flatMap(({ endedAt, ...one }): Candidate[] =>
    endedAt && !gone.has(one.id) && destroyableFrom(endedAt) <= today
      ? [{ ...one, endedAt, destroyableFrom: destroyableFrom(endedAt) }]
      : [],
  );
  cases.sort((a, b) => a.endedAt.getTime() - b.endedAt.getTime() || (a.number < b.number ? -1 : 1));
  return { total: cases.length, cases: limit === undefined ? cases : cases.slice(0, limit) };
}

type Found = Omit<Candidate, 'endedAt' | 'destroyableFrom'> & { endedAt: Date | null };

async function endedFilings(
  tx: Tx,
  before: { lt: Date },
  numberFilter: { number?: object },
): Promise<Found[]> {
  const filings = await tx.filing.findMany({
    where: {
      ...numberFilter,
      OR: [
        { state: anyOf(DROPPED), decidedAt: before },
        { state: { not: SUBMITTED }, system: { retiredAt: before } },
        { state: APPROVED, systemId: null, applicant: { deactivatedAt: before } },
      ],
    },
    include: {
      system: { select: { retiredAt: true } },
      applicant: {
        select: { deactivatedAt: true, contactOf: { where: { retiredAt: null }, select: { id: true } } },
      },
      _count: { select: { licences: true } },
    },
  });
  return filings.map(({ system, applicant, _count, ...filing }) => {
    const { id, number, procedure, title, applicantId: personId, systemId } = filing;
    const endedAt = endOfCase({
      ...filing,
      system,
      licensed: _count.licences > 0,
      // The contact of a living system is still needed, even if the account is closed.
      accountClosedAt: applicant.contactOf.length > 0 ? null : applicant.deactivatedAt,
    });
    return { kind: 'filing', id, number, procedure, title, personId, systemId, endedAt };
  });
}

async function endedQuestions(
  tx: Tx,
  before: { lt: Date },
  numberFilter: { number?: object },
): Promise<Found[]> {
  const questions = await tx.question.findMany({
    where: { ...numberFilter, state: 'CLOSED', closedAt: before },
    include: { asker: { select: { deactivatedAt: true } } },
  });
  const systemIds = questions.flatMap(({ systemId }) => systemId ?? []);
  const systems = await tx.system.findMany({ where: { id: { in: systemIds } } });
  const retired = new Map(systems.map(({ id, retiredAt }) => [id, retiredAt]));
  return questions.map(({ asker, ...question }) => {
    const { id, number, systemId, askerId: personId } = question;
    const system = systemId ? { retiredAt: retired.get(systemId) ?? null } : null;
    const endedAt = endOfQuestion({ ...question, system, accountClosedAt: asker.deactivatedAt });
    // The title is the asker's own text, so the list leaves it out.
    return { kind: 'question', id, number, procedure: null, title: 'Q&A 문의', personId, systemId, endedAt };
  });
}
