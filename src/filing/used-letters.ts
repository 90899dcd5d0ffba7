import { Refusal } from '../core/refusal.ts';
import { anyOf, LIVING } from '../records/filings/states.ts';
import type { Filing } from '../store/client/client.ts';
import type { Tx } from '../store/store.ts';

/**
 * Refuses a 공문 that was taken in already: (처리과, 연도, 번호) of the agency in a living filing of the same procedure.
 * Two forms may come with one letter, and a letter whose filing was rejected or withdrawn may be sent again. Two
 * officers who enter it at once meet at the lock: one of them is refused.
 * @param filing the filing that is corrected, which may keep its letter
 * @throws Refusal naming the receipt number
 */
export async function refuseUsedLetter(
  tx: Tx,
  procedure: string,
  letter: { key: string; number: string },
  filing: Filing | null,
): Promise<void> {
  await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtextextended(${letter.key}, 0))`;
  const used = await tx.filing.findFirst({
    where: {
      procedure,
      letterKey: letter.key,
      state: anyOf(LIVING),
      ...(filing ? { id: { not: filing.id } } : {}),
    },
    orderBy: { submittedAt: 'asc' },
  });
  if (!used) return;
  throw new Refusal(
    `이미 접수한 공문입니다: ${letter.number} (접수번호 ${used.number}, ${used.title})`,
    '문서번호와 시행일을 확인하십시오. 같은 공문이면 먼저 접수한 신청에서 처리하십시오.',
  );
}
