import { seoulDay, startOfDay } from '../../schedule/calendar.ts';
import type { Tx } from '../../store/store.ts';
import { destroyableFrom, endedBefore, endOfCase } from './retention.ts';

/** A case whose time is over: it may be destroyed, and is not before two officers have said so. */
export interface Candidate {
  filingId: string;
  number: string;
  procedure: string;
  title: string;
  applicantId: string;
  systemId: string | null;
  endedAt: Date;
  /** YYYY-MM-DD. */
  destroyableFrom: string;
}

export interface Candidates {
  /** All that are due. */
  total: number;
  /** Oldest end first. */
  cases: Candidate[];
}

/** 파기 대상 on the day of `now`; nothing is changed. */
export async function findCandidates(
  tx: Tx,
  now: Date,
  { limit, numbers }: { limit?: number; numbers?: readonly string[] } = {},
): Promise<Candidates> {
  const today = seoulDay(now);
  const before = { lt: startOfDay(endedBefore(today)) };
  const destroyed = await tx.destruction.findMany({ select: { filingId: true } });
  const filings = await tx.filing.findMany({
    where: {
      ...(numbers ? { number: { in: [...numbers] } } : {}),
      OR: [
        { state: { in: ['REJECTED', 'WITHDRAWN'] }, decidedAt: before },
        { state: { not: 'SUBMITTED' }, system: { retiredAt: before } },
        { state: 'APPROVED', systemId: null, applicant: { deactivatedAt: before } },
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
  const gone = new Set(destroyed.map((row) => row.filingId));
  const cases = filings.flatMap((filing): Candidate[] => {
    const { system, applicant, _count } = filing;
    if (gone.has(filing.id)) return [];
    const endedAt = endOfCase({
      ...filing,
      system,
      licensed: _count.licences > 0,
      // Somebody in charge of a living system is still needed, whatever became of the account.
      accountClosedAt: applicant.contactOf.length > 0 ? null : applicant.deactivatedAt,
    });
    if (!endedAt || destroyableFrom(endedAt) > today) return [];
    const { id: filingId, number, procedure, title, applicantId, systemId } = filing;
    return [
      {
        filingId,
        number,
        procedure,
        title,
        applicantId,
        systemId,
        endedAt,
        destroyableFrom: destroyableFrom(endedAt),
      },
    ];
  });
  cases.sort((a, b) => a.endedAt.getTime() - b.endedAt.getTime() || (a.number < b.number ? -1 : 1));
  return { total: cases.length, cases: limit === undefined ? cases : cases.slice(0, limit) };
}
