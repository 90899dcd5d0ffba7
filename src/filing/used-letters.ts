import { Refusal } from '../core/refusal.ts';
import { anyOf, LIVING } from '../records/filings/states.ts';
import { holdName } from '../store/hold.ts';
import type { Tx } from '../store/store.ts';

interface UsedFor {
  procedure: string;
  /** The system that the filing is for. */
  system: string;
  /** Whether the letter is said to be about several systems. */
  shared: boolean;
  /** The filing that is being corrected; it may keep its letter. */
  filingId: string | null;
}

const bare = (name: string) => name.replace(/\s+/g, '').toLowerCase();

/**
 * Why a 공문 cannot be used again: another living filing of the same procedure and agency has its (처리과, 연도, 번호). Two
 * different forms may come with one letter, and several systems too where the form says so. The letter of a rejected
 * or withdrawn filing may be sent again.
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
    orderBy: [{ submittedAt: 'asc' }, { id: 'asc' }],
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

/** The same at the submission, under a lock: of two officers who enter it at once, one is refused. @throws Refusal */
export async function refuseUsedLetter(
  tx: Tx,
  letter: { key: string; number: string },
  use: UsedFor,
): Promise<void> {
  await holdName(tx, letter.key);
  const objection = await objectionToLetter(tx, letter, use);
  if (objection) throw new Refusal(objection);
}
