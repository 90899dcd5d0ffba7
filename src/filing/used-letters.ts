import { Refusal } from '../core/refusal.ts';
import { anyOf, LIVING } from '../records/filings/states.ts';
import type { Tx } from '../store/store.ts';

interface UsedFor {
  procedure: string;
  /** The system that the filing is for. */
  system: string;
  /** Said to be one of several systems in that letter. */
  shared: boolean;
  /** The filing that is corrected, which may keep its letter. */
  filingId: string | null;
}

const bare = (name: string) => name.replace(/\s+/g, '').toLowerCase();

/**
 * What is wrong with a 공문 that was taken in already: (처리과, 연도, 번호) of the agency in a living filing of the same
 * procedure. Two forms may come with one letter, several systems too where that is said, and a letter whose filing was
 * rejected or withdrawn may be sent again.
 */
export async function objectionToLetter(
  tx: Tx,
  letter: { key: string; number: string },
  { procedure, system, shared, filingId }: UsedFor,
): Promise<string | null> {
  const used = await tx.filing.findMany({
    where: {
      procedure,
      letterKey: letter.key,
      state: anyOf(LIVING),
      ...(filingId ? { id: { not: filingId } } : {}),
    },
    orderBy: { submittedAt: 'asc' },
  });
  const [first] = used;
  if (!first) return null;
  const same = used.find(({ title }) => bare(title) === bare(system));
  const { number, title } = same ?? first;
  const told = `이미 접수한 공문입니다: ${letter.number} (접수번호 ${number}, ${title})`;
  if (same) return `${told} 같은 시스템이면 먼저 접수한 신청에서 처리하십시오.`;
  return shared
    ? null
    : `${told} 문서번호와 시행일을 확인하십시오. 이 공문에 시스템이 여럿이면 아래 ‘여러 시스템의 공문’에 표시하십시오.`;
}

/** The same at the submission: two officers who enter it at once meet at the lock, and one of them is refused. @throws Refusal */
export async function refuseUsedLetter(
  tx: Tx,
  letter: { key: string; number: string },
  use: UsedFor,
): Promise<void> {
  await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtextextended(${letter.key}, 0))`;
  const objection = await objectionToLetter(tx, letter, use);
  if (objection) throw new Refusal(objection);
}
