import { Refusal } from '../core/refusal.ts';
import { anyOf, LIVING } from '../records/filings/states.ts';
import type { Filing } from '../store/client/client.ts';
import type { Tx } from '../store/store.ts';

/** For how long an officer may take a decision back. */
const UNDO_MS = 5 * 60 * 1000;

/** Whether the decision is recent enough to be taken back. */
export function isFresh({ decidedAt }: Pick<Filing, 'decidedAt'>, now: Date): boolean {
  return decidedAt !== null && now.getTime() - decidedAt.getTime() <= UNDO_MS;
}

/** The key under which a decision is told. A decision that follows one that was taken back has another key. */
export function decidedKey({ id, revision, state }: Filing, round: number): string {
  return `decided:${id}:${revision}:${state}${round > 0 ? `:${round}` : ''}`;
}

/** How often a decision of this filing was taken back. */
export async function undoneTimes(tx: Tx, filingId: string): Promise<number> {
  const [row] = await tx.$queryRaw<{ times: number }[]>`
    SELECT count(*)::int AS times FROM "Audit" WHERE subject = ${`filing:${filingId}`} AND action = 'filing.undo'`;
  return row?.times ?? 0;
}

/** @throws Refusal when it is too late, or the applicant has acted on the decision */
export async function refuseUndo(tx: Tx, now: Date, filing: Filing): Promise<void> {
  if (!isFresh(filing, now)) {
    throw new Refusal(
      '처리한 지 5분이 지나 되돌릴 수 없습니다.',
      '신청자가 다시 제출하면 그때 처리하십시오. 급하면 신청자에게 연락하십시오.',
    );
  }
  const since = { gte: filing.decidedAt ?? now };
  const [drafts, others] = await Promise.all([
    tx.draft.count({ where: { subject: `filing:${filing.id}`, updatedAt: since } }),
    tx.filing.count({
      where: {
        id: { not: filing.id },
        applicantId: filing.applicantId,
        procedure: filing.procedure,
        systemId: filing.systemId,
        title: filing.title,
        state: anyOf(LIVING),
        submittedAt: since,
      },
    }),
  ]);
  if (drafts > 0)
    throw new Refusal('신청자가 이미 고치기 시작하여 되돌릴 수 없습니다.', '다시 제출하면 처리하십시오.');
  if (others > 0)
    throw new Refusal('신청자가 이미 새로 신청하여 되돌릴 수 없습니다.', '새로 제출한 신청을 처리하십시오.');
}
